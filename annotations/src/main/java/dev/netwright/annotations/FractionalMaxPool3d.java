package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Fractional max pooling: the largest value of windows whose steps are drawn at random, so that the output may be of any
 * smaller size, such as two thirds of the input's.
 *
 * <p>Shape: {@code C x D x H x W} to {@code C x Do x Ho x Wo}. Of {@link #outputSize} and {@link #outputRatio} one is written;
 * by the latter a dimension has {@code floor(in * outputRatio)} windows. Along each dimension, for each sample and channel, a
 * number {@code u} from 0 to 1 is drawn, and with
 *
 * <pre>{@code
 * a = (in - kernelSize) / (out - 1)
 * }</pre>
 *
 * <p>window {@code i} begins at {@code floor((i + u) * a) - floor(u * a)}; the last ends where the input does. Windows may
 * overlap, or leave cells out. The gradient goes to the first of equals.
 *
 * <p>In training, what is drawn depends on the model's seed, the step, the layer, the sample and the channel only: not on the
 * number of threads, and not on PyTorch's generator. In evaluation PyTorch draws anew in each call, so that a sample has as
 * many predictions as it is asked for. Here all calls, samples and models have one draw of each layer, channel and dimension:
 * a sample has the same prediction always, alone or in any batch.
 *
 * <p>Errors: an input that is not {@code C x D x H x W}; both or neither of {@link #outputSize} and {@link #outputRatio}; a ratio
 * that is not between 0 and 1; more than {@code in - kernelSize + 1} windows along a dimension (PyTorch has one less in three
 * dimensions).
 *
 * <p>{@link MaxUnpool3d} does not take its indices, as windows may overlap. It cannot be exported to ONNX, which has no such
 * operator.
 *
 * <p>PyTorch: {@code nn.FractionalMaxPool3d}. B. Graham, Fractional Max-Pooling, 2014
 * (<a href="https://arxiv.org/abs/1412.6071">arXiv:1412.6071</a>).
 *
 * <pre>{@code
 * @FractionalMaxPool3d(kernelSize = 2, outputRatio = 0.7) Layer pool1;
 * @FractionalMaxPool3d(kernelSize = 3, outputSize = {13, 12, 11}) Layer pool2;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface FractionalMaxPool3d {
    /**
     * Size of the window.
     *
     * @return one positive value, or depth, height and width
     */
    int[] kernelSize();

    /**
     * Size of the output.
     *
     * @return one positive value, or depth, height and width
     */
    int[] outputSize() default {};

    /**
     * Size of the output, as part of the input's.
     *
     * @return one value between 0 and 1, or one for each of depth, height and width
     */
    double[] outputRatio() default {};

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
