package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Graph.LayerOutput;
import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Node.Phase;
import dev.netwright.processor.graph.OperatorClass;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.plan.Halos.Halo;
import dev.netwright.processor.plan.Place.Array;
import dev.netwright.processor.plan.Places.Temporary;
import dev.netwright.processor.plan.Step.Work;
import dev.netwright.processor.plan.Step.Work.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Turns one program's nodes into steps, in their order. */
final class ProgramPlanner {
    private final Graph graph;
    private final Layouts layouts;
    private final ParameterPlan parameters;
    private final boolean training;
    private final ReductionRuns runs;
    private final Places places;
    private final List<Step> prepare = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Plan.Statistics> statistics = new ArrayList<>();
    private int local;
    private final List<Step> combinations = new ArrayList<>();
    private int moment;
    private Node node;

    ProgramPlanner(LayoutPlanner.Planned program, ParameterPlan parameters, boolean training) {
        this.graph = program.graph();
        this.layouts = program.layouts();
        this.parameters = parameters;
        this.training = training;
        this.runs = new ReductionRuns(graph);
        this.places = new Places(
                graph, layouts, parameters, training, arenaTemporaries(), scratchTemporaries(), preparedTemporaries());
    }

    Plan.Program plan() {
        for (Value input : graph.inputs()) {
            loadInput(input);
        }
        for (moment = 0; moment < graph.nodes().size(); moment++) {
            node = graph.nodes().get(moment);
            clearBorders();
            plan(Primitive.Fused.anchor(node));
        }
        List<Plan.PlannedLoss> losses = new ArrayList<>();
        for (LossTerm term : graph.losses()) {
            losses.add(new Plan.PlannedLoss(term, places.of(term.value())));
        }
        List<Step> outputs = outputs();
        return new Plan.Program(
                graph,
                prepare,
                steps,
                outputs,
                Schedule.of(prepare, steps, outputs),
                places.arenaSize(),
                places.scratchSize(),
                places.preparedSize(),
                local,
                places.constants(),
                places.byteTables(),
                places.stored(),
                statistics,
                losses,
                kept(),
                training && !graph.losses().isEmpty() ? watched() : List.of(),
                graph.inputGradients().stream().map(places::of).toList(),
                microBatch());
    }

    /** What the user marked, and the network's outputs, which outlive the pass anyway. */
    private List<Plan.Kept> kept() {
        return graph.layers().stream()
                .filter(layer -> layer.kept() || graph.outputs().contains(layer.value()))
                .map(this::kept)
                .toList();
    }

    /** What layers' outputs became, where it outlives the forward pass. */
    private List<Plan.Kept> watched() {
        int losses = 0;
        for (int i = 0; i < graph.nodes().size(); i++) {
            losses = graph.nodes().get(i).phase() == Node.Phase.LOSS ? i : losses;
        }
        int last = losses;
        return graph.layers().stream()
                .filter(layer -> graph.producer(layer.value()) != null && places.survives(layer.value(), last))
                .map(this::kept)
                .toList();
    }

    private Plan.Kept kept(LayerOutput layer) {
        return new Plan.Kept(layer.layer(), places.of(layer.value()));
    }

    private Map<Temporary, Integer> arenaTemporaries() {
        Map<Temporary, Integer> temporaries = new LinkedHashMap<>();
        for (int i = 0; i < graph.nodes().size(); i++) {
            if (ReductionRuns.isOverBatch(graph.nodes().get(i))) {
                temporaries.put(
                        partial(i), layouts.of(graph.nodes().get(i).output()).size());
            }
            Node current = graph.nodes().get(i);
            boolean direct = Planner.isTiledWeightGradient(current) && WinogradTiling.of(current) == null;
            if (direct && !loadsInPlace(current)) {
                temporaries.put(
                        new Temporary(i, "vectors"), layouts.vectors(current).size());
            }
            if (direct && !readsInPlace(current)) {
                temporaries.put(
                        new Temporary(i, "blocks"), layouts.blocked(current).size());
            }
            int node = i;
            WinogradKernels.perSample(current)
                    .forEach((purpose, size) -> temporaries.put(new Temporary(node, purpose), size));
        }
        return temporaries;
    }

    private Temporary partial(int reduction) {
        return new Temporary(reduction, "partial", runs.end(reduction));
    }

    private int microBatch() {
        boolean leavesSomething =
                !graph.inputGradients().isEmpty() || graph.layers().stream().anyMatch(LayerOutput::kept);
        if (leavesSomething || Planner.readsWholeBatch(graph)) {
            return 0;
        }
        return training
                ? MicroBatch.training(places.arenaSize(), parameters.size())
                : MicroBatch.inference(places.arenaSize(), parameters.size());
    }

    private Map<Temporary, Integer> scratchTemporaries() {
        Map<Temporary, Integer> temporaries = new LinkedHashMap<>();
        for (int i = 0; i < graph.nodes().size(); i++) {
            Node current = graph.nodes().get(i);
            if (current.operator() instanceof Primitive.SparseWeightGradient) {
                temporaries.put(new Temporary(i, "sums"), SparseGradientKernels.sumsSize(current, layouts));
            } else if (WinogradKernels.isWeightGradient(current) && WinogradTiling.of(current) != null) {
                temporaries.put(new Temporary(i, WinogradKernels.WEIGHTS), WinogradKernels.weightsSize(current));
            }
        }
        return temporaries;
    }

    /** Weights in another order, made once for all samples of a step. */
    private Map<Temporary, Integer> preparedTemporaries() {
        Map<Temporary, Integer> temporaries = new LinkedHashMap<>();
        for (int i = 0; i < graph.nodes().size(); i++) {
            Node current = graph.nodes().get(i);
            Primitive anchor = Primitive.Fused.anchor(current);
            if (WinogradTiling.of(current) != null && !WinogradKernels.isWeightGradient(current)) {
                temporaries.put(new Temporary(i, WinogradKernels.WEIGHTS), WinogradKernels.weightsSize(current));
            }
            if (anchor instanceof Primitive.ConvolveInputGradient gradient && !TileKernels.isDepthwise(current)) {
                Shape weight = current.inputs().get(1).shape();
                temporaries.put(
                        new Temporary(i, "transposed"),
                        Groups.of(gradient.convolution(), weight).transposedSize(weight));
            } else if (anchor instanceof Primitive.SparseInputGradient) {
                temporaries.put(
                        new Temporary(i, "patches"),
                        SparseGradientKernels.patchesSize(
                                current.inputs().get(1).shape()));
            } else if (anchor instanceof Primitive.ProductInputGradient
                    && !ProductTiles.readsInPlace(
                            current,
                            layouts.of(current.inputs().get(0)),
                            parameters.weights(current.inputs().get(1)))) {
                temporaries.put(
                        new Temporary(i, "transposed"),
                        ProductTiles.transposedSize(
                                parameters.weights(current.inputs().get(1))));
            }
        }
        return temporaries;
    }

    private boolean loadsInPlace(Node weightGradient) {
        Value gradient = weightGradient.inputs().get(1);
        return layouts.vectors(weightGradient).equals(layouts.of(gradient));
    }

    /** The gradient that a weight gradient loads, copied beforehand if its lanes are not whole vectors. */
    Place vectors() {
        Value gradient = input(1);
        if (loadsInPlace(node)) {
            return places.of(gradient);
        }
        Layout layout = layouts.vectors(node);
        Place to = places.arena(new Temporary(moment, "vectors"), layout);
        step("Cleared", "", new Kernel.Fill(layout.size(), layout.size(), 0f), List.of(to), perSample(1));
        copy("Vectors", places.of(gradient), to, gradient, gradient.label() + " in whole vectors");
        return to;
    }

    private boolean readsInPlace(Node weightGradient) {
        return layouts.blocked(weightGradient)
                .equals(layouts.of(weightGradient.inputs().get(0)));
    }

    /** What a weight gradient multiplies its gradient with, copied beforehand where its own layout is slow to read. */
    Place blocks() {
        Value x = input(0);
        Place from = places.of(x);
        if (readsInPlace(node)) {
            return from;
        }
        Place to = places.arena(new Temporary(moment, "blocks"), layouts.blocked(node));
        Layout target = layouts.withBorder(to.layout(), x);
        Layout source = layouts.withBorder(from.layout(), x);
        Shape shape = Shape.of(
                x.shape().size(0), source.axis(1).extent(), source.axis(2).extent());
        Nest nest = Nest.over(shape, List.of(target, source), 0, false);
        elementwise(
                "Blocks",
                x.label() + " in blocks of channels",
                nest,
                Expr.arg(0),
                false,
                List.of(to.with(target), from.with(source)));
        return to;
    }

    private void loadInput(Value input) {
        if (!places.isStored(input)) {
            return;
        }
        node = new Node(input.name(), new Primitive.Reshape(), List.of(), List.of(input), Phase.FORWARD);
        clearBorders();
        inputKernels(input).copy(places.of(input));
    }

    private InputKernels inputKernels(Value input) {
        return new InputKernels(this, input, graph.inputs().indexOf(input));
    }

    private List<Step> outputs() {
        List<Step> result = new ArrayList<>();
        int before = steps.size();
        for (int i = 0; i < graph.outputs().size(); i++) {
            Value output = graph.outputs().get(i);
            node = new Node(output.name(), new Primitive.Reshape(), List.of(output), List.of(), Phase.FORWARD);
            Place to = new Place(Array.OUTPUT, i, Layout.rowMajor(output.shape()), true);
            copy("Output", places.of(output), to, output, output.label() + " to the caller");
        }
        result.addAll(steps.subList(before, steps.size()));
        steps.subList(before, steps.size()).clear();
        return result;
    }

    private void copy(String suffix, Place from, Place to, Value value, String comment) {
        Nest nest = Nest.over(value.shape(), List.of(to.layout(), from.layout()), 0, false);
        elementwise(suffix, comment, nest, Expr.arg(0), false, List.of(to, from));
    }

    private void clearBorders() {
        for (Value output : node.outputs()) {
            boolean clearedAfter = Primitive.Fused.anchor(node) instanceof Primitive.SparseInputGradient;
            if (output.batched() && places.mustClearBorder(output) && !clearedAfter) {
                clearBorder(output);
            }
        }
    }

    /** After a kernel that writes to the border: zeros again, if somebody reads them. */
    void clearBorderOf(Value output) {
        if (layouts.readsHalo(output)) {
            clearBorder(output);
        }
    }

    private void clearBorder(Value output) {
        Place place = places.of(output);
        Halo halo = layouts.halo(output);
        Layout layout = place.layout();
        int rowLength = layout.axis(1).stride();
        int first = halo.top() * rowLength;
        Kernel kernel = new Kernel.ClearBorder(
                layout.size(),
                output.shape().size(1),
                rowLength,
                first,
                halo.left() * layout.axis(2).stride(),
                halo.right() * layout.axis(2).stride());
        step(
                "Border",
                "zeros around " + output.label(),
                kernel,
                List.of(place.with(layout.shifted(-layout.offset()))),
                perSample(1));
    }

    /** After a kernel that adds whole vectors to a weight's gradient: zeros again beyond the last output. */
    void clearLanes(Value gradient) {
        Weights weights = weightsOf(gradient);
        if (weights.outputs() % weights.width() == 0) {
            return;
        }
        step(
                "PaddingCleared",
                "zeros beyond the last output of " + gradient.name(),
                new Kernel.ClearLanes(weights.outputs(), weights.rows(), weights.width()),
                List.of(places.gradient(gradient)),
                new Work(Unit.STEP, weights.rows()));
    }

    private void plan(Primitive primitive) {
        if (Primitive.isView(primitive) && layouts.moves(node)) {
            Place from = places.of(input(0));
            Layout view = Views.of(node, from.layout()).orElseThrow();
            copy(
                    "Moved",
                    from.with(view),
                    places.of(node.output()),
                    node.output(),
                    node.output().label());
        } else if (Primitive.isView(primitive)
                || primitive instanceof Primitive.Table
                || primitive instanceof Primitive.ByteTable) {
            return; // nothing moves
        } else if (Primitive.readsCaller(primitive)) {
            inputKernels(input(0)).plan(node, primitive);
        } else if (primitive instanceof Primitive.Map map) {
            map(map.expr());
        } else if (primitive instanceof Reduce reduce) {
            reduce(reduce);
        } else if (primitive instanceof Primitive.Accumulate) {
            Value value = node.inputs().get(0);
            Place to = places.gradient(node.output());
            Place from = places.of(value);
            // whoever goes over all gradients finds zeros beyond the elements
            Nest nest = Nest.over(value.shape(), List.of(to.layout(), from.layout()), 0, false);
            elementwise(
                    suffix(value) + "Added",
                    "added to the gradient of " + node.output().name(),
                    nest,
                    Expr.arg(0),
                    true,
                    List.of(to, from));
        } else if (primitive instanceof Primitive.DivideByCount divide) {
            Place to = places.of(node.output());
            step(
                    "Mean",
                    "",
                    new Kernel.Divide(to.layout().size(), divide.perSample()),
                    List.of(to, places.of(input(0))),
                    once());
        } else if (primitive instanceof Primitive.ScaleOutputs) {
            scaleOutputs();
        } else if (primitive instanceof Primitive.DropoutMask mask) {
            Place to = places.of(node.output());
            step(
                    "Mask",
                    "dropout, p = " + mask.p(),
                    new Kernel.Mask(to.layout().size(), mask.p(), mask.stream(), mask.shared()),
                    List.of(to),
                    perSample(1));
        } else if (primitive instanceof Primitive.UpdateStatistics update) {
            statistics(update);
        } else if (primitive instanceof Primitive.LossPrimitive loss) {
            new LossKernels(this, node).plan(loss);
        } else if (primitive instanceof Primitive.Pad
                || primitive instanceof Primitive.PadGradient
                || primitive instanceof Primitive.Concatenate) {
            new CopyKernels(this, node).plan(primitive);
        } else if (primitive instanceof Primitive.MaxPool
                || primitive instanceof Primitive.AveragePool
                || primitive instanceof Primitive.MaxPoolGradient
                || primitive instanceof Primitive.AveragePoolGradient) {
            new PoolKernels(this, node).plan(primitive);
        } else if (primitive instanceof Primitive.Custom custom) {
            operatorCall(custom.operator(), OperatorClass.FORWARD, node.inputs());
        } else if (primitive instanceof Primitive.CustomGradient gradient) {
            List<Value> inputs = node.inputs().subList(0, node.outputs().size());
            operatorCall(gradient.operator(), OperatorClass.BACKWARD, inputs);
        } else if (primitive instanceof Primitive.Resample resample) {
            new ResampleKernels(this, node).plan(resample);
        } else {
            TileKernels.plan(this, node, parameters);
        }
    }

    private void operatorCall(OperatorClass operator, String method, List<Value> inputs) {
        List<Value> arrays = new ArrayList<>(node.inputs());
        arrays.addAll(node.outputs());
        List<Place> operands = arrays.stream().map(places::of).toList();
        Kernel kernel = new OperatorCall(
                operator,
                method,
                inputs.stream().map(Value::shape).toList(),
                node.inputs().size(),
                arrays.stream().map(value -> value.shape().elements()).toList(),
                operands.stream().map(Place::sampleStride).toList());
        String comment = node.outputs().get(0).label() + " by " + operator.simpleName() + "." + method;
        step(suffix(node.outputs().get(0)), comment, kernel, operands, perSample(1));
    }

    private void map(Expr expr) {
        List<Value> operands = new ArrayList<>(List.of(node.output()));
        operands.addAll(node.inputs());
        List<Layout> shapes = operands.stream().map(layouts::of).toList();
        Nest nest = Nest.over(node.output().shape(), shapes, 0, true);
        elementwise(
                suffix(node.output()),
                node.output().label(),
                nest,
                expr,
                false,
                operands.stream().map(places::of).toList());
    }

    private void reduce(Reduce reduce) {
        List<Layout> operands = new ArrayList<>(List.of(layouts.of(node.output())));
        node.inputs().forEach(value -> operands.add(layouts.of(value)));
        Nest nest = Nest.over(node.space(), operands, 1 + largestInput(), true);
        Nest kept = nest.where(0, true);
        Nest combined = nest.where(0, false);
        int elements = combined.loops().stream().mapToInt(Nest.Loop::count).reduce(1, Math::multiplyExact);
        boolean mean = reduce.kind() == Reduce.Kind.MEAN;
        Layout layout = layouts.of(node.output());
        Place to = reduce.overBatch() ? places.arena(partial(moment), layout) : places.of(node.output());
        List<Place> all = new ArrayList<>(List.of(to));
        node.inputs().forEach(value -> all.add(places.of(value)));
        List<Integer> samples = all.stream().map(Place::sampleStride).toList();
        int divisor = mean && !reduce.overBatch() ? elements : 1;
        Kernel kernel;
        if (LaneReduction.suits(kept, combined)) {
            kernel = LaneReduction.of(kept, combined, samples, reduce.kind(), reduce.expr(), divisor);
            all.add(LaneReduction.LANES, local(Layout.LANES));
        } else {
            PartialSums sums =
                    reduce.kind() == Reduce.Kind.MAX ? new PartialSums(combined, 0) : PartialSums.of(combined);
            kernel = new Kernel.Reduction(
                    kept, sums.loops(), sums.parts(), samples, reduce.kind(), reduce.expr(), divisor);
        }
        step(suffix(node.output()), node.output().label(), kernel, all, perSample(1));
        if (reduce.overBatch()) {
            Kernel combine = new Kernel.Combine(layout.size(), mean ? elements : 0);
            combinations.add(new Step(
                    node.name() + suffix(node.output()) + "Combined",
                    node.output().label() + " over the batch",
                    combine,
                    List.of(places.of(node.output()), to),
                    once(),
                    node));
            if (partial(moment).last() == moment) {
                steps.addAll(combinations);
                combinations.clear();
            }
        }
    }

    /** The first input that has an element for each that is gone over; the first of all where none has. */
    private int largestInput() {
        Shape space = node.space();
        return IntStream.range(0, node.inputs().size())
                .filter(i -> input(i).shape().equals(space))
                .findFirst()
                .orElse(0);
    }

    private void scaleOutputs() {
        Weights weights = parameters.weights(input(0));
        Place to = places.of(node.output());
        Place from = places.of(input(0)).with(to.layout());
        Kernel kernel = new Kernel.ScaleBlocks(weights.blocks(), weights.rows(), weights.width());
        step("Folded", node.output().name(), kernel, List.of(to, from, places.of(input(1))), once());
    }

    private void statistics(Primitive.UpdateStatistics update) {
        statistics.add(new Plan.Statistics(
                places.of(input(0)),
                places.of(input(1)),
                places.of(input(2)),
                places.of(input(3)),
                parameters.entry(input(4)).offset(),
                input(2).shape().elements(),
                update.momentum(),
                update.perSample()));
    }

    /**
     * What distinguishes a value from its layer's output, as part of a name: {@code .bias.grad} is {@code BiasGrad}.
     */
    private String suffix(Value value) {
        String rest = value.name().startsWith(node.name())
                ? value.name().substring(node.name().length())
                : "";
        StringBuilder suffix = new StringBuilder();
        for (String part : rest.split("\\.")) {
            if (!part.isEmpty()) {
                suffix.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
            }
        }
        return suffix.toString();
    }

    /** An element-wise step; divided by samples, and by the outermost loop where nothing is added up. */
    void elementwise(String suffix, String comment, Nest whole, Expr expr, boolean accumulate, List<Place> operands) {
        elementwise(suffix, comment, whole, expr, accumulate, operands, loops -> loops);
    }

    /** As the other, with a kernel made of the loops. */
    void elementwise(
            String suffix,
            String comment,
            Nest whole,
            Expr expr,
            boolean accumulate,
            List<Place> operands,
            Function<Kernel.Elementwise, Kernel> made) {
        Nest nest = accumulate ? whole : whole.shared();
        List<Integer> samples = operands.stream().map(Place::sampleStride).toList();
        Kernel.Elementwise loops = new Kernel.Elementwise(nest, samples, expr, accumulate);
        boolean batched = operands.get(0).batched();
        int units = loops.isSplit() ? nest.loops().get(0).count() : 1;
        step(suffix, comment, made.apply(loops), operands, new Work(batched ? Unit.SAMPLE : Unit.STEP, units));
    }

    void step(String suffix, String comment, Kernel kernel, List<Place> operands, Work work) {
        boolean toPrepared = operands.get(0).array() == Array.PREPARED;
        (toPrepared ? prepare : steps).add(new Step(node.name() + suffix, comment, kernel, operands, work, node));
    }

    static Work perSample(int units) {
        return new Work(Unit.SAMPLE, units);
    }

    static Work once() {
        return new Work(Unit.STEP, 1);
    }

    private Value input(int index) {
        return node.inputs().get(index);
    }

    Places places() {
        return places;
    }

    Layouts layouts() {
        return layouts;
    }

    /** The order of the parameter that a gradient is of. */
    Weights weightsOf(Value gradient) {
        return parameters.weights(gradient.parameter());
    }

    /** Room for something that there is only while this node runs. */
    Place scratch(String purpose, Layout layout) {
        return places.scratch(new Temporary(moment, purpose), layout);
    }

    /** The node that computes a value. */
    Node producer(Value value) {
        return graph.producer(value);
    }

    /**
     * How far the rows and columns of a pool's windows are apart in what the places of its maxima are offsets in: the
     * convolution's input, as those read it who look up places there. Null where maxima are numbers of taps.
     */
    Primitive.Size placeOffsets(Value index) {
        Node pool = producer(index);
        List<Node> readers = graph.consumers(index).stream()
                .filter(other -> TileKernels.isSparse(Primitive.Fused.anchor(other))
                        && other.inputs().get(2).equals(index))
                .toList();
        if (readers.isEmpty() || !(Primitive.Fused.anchor(pool) instanceof Primitive.Convolve)) {
            return null;
        }
        Primitive.Size offsets = pixels(pool.inputs().get(0));
        boolean agree = readers.stream()
                .filter(reader -> Primitive.Fused.anchor(reader) instanceof Primitive.SparseWeightGradient)
                .allMatch(reader -> pixels(reader.inputs().get(0)).equals(offsets));
        return agree ? offsets : null;
    }

    /** From a row, and from a column, of an image to the next. */
    private Primitive.Size pixels(Value image) {
        Layout layout = layouts.of(image);
        return new Primitive.Size(layout.axis(1).stride(), layout.axis(2).stride());
    }

    /** Room for something that this node derives from parameters alone. */
    Place prepared(String purpose, Layout layout) {
        return places.prepared(new Temporary(moment, purpose), layout);
    }

    Place arenaTemporary(String purpose, Layout layout) {
        return places.arena(new Temporary(moment, purpose), layout);
    }

    /** Memory of each worker's own, for one unit of work. */
    Place local(int floats) {
        local = Math.max(local, Layout.roundUp(floats));
        return new Place(Array.LOCAL, 0, Layout.vector(floats), false);
    }
}
