package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Long short-term memory over the steps of a sample.
 *
 * <pre>{@code
 * i = sigmoid(W_ii x + b_ii + W_hi h + b_hi)         f = sigmoid(W_if x + b_if + W_hf h + b_hf)
 * g = tanh(W_ig x + b_ig + W_hg h + b_hg)            o = sigmoid(W_io x + b_io + W_ho h + b_ho)
 * c' = f c + i g                                     h' = o tanh(c')
 * }</pre>
 *
 * <p>Shape: {@code T x inputSize} to {@code T x hiddenSize}, twice as many features where {@link #bidirectional};
 * projSize instead of hiddenSize where written. The batch is always first, so there is no {@code batch_first}. What
 * the state is at last is {@code from = "lstm.hn"} and {@code from = "lstm.cn"} of another layer, of
 * {@code numLayers x hiddenSize}, or a row for each layer and direction; make it an output by an {@link Identity}.
 * Parameters, for each layer {@code k}: {@code weight_ih_lk} of 4 hiddenSize x the features read,
 * {@code weight_hh_lk} of 4 hiddenSize x hiddenSize, or projSize, {@code bias_ih_lk} and {@code bias_hh_lk} of 4
 * hiddenSize, weight_hr_lk of projSize x hiddenSize; those that go back end in {@code _reverse}. All are drawn
 * uniformly within one over the root of hiddenSize.
 *
 * <p>The product with what is read is one for all steps; the product with the state and all that follows are one loop,
 * whose code is as long for any number of steps. Each weight's gradient is one product over all steps.
 *
 * <p>Errors: an input that is not steps x features; a size below 1; {@link #truncate} below 0; states of other sizes
 * than the layer's; lengths that are no whole number for each sample. At run time a length below 1 or above the number
 * of steps is refused with its sample.
 *
 * <p>PyTorch: {@code nn.LSTM(..., batch_first=True)}; lengths are those of {@code nn.utils.rnn.pack_padded_sequence},
 * in any order.
 *
 * <pre>{@code
 * @Embedding(numEmbeddings = 20000, embeddingDim = 64) Layer words;          // 50 x 64
 * @LSTM(hiddenSize = 64, lengths = "length") Layer lstm;                      // 50 x 64
 * @Flatten(from = "lstm.hn") Layer last;                                      // 64
 * @Linear(outFeatures = 2) Layer scores;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface LSTM {
    /**
     * Features of a step. Left out: those of the input.
     *
     * @return 1 or more
     */
    int inputSize() default 0;

    /**
     * Features of the state.
     *
     * @return 1 or more
     */
    int hiddenSize();

    /**
     * Layers one upon the other, each reading what the one below gives at each step.
     *
     * @return 1 or more
     */
    int numLayers() default 1;

    /**
     * Whether both products have a bias.
     *
     * @return true unless written
     */
    boolean bias() default true;

    /**
     * Probability of a zero, in training, in what each layer but the last gives.
     *
     * @return 0 to 1
     */
    double dropout() default 0;

    /**
     * Whether each layer has another that goes from the last step to the first; the features of both lie beside each
     * other.
     *
     * @return false unless written
     */
    boolean bidirectional() default false;

    /**
     * Features that the hidden state is projected to by a weight (Sak et al., arXiv:1402.1128); 0 for no projection.
     *
     * @return less than hiddenSize
     */
    int projSize() default 0;

    /**
     * Inputs or layers that the state begins as, a row for each layer and direction. Left out: zeros.
     *
     * @return two names, as {"h0", "c0"}
     */
    String[] initialState() default {};

    /**
     * An input of ints, of shape 1, with the number of steps that each sample has: the state stays as it is in steps
     * beyond, what is given there is 0, and nothing flows back from there. Left out: all steps.
     *
     * @return a name
     */
    String lengths() default "";

    /**
     * Steps after which gradients of the state are cut (truncated backpropagation through time): the state that a sample's
     * step {@code truncate}, 2 truncate, ... reads has none, as if it were detached there; those that go back are counted
     * from the sample's last. What is computed forward is the same. 0 for never.
     *
     * @return 0 or more
     */
    int truncate() default 0;

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
