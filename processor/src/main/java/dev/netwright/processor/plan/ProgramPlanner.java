package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Decision;
import dev.netwright.processor.graph.Decision.Topic;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Graph.LayerOutput;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.plan.Place.Array;
import java.util.List;
import java.util.Map;

/** Turns one program's nodes into steps, in their order; then gives what these touch its memory. */
final class ProgramPlanner {
    private final Graph graph;
    private final ParameterPlan parameters;
    private final boolean training;
    private final Buffers buffers;
    private final StepPlanner steps;
    private BufferAssignment memory;

    ProgramPlanner(LayoutPlanner.Planned program, ParameterPlan parameters, boolean training) {
        this.graph = program.graph();
        this.parameters = parameters;
        this.training = training;
        this.buffers = new Buffers(graph, program.layouts(), parameters, training);
        this.steps = new StepPlanner(graph, program.layouts(), parameters, buffers);
    }

    Plan.Program plan() {
        NodePlanner nodes = new NodePlanner(steps);
        graph.inputs().stream().filter(buffers::isStored).forEach(nodes::load);
        for (int i = 0; i < graph.nodes().size(); i++) {
            nodes.plan(graph.nodes().get(i), i);
        }
        List<Draft> planned = new RowFusion(steps).fused(steps.take());
        for (int i = 0; i < graph.outputs().size(); i++) {
            output(graph.outputs().get(i), i);
        }
        List<Draft> toCaller = steps.take();
        memory = new BufferAssignment(graph.nodes(), steps.prepare(), planned, toCaller, buffers.values());
        return program(memory.placed(steps.prepare()), memory.placed(planned), memory.placed(toCaller));
    }

    private void output(Value output, int index) {
        steps.begin(Planner.outside(output.name(), List.of(output), List.of()));
        BufferView to = Buffer.at(Array.OUTPUT, index, Layout.rowMajor(output.shape()), true);
        steps.copy("Output", buffers.of(output), to, output, output.label() + " to the caller");
    }

    private Plan.Program program(List<Step> prepare, List<Step> placed, List<Step> outputs) {
        MicroBatch micro = microBatch();
        Schedule schedule = Schedule.of(prepare, placed, outputs);
        return new Plan.Program(
                graph.with(steps.decisions()).with(schedule.decisions()).with(List.of(decision(micro))),
                prepare,
                placed,
                outputs,
                schedule,
                memory.size(Array.ARENA),
                memory.size(Array.SCRATCH),
                memory.size(Array.PREPARED),
                steps.local(),
                buffers.constants().floats(),
                buffers.constants().byteTables(),
                stored(),
                memory.spans(buffers.stored()),
                statistics(),
                graph.losses().stream()
                        .map(term -> new Plan.PlannedLoss(term, place(term.value())))
                        .toList(),
                kept(),
                training && !graph.losses().isEmpty() ? watched() : List.of(),
                graph.inputGradients().stream().map(this::place).toList(),
                micro.samples());
    }

    private static Decision decision(MicroBatch micro) {
        String choice = micro.samples() == 0 ? "the whole batch at once" : micro.samples() + " samples at a time";
        return new Decision(Topic.MEMORY, "samples", Node.Phase.FORWARD, choice, micro.reason());
    }

    private Place place(Value value) {
        return memory.place(buffers.of(value));
    }

    private List<Plan.Stored> stored() {
        Map<Integer, Value> values = buffers.stored();
        return memory.buffers(Array.ARENA).stream()
                .filter(buffer -> values.containsKey(buffer.id()))
                .map(buffer -> {
                    Value value = values.get(buffer.id());
                    return new Plan.Stored(value, place(value), !memory.isShared(buffer));
                })
                .toList();
    }

    private List<Plan.Statistics> statistics() {
        return graph.nodes().stream()
                .filter(node -> node.operator() instanceof Primitive.UpdateStatistics)
                .map(this::statistics)
                .toList();
    }

    private Plan.Statistics statistics(Node node) {
        Primitive.UpdateStatistics update = (Primitive.UpdateStatistics) node.operator();
        List<Value> inputs = node.inputs();
        return new Plan.Statistics(
                place(inputs.get(0)),
                place(inputs.get(1)),
                place(inputs.get(2)),
                place(inputs.get(3)),
                parameters.entry(inputs.get(4)).offset(),
                inputs.get(2).shape().elements(),
                update.momentum(),
                update.perSample(),
                update.joint());
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
                .filter(layer -> graph.producer(layer.value()) != null
                        && buffers.isStored(layer.value())
                        && memory.survives(buffers.of(layer.value()).buffer(), last))
                .map(this::kept)
                .toList();
    }

    private Plan.Kept kept(LayerOutput layer) {
        return new Plan.Kept(layer.layer(), place(layer.value()));
    }

    private MicroBatch microBatch() {
        boolean leavesSomething =
                !graph.inputGradients().isEmpty() || graph.layers().stream().anyMatch(LayerOutput::kept);
        if (leavesSomething) {
            return MicroBatch.whole(
                    "Outputs of layers or gradients of inputs can be asked for afterwards, of each sample.");
        } else if (Planner.readsWholeBatch(graph)) {
            return MicroBatch.whole("A layer combines over all samples, such as for a batch's mean.");
        }
        int arena = memory.size(Array.ARENA);
        return training
                ? MicroBatch.training(arena, parameters.size())
                : MicroBatch.inference(arena, parameters.size());
    }
}
