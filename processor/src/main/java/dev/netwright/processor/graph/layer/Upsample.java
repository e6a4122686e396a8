package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.implied;
import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.single;
import static dev.netwright.processor.graph.LayerAttribute.unprinted;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Primitive.Resample;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Taps;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An image resampled along rows and columns.
 *
 * @param input shape of one sample
 * @param size as written: none, one value for rows and columns, or two
 * @param scaleFactor as written, where no size is
 * @param mode how outputs are made of inputs
 * @param alignCorners whether the outermost cells of both images lie at the same places
 */
public record Upsample(Shape input, List<Integer> size, List<Double> scaleFactor, Mode mode, boolean alignCorners)
        implements Derived {
    /** How outputs are made of inputs. */
    public enum Mode {
        NEAREST,
        BILINEAR
    }

    private static final String[] SIDES = {"rows", "columns"};

    /** As many as sizes that are written can have. */
    private static final int LARGEST = 20_000;

    public Upsample {
        size = List.copyOf(size);
        scaleFactor = List.copyOf(scaleFactor);
    }

    static Upsample create(Attributes a, List<Shape> inputs) {
        Shape input = Images.single(inputs, "Upsample");
        Mode mode = Mode.valueOf(a.text("mode"));
        if (mode == Mode.NEAREST && a.isWritten("alignCorners")) {
            throw LayerException.ofValue(
                            "alignCorners",
                            "alignCorners of %s is written, but mode NEAREST has no use for it",
                            "Leave it out, or write mode = Upsample.Mode.BILINEAR.")
                    .besides("mode");
        }
        boolean sized = a.isWritten("size");
        if (sized == a.isWritten("scaleFactor")) {
            throw LayerException.ofValue(
                            sized ? "scaleFactor" : null,
                            sized
                                    ? "size and scaleFactor of %s are both written, but either says how large its output is"
                                    : "%s (Upsample) has neither size nor scaleFactor",
                            sized ? "Leave one of them out." : "Write scaleFactor = 2, say.")
                    .besides("size", "scaleFactor");
        }
        if (sized) {
            a.sizes("size", 2, 1);
            return new Upsample(input, a.integers("size"), List.of(), mode, a.flag("alignCorners"));
        }
        Upsample layer =
                new Upsample(input, List.of(), Reals.pairOfPositive(a, "scaleFactor"), mode, a.flag("alignCorners"));
        for (int side = 0; side < 2; side++) {
            layer.checkScale(side);
        }
        return layer;
    }

    private void checkScale(int side) {
        int cells = input.size(side + 1);
        if (size(side) < 1) {
            throw LayerException.shape(
                    "scaleFactor",
                    "scaleFactor of %s is " + scale(side) + ", which makes nothing of " + cells + " " + SIDES[side],
                    "Write " + 1.0 / cells + " or more.");
        }
        if (size(side) > LARGEST) {
            throw LayerException.shape(
                    "scaleFactor",
                    "scaleFactor of %s is " + scale(side) + ", which makes " + size(side) + " " + SIDES[side] + " of "
                            + cells + ", but there can be at most " + LARGEST,
                    "Write a smaller scaleFactor.");
        }
    }

    private double scale(int side) {
        return scaleFactor.get(scaleFactor.size() == 1 ? 0 : side);
    }

    /** Rows (side 0) or columns (1) of the output. */
    private long size(int side) {
        return size.isEmpty() ? (long) (input.size(side + 1) * scale(side)) : size.get(size.size() == 1 ? 0 : side);
    }

    @Override
    public String name() {
        return "Upsample";
    }

    @Override
    public Shape output() {
        return Shape.of(input.size(0), Math.toIntExact(size(0)), Math.toIntExact(size(1)));
    }

    /** Where each output of a dimension comes from. */
    Taps taps(int side) {
        int in = input.size(side + 1);
        int out = Math.toIntExact(size(side));
        List<List<Taps.Tap>> taps = new ArrayList<>();
        for (int i = 0; i < out; i++) {
            taps.add(mode == Mode.NEAREST ? nearest(side, in, out, i) : between(side, in, out, i));
        }
        return new Taps(in, taps);
    }

    /** Inputs from one output to the next, a float as in PyTorch. */
    private float step(int side, int in, int out) {
        return size.isEmpty() ? (float) (1 / scale(side)) : (float) in / out;
    }

    private List<Taps.Tap> nearest(int side, int in, int out, int i) {
        // a product of floats, as is PyTorch's: exactly, of 26 rows for 22 other ones would be chosen
        return List.of(new Taps.Tap(Math.min((int) (i * step(side, in, out)), in - 1), 1));
    }

    private List<Taps.Tap> between(int side, int in, int out, int i) {
        if (in == out) {
            return List.of(new Taps.Tap(i, 1));
        }
        double place = alignCorners
                ? (out > 1 ? (float) (in - 1) / (out - 1) : 0) * (double) i
                : Math.max(0, step(side, in, out) * (i + 0.5) - 0.5);
        int first = Math.min((int) place, in - 1);
        float second = (float) (place - first);
        return first == in - 1 || second == 0
                ? List.of(new Taps.Tap(first, 1))
                : List.of(new Taps.Tap(first, 1 - second), new Taps.Tap(first + 1, second));
    }

    @Override
    public long flops() {
        return mode == Mode.NEAREST ? 0 : 2L * output().elements() * taps(0).most() * taps(1).most();
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(
                size.isEmpty() ? implied("size", null) : named("size", single(size)),
                size.isEmpty() ? named("scale_factor", single(scaleFactor)) : implied("scale_factor", null),
                named("mode", mode.name().toLowerCase(Locale.ROOT)),
                unprinted("align_corners", alignCorners).unless(false));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        Resample resample = new Resample(List.of(taps(0), taps(1)));
        return resample.isIdentity() ? inputs.get(0) : l.apply(resample, "", output(), true, inputs);
    }
}
