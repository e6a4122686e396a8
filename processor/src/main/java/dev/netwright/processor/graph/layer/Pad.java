package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.implied;
import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.positional;

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
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Cells added around, or cut from, the last dimensions: PyTorch's function, and its modules, whose names tell mode and
 * dimensions.
 *
 * @param name of the function or the module
 * @param input shape of one sample
 * @param padding as written: pairs, the last dimension first
 * @param mode what the new cells hold
 * @param value for {@link Mode#CONSTANT}
 */
public record Pad(String name, Shape input, List<Integer> padding, Mode mode, double value) implements Derived {
    private static final String FUNCTION = "Pad";

    /** PyTorch's modules, without their number of axes. */
    private static final Map<String, Mode> MODULES = Map.of(
            "ReflectionPad", Mode.REFLECT,
            "ReplicationPad", Mode.REPLICATE,
            "ZeroPad", Mode.CONSTANT,
            "ConstantPad", Mode.CONSTANT,
            "CircularPad", Mode.CIRCULAR);

    /** Dimensions that the modes other than CONSTANT pad. */
    private static final int VOLUME = 3;

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
        return new Pad(FUNCTION, input, padding, mode, Reals.finiteOrInfinite(a, "value")).checked();
    }

    /** A module over the last axes. */
    static Pad create(Attributes a, List<Shape> inputs, String module, int axes) {
        String name = module + axes + "d";
        Mode mode = MODULES.get(module);
        Shape input = mode == Mode.CONSTANT ? ofAtLeast(axes, inputs) : Images.single(inputs, name, axes);
        List<Integer> written = a.integers("padding");
        if (written.size() != 1 && written.size() != 2 * axes) {
            throw LayerException.ofValue(
                    "padding",
                    "padding of %s has " + written.size() + " amounts, but " + name + " takes one, or " + 2 * axes,
                    "Write padding = 1, or " + 2 * axes + " amounts, those of the last dimension first.");
        }
        List<Integer> padding = written.size() == 1 ? Collections.nCopies(2 * axes, written.get(0)) : written;
        double value = module.equals("ConstantPad") ? Reals.finiteOrInfinite(a, "value") : 0;
        return new Pad(name, input, padding, mode, value).checked();
    }

    private static Shape ofAtLeast(int rank, List<Shape> inputs) {
        Shape input = Activation.single(inputs);
        if (input.rank() < rank) {
            throw LayerException.shape(
                    "padding",
                    "%s pads " + rank + " dimensions but receives " + input,
                    "Give it an input with as many dimensions.");
        }
        return input;
    }

    private Pad checked() {
        if (mode == Mode.REFLECT || mode == Mode.CIRCULAR) {
            checkCutsNothing();
        }
        for (int d = 0; d < input.rank(); d++) {
            check(d);
        }
        return this;
    }

    private static void checkRepeating(Attributes a, List<Integer> padding, Mode mode) {
        if (a.isWritten("value")) {
            throw LayerException.ofValue(
                    "value",
                    "value of %s is written, but mode " + mode + " repeats the input",
                    "Leave value out, or write mode = PadMode.CONSTANT.");
        }
        if (padding.size() > 2 * VOLUME) {
            throw LayerException.ofValue(
                    "padding",
                    "padding of %s has " + padding.size() + " amounts, but mode " + mode
                            + " pads the last three dimensions, which take 6",
                    "Write {left, right, top, bottom, front, back}.");
        }
    }

    private void checkCutsNothing() {
        for (int amount : padding) {
            if (amount < 0) {
                throw LayerException.ofValue(
                        "padding",
                        "padding of %s is " + NamedSizes.text(amount) + ", but " + what() + " cannot cut",
                        "Write amounts of at least 0, or "
                                + (isFunction()
                                        ? "mode = PadMode.CONSTANT."
                                        : "cut with @ZeroPad" + padding.size() / 2 + "d."));
            }
        }
    }

    /** For texts. */
    private String what() {
        return isFunction() ? "mode " + mode : name;
    }

    private boolean isFunction() {
        return name.equals(FUNCTION);
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
                    "padding of %s is " + Math.max(before, after) + ", but " + what() + " can add at most " + most
                            + " to dimension " + (dimension + 1) + ", whose size is " + size,
                    "Write " + most + " or less.");
        }
    }

    private int amount(int dimension, int side) {
        int index = 2 * (input.rank() - 1 - dimension) + side;
        return index < padding.size() ? padding.get(index) : 0;
    }

    private List<Integer> amounts(int side) {
        return IntStream.range(0, input.rank())
                .mapToObj(dimension -> amount(dimension, side))
                .toList();
    }

    private Primitive.Pad primitive() {
        return new Primitive.Pad(amounts(0), amounts(1), mode, (float) value);
    }

    @Override
    public Shape output() {
        return Images.padded(input, primitive());
    }

    /** Where it is none of the modules, in the words of {@code F.pad}, which is a function and prints nothing itself. */
    @Override
    public List<LayerAttribute> attributes() {
        String word = mode.name().toLowerCase(Locale.ROOT);
        if (isFunction()) {
            return List.of(
                    named("pad", padding),
                    named("mode", word),
                    mode == Mode.CONSTANT ? named("value", value) : implied("value", null));
        }
        boolean constant = name.startsWith("ConstantPad");
        return List.of(
                constant ? named("padding", padding) : positional("padding", padding),
                constant ? named("value", value) : implied("value", mode == Mode.CONSTANT ? value : null),
                implied("mode", word));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        return isNothing() ? inputs.get(0) : l.apply(primitive(), "", output(), true, List.of(inputs.get(0)));
    }

    private boolean isNothing() {
        return Collections.frequency(padding, 0) == padding.size();
    }
}
