package dev.netwright.processor.pass;

import dev.netwright.processor.graph.Graph;
import java.util.List;

/** The passes of each program, in their order. The first takes the network as declared. */
final class Passes {
    private static final Pass DROP_DEAD =
            new Pass("DropDead", (graph, context) -> DropDead.run(graph, context.kept(graph)));
    private static final Pass INLINE_MAPS =
            new Pass("InlineMaps", (graph, context) -> InlineMaps.run(graph, context.kept(graph)));
    private static final Pass FUSE = new Pass("Fuse", (graph, context) -> Fuse.run(graph, context.kept(graph)));

    /** Of the program that evaluates. */
    static final List<Pass> INFERENCE = List.of(
            new Pass("Lower", (graph, context) -> Lower.inference(graph, context.keptOutputs(), context.firstValue())),
            new Pass("FoldBatchNorm", (graph, context) -> FoldBatchNorm.run(graph, context.kept(graph))),
            DROP_DEAD,
            INLINE_MAPS,
            FUSE);

    /** Of the program that trains. */
    static final List<Pass> TRAINING = List.of(
            new Pass(
                    "Differentiate",
                    (graph, context) -> Lower.training(
                            graph, context.keptOutputs(), context.inputGradient(), context.firstValue())),
            new Pass("Simplify", (graph, context) -> Simplify.run(graph, context.kept(graph))),
            new Pass("JoinParts", (graph, context) -> JoinParts.run(graph, context.kept(graph))),
            new Pass(
                    "SparseGradients",
                    (graph, context) -> SparseGradients.run(graph, context.kept(graph), context.exact())),
            DROP_DEAD,
            INLINE_MAPS,
            FUSE);

    private Passes() {}

    /** @param log is told of each pass's result */
    static Graph run(String program, List<Pass> passes, Graph layers, Pass.Context context, PassLog log) {
        Graph graph = layers;
        for (Pass pass : passes) {
            graph = pass.run(graph, context);
            log.ran(program, pass.name(), graph);
        }
        return graph;
    }
}
