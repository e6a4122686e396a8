package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Connectionist temporal classification: the negative logarithm of the probability that a sequence of {@code T} steps says
 * a target of fewer labels, summed over all ways to do so. A way says each label once or in several steps on end, and blanks
 * between them; between two equal labels is at least one blank.
 *
 * <p>Shape: {@code T x C}, of each step the logarithms of the probabilities of {@code C} classes, such as a
 * {@code @LogSoftmax(dim = -1)} makes; PyTorch's modules take {@code T x n x C}. The target is an {@code int[]} of
 * {@code n * maxTarget} classes: of each sample its labels and, where they are fewer, -1 behind the last; what follows is
 * not read. The gradient is PyTorch's, {@code exp(x)} minus the probability that a step is at a class: that by the scores
 * that a {@code LogSoftmax} was given, which lets it pass. {@link Reduction#MEAN} divides each sample's loss by its number
 * of labels, at least 1, and their sum by {@code n}.
 *
 * <p>A target that no way says, as it needs more steps than there are, has an infinite loss, which a training step refuses;
 * see {@link #zeroInfinity}.
 *
 * <p>Errors: an output that is not {@code T x C}; a {@code blank} that is none of the classes; a {@code maxTarget} below 1;
 * {@code lengths} that is no input of one int.
 *
 * <p>PyTorch: {@code nn.CTCLoss}.
 *
 * <pre>{@code
 * @Network
 * @Input(name = "sound", shape = {50, 13})
 * @Input(name = "steps", shape = 1, type = InputType.INT32)
 * @CTCLoss(maxTarget = 20, lengths = "steps")
 * class Speech {
 *     @Linear(from = "sound", outFeatures = 28) Layer fc;
 *     @LogSoftmax(dim = -1) Layer scores;
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Repeatable(CTCLoss.List.class)
@Target(ElementType.TYPE)
public @interface CTCLoss {
    /**
     * The class that is no label.
     *
     * @return 0 unless written; one of the classes
     */
    int blank() default 0;

    /**
     * Most labels of a sample; the target has room for so many.
     *
     * @return at least 1
     */
    int maxTarget();

    /**
     * The input that says how many steps of each sample count, from 1 to {@code T}. Left out: all.
     *
     * @return the name of an {@code @Input} of one {@code INT32}
     */
    String lengths() default "";

    /**
     * Whether a target that no way says has the loss 0, and no gradient, instead of an infinite one.
     *
     * @return false unless written
     */
    boolean zeroInfinity() default false;

    /**
     * How the losses of a batch become one number.
     *
     * @return their mean unless written
     */
    Reduction reduction() default Reduction.MEAN;

    /**
     * The layer whose output is judged. Left out: the output of the network, if there is one only.
     *
     * @return the name of a field
     */
    String of() default "";

    /**
     * What this loss is multiplied by in the sum of all losses.
     *
     * @return 1 unless written
     */
    double scale() default 1;

    /** Several losses of this kind on one network. */
    @Documented
    @Retention(RetentionPolicy.CLASS)
    @Target(ElementType.TYPE)
    @interface List {
        /**
         * The losses.
         *
         * @return in declared order
         */
        CTCLoss[] value();
    }
}
