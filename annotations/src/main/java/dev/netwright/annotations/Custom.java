package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An operator of your own: public static methods of a class, on one sample's values in row-major order.
 *
 * <p>The class has these two, for one input:
 *
 * <pre>{@code
 * public final class Squash {
 *     // y of x
 *     public static void forward(float[] x, int xOffset, float[] y, int yOffset, int[] xShape) { ... }
 *
 *     // the gradient by x of the gradient by y; x and y are what forward had and made
 *     public static void backward(
 *             float[] x, int xOffset, float[] y, int yOffset, float[] yGradient, int yGradientOffset,
 *             float[] xGradient, int xGradientOffset, int[] xShape) { ... }
 * }
 *
 * @Custom(Squash.class) Layer squash;
 * }</pre>
 *
 * <p>Arrays hold much else: a sample's values begin at the offset, as many as its shape has elements. What a method
 * writes ({@code y}; {@code xGradient}) is zeros when it is called; it writes nothing else, and no shape. It keeps nothing
 * from call to call, as several threads call it at once, and with the same values it makes the same.
 *
 * <p>Several inputs stand one behind the other: {@code forward(a, aOffset, b, bOffset, y, yOffset, aShape, bShape)}, and
 * {@code backward(a, aOffset, b, bOffset, y, yOffset, yGradient, yGradientOffset, aGradient, aGradientOffset, bGradient,
 * bGradientOffset, aShape, bShape)}. A weight is a {@link Parameter} that is named in {@link #from}.
 *
 * <p>Shape: that of the first input, or {@link #output}. Where it is not the first input's, the class also has
 * {@code public static int[] outputShape(int[] xShape)}, with a shape for each input, which says the rule: the compiler
 * cannot run it, so {@link #output} has what it gives, and {@code create} compares both.
 *
 * <p>Nothing is fused with it, and its values are copied where they do not lie row-major: what can be written with other
 * layers is faster so. {@code dev.netwright.runtime.custom.GradientCheck} compares {@code backward} with differences of
 * {@code forward}, in a test. It cannot be exported to ONNX.
 *
 * <p>PyTorch: {@code torch.autograd.Function}.
 *
 * <p>Errors: a class that the network cannot see; a method that is missing or has other parameters; an {@link #output}
 * without {@code outputShape}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Custom {
    /**
     * The class with the methods.
     *
     * @return a class that the network's package can see
     */
    Class<?> value();

    /**
     * Shape of one sample's output. Left out: the first input's.
     *
     * @return positive sizes
     */
    int[] output() default {};

    /**
     * The layers it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return names
     */
    String[] from() default {};
}
