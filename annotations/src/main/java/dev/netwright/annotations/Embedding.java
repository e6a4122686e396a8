package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A learned vector for each of so many things, such as words or categories: {@code y[...] = weight[x[...]]}.
 *
 * <p>Shape: any of ints, an input of {@code type = InputType.INT32}; the output has {@link #embeddingDim} more behind it.
 * Parameters: {@code weight} of numEmbeddings x embeddingDim, drawn from N(0, 1), the row of {@link #paddingIdx} 0.
 *
 * <p>Gradients are added row by row in the order of the samples, whatever the number of threads. A step costs what its rows
 * do, however many there are, where that gives the same bits: with SGD without momentum and weight decay, and with Adagrad
 * without weight decay. Others step every row, as PyTorch's do with a dense gradient; see {@link #sparse}.
 *
 * <p>Errors: a size below 1; {@link #paddingIdx} outside the rows; {@link #maxNorm} written; {@link #scaleGradByFreq} with
 * {@link #sparse}; {@link #from} names anything but an input of ints. At run time an index outside the rows is refused with
 * its place, before anything is changed.
 *
 * <p>PyTorch: {@code nn.Embedding}, without {@code max_norm}.
 *
 * <pre>{@code
 * @Network(input = 12, type = InputType.INT32)
 * class Words {
 *     @Embedding(numEmbeddings = 20000, embeddingDim = 64) Layer words;
 *     ...
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Embedding {
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
     * The row that stands for nothing: 0 at first, and never trained. Negative ones count from the end. Left out: none.
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
     * frequent rows move no faster than rare ones. Changes gradients alone. Not with {@link #sparse}.
     *
     * @return false unless written
     */
    boolean scaleGradByFreq() default false;

    /**
     * Whether the gradient is what PyTorch calls sparse: of the rows alone that the samples named. SGD and Adagrad without
     * weight decay, and SparseAdam, which leaves the averages of all other rows alone; every other optimiser refuses it.
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
}
