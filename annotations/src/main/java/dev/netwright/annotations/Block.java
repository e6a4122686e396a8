package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes an annotation of yours a block: layers that are declared once and used like one layer, as often as you like.
 *
 * <pre>{@code
 * @Block
 * public @interface BasicBlock {
 *     int width();             int WIDTH  = Block.P1;
 *     int stride() default 1;  int STRIDE = Block.P2;
 *
 *     class Layers {
 *         @Conv2d(outChannels = WIDTH, kernelSize = 3, stride = STRIDE, padding = 1, bias = false) Layer conv1;
 *         @BatchNorm2d Layer bn1;
 *         @ReLU Layer relu1;
 *         @Conv2d(outChannels = WIDTH, kernelSize = 3, padding = 1, bias = false) Layer conv2;
 *         @BatchNorm2d Layer bn2;
 *         @Add(from = {"bn2", "input"}) Layer sum;
 *         @ReLU Layer relu2;
 *     }
 * }
 *
 * @BasicBlock(width = 64) @Repeat(2) Layer layer1;
 * }</pre>
 *
 * <p>The nested class is the body. Its fields are layers as those of a network, with the block's own input as
 * {@code "input"}; a body with several inputs names them by {@link Input} without a shape, and one with several outputs
 * marks these by {@link Output}. Blocks may use blocks. The state-dict keys of the body's layers begin with the key of the
 * field that uses the block, as in {@code layer1.0.conv1.weight}, and PyTorch's print of the network shows the annotation's
 * name.
 *
 * <p>The annotation's attributes are the block's parameters, of type {@code int} or {@code double}. In the body a constant
 * stands for each: the attribute's name in capitals, with underscores between words ({@code outChannels()} has
 * {@code OUT_CHANNELS}), and one of the placeholders as its value. A placeholder of an {@code int} may be multiplied, or
 * divided, by a constant up to 16, as in {@code 4 * WIDTH}; those of a {@code double} stand by themselves. Whatever else is
 * computed from them is an error: add an attribute for it. There are no placeholders of booleans and enums: write two
 * blocks. Where the block does not simply follow the layer before, declare {@code String[] from() default {};} in the
 * annotation, and use it as that of a built-in layer.
 *
 * <p>Outside, the body's layers are named with dots: {@code from = "enc1.conv2"}, or {@code "layer1.0.conv2"} of a repeated
 * block; the model has them as {@code net.layer1.get(0).conv1}.
 *
 * <p>Errors: no body, two, or one without layers; a block that uses itself; a constant without its attribute; arithmetic
 * that is not understood.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.ANNOTATION_TYPE)
public @interface Block {
    /** The first placeholder of an {@code int}. */
    int P1 = -133_998_480;

    /** The second placeholder of an {@code int}. */
    int P2 = -133_665_840;

    /** The third placeholder of an {@code int}. */
    int P3 = -132_446_160;

    /** The fourth placeholder of an {@code int}. */
    int P4 = -132_113_520;

    /** The fifth placeholder of an {@code int}. */
    int P5 = -130_672_080;

    /** The sixth placeholder of an {@code int}. */
    int P6 = -130_339_440;

    /** The seventh placeholder of an {@code int}. */
    int P7 = -126_015_120;

    /** The eighth placeholder of an {@code int}. */
    int P8 = -125_793_360;

    /** The ninth placeholder of an {@code int}. */
    int P9 = -124_795_440;

    /** The tenth placeholder of an {@code int}. */
    int P10 = -124_351_920;

    /** The eleventh placeholder of an {@code int}. */
    int P11 = -118_807_920;

    /** The twelfth placeholder of an {@code int}. */
    int P12 = -111_046_320;

    /** The thirteenth placeholder of an {@code int}. */
    int P13 = -108_052_560;

    /** The fourteenth placeholder of an {@code int}. */
    int P14 = -104_726_160;

    /** The fifteenth placeholder of an {@code int}. */
    int P15 = -103_839_120;

    /** The sixteenth placeholder of an {@code int}. */
    int P16 = -103_728_240;

    /** The first placeholder of a {@code double}. */
    double D1 = -1.01e35;

    /** The second placeholder of a {@code double}. */
    double D2 = -1.03e35;

    /** The third placeholder of a {@code double}. */
    double D3 = -1.07e35;

    /** The fourth placeholder of a {@code double}. */
    double D4 = -1.09e35;

    /** The fifth placeholder of a {@code double}. */
    double D5 = -1.13e35;

    /** The sixth placeholder of a {@code double}. */
    double D6 = -1.27e35;

    /** The seventh placeholder of a {@code double}. */
    double D7 = -1.31e35;

    /** The eighth placeholder of a {@code double}. */
    double D8 = -1.37e35;
}
