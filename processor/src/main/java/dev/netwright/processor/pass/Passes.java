package dev.netwright.processor.pass;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Network;
import java.util.List;

/**
 * How a network becomes one of its programs.
 *
 * @param program its name
 * @param lowering the name of what makes primitives of the layers
 * @param lower makes them
 * @param passes over the primitives, in their order
 */
record Passes(String program, String lowering, Lowerer lower, List<Pass> passes) {
    private static final Pass DROP_DEAD = new Pass("DropDead", DropDead::run);
    private static final Pass FOLD_BATCH_NORM = new Pass("FoldBatchNorm", FoldBatchNorm::run);
    private static final Pass CHOOSE_ALGORITHMS = new Pass("ChooseAlgorithms", ChooseAlgorithms::run);
    private static final Pass INLINE_MAPS = new Pass("InlineMaps", InlineMaps::run);
    private static final Pass FUSE = new Pass("Fuse", Fuse::run);

    /** To the program that evaluates. */
    static final Passes INFERENCE = new Passes(
            "inference",
            "Lower",
            Lower::inference,
            List.of(
                    FOLD_BATCH_NORM,
                    DROP_DEAD,
                    new Pass("DeferToLosses", DeferToLosses::run),
                    CHOOSE_ALGORITHMS,
                    INLINE_MAPS,
                    FUSE));

    /** To the program that trains. */
    static final Passes TRAINING = new Passes(
            "training",
            "Differentiate",
            Lower::training,
            List.of(
                    DROP_DEAD,
                    // of frozen layers that evaluate: the gradients of all others read what would be folded
                    FOLD_BATCH_NORM,
                    new Pass("Simplify", Simplify::run),
                    new Pass("JoinParts", JoinParts::run),
                    CHOOSE_ALGORITHMS,
                    new Pass("SparseGradients", SparseGradients::run),
                    INLINE_MAPS,
                    FUSE));

    Passes {
        passes = List.copyOf(passes);
    }

    /** Writes layers as primitives. */
    @FunctionalInterface
    interface Lowerer {
        /** @param firstValue the first number free for a new value */
        Graph lower(Network network, int firstValue);
    }

    /** @param log is told of each pass's result */
    Graph run(Network network, int firstValue, PassLog log) {
        Graph graph = GraphVerifier.verify(lowering, lower.lower(network, firstValue));
        log.ran(program, lowering, graph);
        for (Pass pass : passes) {
            graph = pass.run(graph);
            log.ran(program, pass.name(), graph);
        }
        return graph;
    }
}
