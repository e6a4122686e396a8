package dev.netwright.annotations;

import java.lang.annotation.Annotation;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How a parameter starts, in place of its layer's default: one of {@code torch.nn.init}'s functions. On a network it is
 * about the layers named in {@link #layers}, or about all that have such a parameter; on a field, about that layer.
 *
 * <p>As torchvision's ResNet does:
 *
 * <pre>{@code
 * @Network(input = {3, 224, 224})
 * @Init(value = InitMethod.KAIMING_NORMAL, layers = Conv2d.class, mode = FanMode.FAN_OUT, nonlinearity = Nonlinearity.RELU)
 * class ResNet {
 *     @Conv2d(outChannels = 64, kernelSize = 7, stride = 2, padding = 3, bias = false) Layer conv1;
 *     ...
 *     @BatchNorm2d @Init(InitMethod.ZEROS) Layer layer1_0_bn2;
 *     ...
 * }
 * }</pre>
 *
 * <p>Of several rules for one parameter, that on the field decides; of those on the network, one that names the layer
 * before one for all layers. Two that are equal in this are an error.
 *
 * <p>The rules of a class are for the layers that it declares and inherits; of several classes' rules the nearest one's
 * counts. Layers that a class adds to what it extends start by its own rules, or as ever: as what is added to a network of
 * PyTorch's that is there already.
 *
 * <p>Numbers are drawn as in PyTorch after {@code torch.manual_seed(seed)}, where a network first constructs its layers
 * and then goes through {@code modules()}: first the defaults of all parameters in declared order, also of those that
 * are drawn anew; then these, in declared order too, a layer's weight before its bias. What a class adds to the network
 * that it extends is drawn thereafter, and so is what its rules draw anew; a layer that replaces another has that one's
 * turn, as if the ancestor had declared it. A rule that a nearer class's hides draws nothing. What is uniform has PyTorch's
 * bits, what is normal differs by at most 5e-7 of the deviation, {@link InitMethod#TRUNC_NORMAL} and
 * {@link InitMethod#ORTHOGONAL} by 1e-5 of their largest values.
 *
 * <p>Errors: an attribute that the method does not take; {@link InitMethod#CONSTANT} without {@link #constant}; a
 * {@link #std} or {@link #gain} that is not above 0; a {@link #low} not below {@link #high}; layers that the network has
 * none of; a parameter that no such layer has; a method that needs fans, for a parameter of one dimension; two rules for
 * one parameter.
 *
 * <p>PyTorch: {@code torch.nn.init}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Repeatable(Init.List.class)
@Target({ElementType.FIELD, ElementType.TYPE})
public @interface Init {
    /**
     * The function.
     *
     * @return one that takes the attributes written
     */
    InitMethod value();

    /**
     * Which of a layer's parameters.
     *
     * @return its name in the state dict, without the layer's
     */
    String parameter() default "weight";

    /**
     * On a network: which layers, by their annotations. Left out: all that have such a parameter.
     *
     * @return layer annotations, such as {@code Conv2d.class}
     */
    Class<? extends Annotation>[] layers() default {};

    /**
     * The mean, for {@link InitMethod#NORMAL} and {@link InitMethod#TRUNC_NORMAL}.
     *
     * @return 0 unless written
     */
    double mean() default 0;

    /**
     * The standard deviation, for {@link InitMethod#NORMAL} and {@link InitMethod#TRUNC_NORMAL}.
     *
     * @return a positive number; 1 unless written
     */
    double std() default 1;

    /**
     * The lower end, for {@link InitMethod#UNIFORM} and {@link InitMethod#TRUNC_NORMAL}; PyTorch's {@code a}.
     *
     * @return left out, 0 for the one and -2 for the other
     */
    double low() default 0;

    /**
     * The upper end, for {@link InitMethod#UNIFORM} and {@link InitMethod#TRUNC_NORMAL}; PyTorch's {@code b}. It is a
     * value, not a multiple of {@link #std}.
     *
     * @return left out, 1 for the one and 2 for the other
     */
    double high() default 1;

    /**
     * The value, for {@link InitMethod#CONSTANT}.
     *
     * @return any finite number; has to be written
     */
    double constant() default 0;

    /**
     * A factor, for {@link InitMethod#XAVIER_UNIFORM}, {@link InitMethod#XAVIER_NORMAL} and
     * {@link InitMethod#ORTHOGONAL}.
     *
     * @return a positive number; 1 unless written
     */
    double gain() default 1;

    /**
     * The slope below 0 of {@link Nonlinearity#LEAKY_RELU}, for {@link InitMethod#KAIMING_UNIFORM} and
     * {@link InitMethod#KAIMING_NORMAL}.
     *
     * @return 0 unless written, as in PyTorch
     */
    double a() default 0;

    /**
     * The fan, for {@link InitMethod#KAIMING_UNIFORM} and {@link InitMethod#KAIMING_NORMAL}.
     *
     * @return that of the inputs unless written
     */
    FanMode mode() default FanMode.FAN_IN;

    /**
     * What gives the gain, for {@link InitMethod#KAIMING_UNIFORM} and {@link InitMethod#KAIMING_NORMAL}.
     *
     * @return a leaky ReLU unless written, as in PyTorch
     */
    Nonlinearity nonlinearity() default Nonlinearity.LEAKY_RELU;

    /**
     * Groups of a convolution, for {@link InitMethod#DIRAC}.
     *
     * @return a divisor of the output channels; 1 unless written
     */
    int groups() default 1;

    /** Several rules of one network or layer. */
    @Documented
    @Retention(RetentionPolicy.CLASS)
    @Target({ElementType.FIELD, ElementType.TYPE})
    @interface List {
        /**
         * The rules.
         *
         * @return in any order
         */
        Init[] value();
    }
}
