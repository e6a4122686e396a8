package dev.netwright.processor.graph;

import java.util.Objects;

/**
 * What a pass or the planner chose, with the reason, as it was chosen: a report tells this and does not guess it again.
 *
 * @param topic what it is about
 * @param subject the layer's name, or that of what else it was chosen for
 * @param phase in which the subject runs
 * @param choice what was chosen, in a few words
 * @param reason why, as a sentence
 */
public record Decision(Topic topic, String subject, Node.Phase phase, String choice, String reason) {
    /** What is chosen between. */
    public enum Topic {
        /** Winograd's algorithm or sums as they are. */
        ALGORITHM,
        /** Whether an affine map is part of the weight before it. */
        FOLDING,
        /** Whether a gradient is read from the places of maxima alone. */
        SPARSITY,
        /** What a kernel does to its results while they are in registers. */
        FUSION,
        /** Which kernel. */
        KERNEL,
        /** How many results are in registers at a time. */
        TILE,
        /** How elements lie in memory. */
        LAYOUT,
        /** Whether sums of a row and what reads them go over some rows at a time. */
        ROWS,
        /** Over how many lines of a sample a weight gradient goes at a time. */
        BANDS,
        /** How many threads share a step. */
        THREADS,
        /** How much is computed at a time. */
        MEMORY
    }

    public Decision {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(choice, "choice");
        Objects.requireNonNull(reason, "reason");
    }

    /** About a node. */
    public static Decision of(Topic topic, Node node, String choice, String reason) {
        return new Decision(topic, node.name(), node.phase(), choice, reason);
    }
}
