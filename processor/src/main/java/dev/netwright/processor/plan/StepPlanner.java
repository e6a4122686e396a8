package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Decision;
import dev.netwright.processor.graph.Decision.Topic;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.plan.Place.Array;
import dev.netwright.processor.plan.Step.Work;
import dev.netwright.processor.plan.Step.Work.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Collects a program's steps, node by node, and gives them the buffers that they ask for. */
final class StepPlanner {
    private final Graph graph;
    private final Layouts layouts;
    private final ParameterPlan parameters;
    private final Buffers buffers;
    private final List<Draft> prepare = new ArrayList<>();
    private final List<Draft> steps = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();
    private int local;
    private Node node;
    private String decision = "";

    StepPlanner(Graph graph, Layouts layouts, ParameterPlan parameters, Buffers buffers) {
        this.graph = graph;
        this.layouts = layouts;
        this.parameters = parameters;
        this.buffers = buffers;
    }

    /** What follows is a part of the node. */
    void begin(Node next) {
        node = next;
        decision = "";
    }

    /** Notes what was chosen for the node, and why. */
    void decide(Topic topic, String choice, String reason) {
        decide(topic, node, choice, reason);
        decision = topic == Topic.KERNEL ? choice + ". " + reason : decision;
    }

    /** The same for another node. */
    void decide(Topic topic, Node about, String choice, String reason) {
        decisions.add(Decision.of(topic, about, choice, reason));
    }

    /** What was chosen so far. */
    List<Decision> decisions() {
        return List.copyOf(decisions);
    }

    /** What depends on parameters alone. */
    List<Draft> prepare() {
        return List.copyOf(prepare);
    }

    /** The steps since this was last asked for. */
    List<Draft> take() {
        List<Draft> taken = List.copyOf(steps);
        steps.clear();
        return taken;
    }

    /** Floats that each worker needs for itself. */
    int local() {
        return local;
    }

    Graph graph() {
        return graph;
    }

    Buffers buffers() {
        return buffers;
    }

    Layouts layouts() {
        return layouts;
    }

    ParameterPlan parameters() {
        return parameters;
    }

    /** The order of the parameter that a gradient is of. */
    Weights weightsOf(Value gradient) {
        return parameters.weights(gradient.parameter());
    }

    /** See {@link MaximaOffsets}. */
    PixelSteps maximaOffsets(Value index) {
        return MaximaOffsets.of(index, graph, layouts);
    }

    void copy(String suffix, BufferView from, BufferView to, Value value, String comment) {
        Nest nest = Nest.over(value.shape(), List.of(to.layout(), from.layout()), 0, false);
        elementwise(suffix, comment, nest, Expr.arg(0), false, List.of(to, from));
    }

    /** An element-wise step; divided by samples, and by the outermost loop where nothing is added up. */
    void elementwise(
            String suffix, String comment, Nest whole, Expr expr, boolean accumulate, List<BufferView> operands) {
        elementwise(suffix, comment, whole, expr, accumulate, operands, loops -> loops);
    }

    /** As the other, with a kernel made of the loops. */
    void elementwise(
            String suffix,
            String comment,
            Nest whole,
            Expr expr,
            boolean accumulate,
            List<BufferView> operands,
            Function<Kernel.Elementwise, Kernel> made) {
        Nest nest = accumulate ? whole : whole.shared().blocked();
        List<Integer> samples = operands.stream().map(BufferView::sampleStride).toList();
        Kernel.Elementwise loops = new Kernel.Elementwise(nest, samples, expr, accumulate);
        boolean batched = operands.get(0).batched();
        int units = loops.isSplit() ? nest.loops().get(0).count() : 1;
        step(suffix, comment, made.apply(loops), operands, new Work(batched ? Unit.SAMPLE : Unit.STEP, units));
    }

    void step(String suffix, String comment, Kernel kernel, List<BufferView> operands, Work work) {
        add(draft(suffix, comment, kernel, operands, work));
    }

    Draft draft(String suffix, String comment, Kernel kernel, List<BufferView> operands, Work work) {
        decideTile(kernel);
        kernel.calls().forEach(called -> decideTile(called.kernel()));
        return new Draft(node.name() + suffix, comment, kernel, decision, operands, work, List.of(node), false);
    }

    private void decideTile(Kernel kernel) {
        if (kernel instanceof Tile tile) {
            decideTile(tile.shapes(), "");
            if (!tile.extent().isEven()) {
                decideTile(tile.lastShapes(), ", last lanes");
            }
        }
    }

    private void decideTile(TileShapes shapes, String which) {
        decide(Topic.TILE, shapes.wide() + ", with 16 registers " + shapes.narrow() + which, shapes.reason());
    }

    void add(Draft step) {
        boolean touches = step.operands().stream().anyMatch(StepPlanner::isPrepared);
        boolean writes = touches && step.writes().anyMatch(StepPlanner::isPrepared);
        (writes ? prepare : steps).add(step);
    }

    private static boolean isPrepared(BufferView view) {
        return view.array() == Array.PREPARED;
    }

    static Work perSample(int units) {
        return new Work(Unit.SAMPLE, units);
    }

    static Work once() {
        return new Work(Unit.STEP, 1);
    }

    /** Room for something of each sample that the node's steps hand on to each other. */
    BufferView perSample(Layout layout) {
        return buffers.temporary(Array.ARENA, layout);
    }

    /** Room for something that the node's steps hand on to each other, whatever the number of samples. */
    BufferView scratch(Layout layout) {
        return buffers.temporary(Array.SCRATCH, layout);
    }

    /** Room for something that the node derives from parameters alone, once for all samples of a step. */
    BufferView prepared(Layout layout) {
        return buffers.temporary(Array.PREPARED, layout);
    }

    /** Memory of each worker's own, for one unit of work. */
    BufferView local(int floats) {
        local = Math.max(local, Layout.roundUp(floats));
        return Buffer.at(Array.LOCAL, 0, Layout.vector(floats), false);
    }
}
