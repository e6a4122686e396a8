package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One vector for a fixed number of things, such as the words of a sentence: the mean, sum or maximum of their rows of
 * {@code weight}, as {@link Embedding} reads them. Sums and means have no rows in memory beside the weight in their
 * gradient. Where no row counts the result is 0.
 *
 * <p>Shape: length, an input of {@code type = InputType.INT32}; the output is embeddingDim. Parameters: {@code weight} of
 * numEmbeddings x embeddingDim, drawn from N(0, 1), the row of {@link #paddingIdx} 0. Gradients and steps are those of
 * {@link Embedding}.
 *
 * <p>With {@link #perSampleWeights}, also of length: {@code y = sum(perSampleWeights[i] * weight[x[i]])}.
 *
 * <p>Errors: a size below 1; {@link #paddingIdx} outside the rows; {@link #maxNorm} written; {@link #sparse} with
 * {@link Mode#MAX}; {@link #scaleGradByFreq} with either; {@link #perSampleWeights} of another shape than the indices, or
 * with another mode than {@link Mode#SUM}; an input of more than one dimension, or {@link #from} names anything but an input
 * of ints. At run time an index outside the rows is refused with its place, before anything is changed.
 *
 * <p>PyTorch: {@code nn.EmbeddingBag} on indices of n x length, without offsets and {@code max_norm}.
 *
 * <pre>{@code
 * @EmbeddingBag(numEmbeddings = 20000, embeddingDim = 64, paddingIdx = 0) Layer sentence;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface EmbeddingBag {
    /**
     * Rows of the weight.
     *
     * @return 1 or more; indices are below it
     */
    int numEmbeddings();

    /**
     * Elements of a row.
     *
     * @return 1 or more
     */
    int embeddingDim();

    /**
     * How the rows are combined.
     *
     * @return the mean unless written
     */
    Mode mode() default Mode.MEAN;

    /**
     * The row that does not count: 0 at first, and never trained. Negative ones count from the end. Left out: none.
     *
     * @return a row
     */
    int paddingIdx() default 0;

    /**
     * Refused: PyTorch would shorten rows while it reads them.
     *
     * @return nothing; leave it out
     */
    double maxNorm() default 0;

    /**
     * Whether what is added to the gradient of a row is divided by how often the whole batch names that row, so that
     * frequent rows move no faster than rare ones. Changes gradients alone. Not with {@link #sparse} or {@link Mode#MAX}.
     *
     * <p>As PyTorch documents it and has it on GPUs; on the CPU it divides by another row's count where several are named
     * differently often (issue 190063 of pytorch/pytorch).
     *
     * @return false unless written
     */
    boolean scaleGradByFreq() default false;

    /**
     * An input or layer that has a number for each index, by which its row is multiplied, such as how much a word counts.
     * It gets a gradient, but for indices of the padding. Only with {@link Mode#SUM}. Left out: none.
     *
     * <p>Where the layer is {@link Shared}, both are named by that one's {@code from}: the indices and their weights.
     *
     * @return a name
     */
    String perSampleWeights() default "";

    /**
     * Whether the gradient is what PyTorch calls sparse; see {@link Embedding#sparse}. Not with {@link Mode#MAX}.
     *
     * @return false unless written
     */
    boolean sparse() default false;

    /**
     * The input that it reads, by name. Left out: {@code "input"}, if it is the first layer.
     *
     * @return at most one name
     */
    String[] from() default {};

    /** How {@link EmbeddingBag} combines rows. */
    enum Mode {
        /** Added up. */
        SUM,
        /** The mean of those that count. */
        MEAN,
        /** The largest of each element; the gradient goes to the first of equals. */
        MAX
    }
}
