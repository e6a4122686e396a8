package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.implied;
import static dev.netwright.processor.graph.LayerAttribute.named;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.NamedSizes;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Pad.Mode;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Cells added around, or cut from, the last dimensions.
 *
 * @param input shape of one sample
 * @param padding as written: pairs, the last dimension first
 * @param mode what the new cells hold
 * @param value for {@link Mode#CONSTANT}
 */
public record Pad(Shape input, List<Integer> padding, Mode mode, double value) implements Derived {
    /** Dimensions that the modes other than CONSTANT pad. */
    private static final int PLANE = 2;

    public Pad {
        padding = List.copyOf(padding);
    }

    static Pad create(Attributes a, List<Shape> inputs) {
        Shape input = Activation.single(inputs);
        List<Integer> padding = a.integers("padding");
        Mode mode = Mode.valueOf(a.text("mode"));
        if (padding.size() % 2 != 0 || padding.size() > 2 * input.rank()) {
            throw new LayerException(
                    "padding",
                    "padding of %s has " + padding.size() + " amounts, but takes a pair for each padded dimension of "
                            + input,
                    "Write pairs, the last dimension first: {left, right, top, bottom}.");
        }
        if (mode != Mode.CONSTANT) {
            checkRepeating(a, padding, mode);
        }
        Pad pad = new Pad(input, padding, mode, Reals.finiteOrInfinite(a, "value"));
        for (int d = 0; d < input.rank(); d++) {
            pad.check(d);
        }
        return pad;
    }

    private static void checkRepeating(Attributes a, List<Integer> padding, Mode mode) {
        if (a.isWritten("value")) {
            throw LayerException.ofValue(
                    "value",
                    "value of %s is written, but mode " + mode + " repeats the input",
                    "Leave value out, or write mode = PadMode.CONSTANT.");
        }
        if (padding.size() > 2 * PLANE) {
            throw LayerException.ofValue(
                    "padding",
                    "padding of %s has " + padding.size() + " amounts, but mode " + mode
                            + " pads the last two dimensions, which take 4",
                    "Write {left, right, top, bottom}.");
        }
        for (int amount : padding) {
            if (amount < 0) {
                throw LayerException.ofValue(
                        "padding",
                        "padding of %s is " + NamedSizes.text(amount) + ", but mode " + mode + " cannot cut",
                        "Write amounts of at least 0, or mode = PadMode.CONSTANT.");
            }
        }
    }

    private void check(int dimension) {
        int size = input.size(dimension);
        int before = amount(dimension, 0);
        int after = amount(dimension, 1);
        // cells that both sides cut would be cut twice
        if ((long) size + before + after < 1 || -(long) before > size || -(long) after > size) {
            throw LayerException.shape(
                    "padding",
                    "padding of %s by " + NamedSizes.text(before) + " and " + NamedSizes.text(after)
                            + " leaves nothing of dimension " + (dimension + 1) + ", whose size is " + size,
                    "Cut less.");
        }
        Images.padded(size, before, after);
        int most = switch (mode) {
            case REFLECT -> size - 1;
            case CIRCULAR -> size;
            case CONSTANT, REPLICATE -> Integer.MAX_VALUE;
        };
        if (Math.max(before, after) > most) {
            throw new LayerException(
                    "padding",
                    "padding of %s is " + Math.max(before, after) + ", but mode " + mode + " can add at most " + most
                            + " to dimension " + (dimension + 1) + ", whose size is " + size,
                    "Write " + most + " or less.");
        }
    }

    private int amount(int dimension, int side) {
        int index = 2 * (input.rank() - 1 - dimension) + side;
        return index < padding.size() ? padding.get(index) : 0;
    }

    private List<Integer> amounts(int side) {
        return java.util.stream.IntStream.range(0, input.rank())
                .mapToObj(dimension -> amount(dimension, side))
                .toList();
    }

    private Primitive.Pad primitive() {
        return new Primitive.Pad(amounts(0), amounts(1), mode, (float) value);
    }

    @Override
    public String name() {
        return "Pad";
    }

    @Override
    public Shape output() {
        return Images.padded(input, primitive());
    }

    /** In the words of {@code F.pad}, which is a function and prints nothing itself. */
    @Override
    public List<LayerAttribute> attributes() {
        return List.of(
                named("pad", padding),
                named("mode", mode.name().toLowerCase(Locale.ROOT)),
                mode == Mode.CONSTANT ? named("value", value) : implied("value", null));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        return isNothing() ? inputs.get(0) : l.apply(primitive(), "", output(), true, List.of(inputs.get(0)));
    }

    private boolean isNothing() {
        return Collections.frequency(padding, 0) == padding.size();
    }
}
