package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Brings each channel to a known mean and deviation, the same for all samples: {@code (x - mean) / std}.
 *
 * <p>Where it reads an input of type {@link InputType#UINT8} itself, the bytes are scaled to 0 to 1 first, as
 * torchvision's {@code ToTensor} does: {@code (x / 255 - mean) / std}. {@link #mean} and {@link #std} are then on that
 * scale. All of it happens while the input is read: no float copy of the images is made beforehand, and the results
 * are those of a network that is given the normalised floats, bit for bit.
 *
 * <p>Shape: any; the output has the shape of the input. The first dimension of a sample holds the channels.
 *
 * <p>No parameters. The gradient by the input is divided by {@link #std}; there is none by bytes.
 *
 * <p>Errors: a number of values that is neither 1 nor the number of channels; a {@link #std} of 0; a value that is not
 * finite.
 *
 * <p>PyTorch: {@code torchvision.transforms.Normalize}.
 *
 * <pre>{@code
 * @Network(input = {3, 32, 32}, type = InputType.UINT8)
 * class CifarNet {
 *     @Normalize(mean = {0.4914, 0.4822, 0.4465}, std = {0.2470, 0.2435, 0.2616}) Layer normalize;
 *     ...
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Normalize {
    /**
     * What is subtracted.
     *
     * @return one value for all channels, or one for each
     */
    double[] mean();

    /**
     * What is divided by.
     *
     * @return one value for all channels, or one for each; not 0
     */
    double[] std();

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
