package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.implied;
import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.single;
import static dev.netwright.processor.graph.LayerAttribute.unprinted;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Counted;
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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A sequence, an image or a volume resampled along each axis.
 *
 * @param name of the annotation
 * @param input shape of one sample
 * @param size as written: none, one value for all axes, or one for each
 * @param scaleFactor as written, where no size is
 * @param mode how outputs are made of inputs
 * @param alignCorners whether the outermost cells of both images lie at the same places
 */
public record Upsample(
        String name, Shape input, List<Integer> size, List<Double> scaleFactor, Mode mode, boolean alignCorners)
        implements Derived {
    /** How outputs are made of inputs. */
    public enum Mode {
        NEAREST,
        LINEAR,
        BILINEAR,
        BICUBIC,
        TRILINEAR
    }

    /** The modes that take means, by how many axes they are for. */
    private static final List<Mode> MEANS = List.of(Mode.LINEAR, Mode.BILINEAR, Mode.TRILINEAR);

    private static final int MOST_AXES = 3;

    /** Of Keys' cubic, PyTorch's choice. */
    private static final double SHARPNESS = -0.75;

    /** As many as sizes that are written can have. */
    private static final int LARGEST = 20_000;

    public Upsample {
        size = List.copyOf(size);
        scaleFactor = List.copyOf(scaleFactor);
    }

    static Upsample create(Attributes a, List<Shape> inputs) {
        Shape input = Activation.single(inputs);
        int axes = input.rank() - 1;
        if (axes < 1 || axes > MOST_AXES) {
            throw LayerException.shape(
                    null,
                    "%s (Upsample) needs channels and one, two or three dimensions behind them but receives " + input,
                    "Give it an input such as channels x rows x columns.");
        }
        Mode mode = Mode.valueOf(a.text("mode"));
        int of = mode == Mode.BICUBIC ? 2 : MEANS.indexOf(mode) + 1;
        if (mode != Mode.NEAREST && of != axes) {
            throw LayerException.shape(
                    "mode",
                    "mode of %s is " + mode + ", which is of " + Counted.of(of, "dimension")
                            + " behind the channels, but it receives " + input,
                    "Write mode = Upsample.Mode." + MEANS.get(axes - 1) + ".");
        }
        if (mode == Mode.NEAREST && a.isWritten("alignCorners")) {
            throw LayerException.ofValue(
                            "alignCorners",
                            "alignCorners of %s is written, but mode NEAREST has no use for it",
                            "Leave it out, or write mode = Upsample.Mode." + MEANS.get(axes - 1) + ".")
                    .besides("mode");
        }
        return create(a, input, "Upsample", mode, a.flag("alignCorners"));
    }

    /** One of PyTorch's modules for images, whose name tells the rest. */
    static Upsample create(Attributes a, List<Shape> inputs, String module) {
        boolean nearest = module.equals("UpsamplingNearest2d");
        return create(a, Images.single(inputs, module), module, nearest ? Mode.NEAREST : Mode.BILINEAR, !nearest);
    }

    private static Upsample create(Attributes a, Shape input, String name, Mode mode, boolean alignCorners) {
        int axes = input.rank() - 1;
        boolean sized = a.isWritten("size");
        if (sized == a.isWritten("scaleFactor")) {
            throw LayerException.ofValue(
                            sized ? "scaleFactor" : null,
                            sized
                                    ? "size and scaleFactor of %s are both written, but either says how large its output is"
                                    : "%s (" + name + ") has neither size nor scaleFactor",
                            sized ? "Leave one of them out." : "Write scaleFactor = 2, say.")
                    .besides("size", "scaleFactor");
        }
        if (sized) {
            a.sizes("size", axes, 1);
            return new Upsample(name, input, a.integers("size"), List.of(), mode, alignCorners);
        }
        List<Double> factors = Reals.allPositive(a, "scaleFactor", axes);
        Upsample layer = new Upsample(name, input, List.of(), factors, mode, alignCorners);
        for (int axis = 0; axis < axes; axis++) {
            layer.checkScale(axis);
        }
        return layer;
    }

    private void checkScale(int side) {
        int cells = input.size(side + 1);
        if (size(side) < 1) {
            throw LayerException.shape(
                    "scaleFactor",
                    "scaleFactor of %s is " + scale(side) + ", which makes nothing of " + cells + " "
                            + Images.axis(input, side),
                    "Write " + 1.0 / cells + " or more.");
        }
        if (size(side) > LARGEST) {
            throw LayerException.shape(
                    "scaleFactor",
                    "scaleFactor of %s is " + scale(side) + ", which makes " + size(side) + " "
                            + Images.axis(input, side) + " of " + cells + ", but there can be at most " + LARGEST,
                    "Write a smaller scaleFactor.");
        }
    }

    private double scale(int side) {
        return scaleFactor.get(scaleFactor.size() == 1 ? 0 : side);
    }

    /** Size of the output along an axis. */
    private long size(int side) {
        return size.isEmpty() ? (long) (input.size(side + 1) * scale(side)) : size.get(size.size() == 1 ? 0 : side);
    }

    @Override
    public Shape output() {
        return Shape.of(input.size(0))
                .and(axes().mapToObj(axis -> Math.toIntExact(size(axis))).toList());
    }

    private IntStream axes() {
        return IntStream.range(0, input.rank() - 1);
    }

    /** Where each output of an axis comes from. */
    Taps taps(int side) {
        int in = input.size(side + 1);
        int out = Math.toIntExact(size(side));
        List<List<Taps.Tap>> taps = new ArrayList<>();
        for (int i = 0; i < out; i++) {
            taps.add(
                    switch (mode) {
                        case NEAREST -> nearest(side, in, out, i);
                        case BICUBIC -> around(side, in, out, i);
                        default -> between(side, in, out, i);
                    });
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
        double place = alignCorners ? aligned(in, out, i) : Math.max(0, centred(side, in, out, i));
        int first = Math.min((int) place, in - 1);
        float second = (float) (place - first);
        return first == in - 1 || second == 0
                ? List.of(new Taps.Tap(first, 1))
                : List.of(new Taps.Tap(first, 1 - second), new Taps.Tap(first + 1, second));
    }

    /** Where an output lies among the inputs if the outermost meet. */
    private static double aligned(int in, int out, int i) {
        return (out > 1 ? (float) (in - 1) / (out - 1) : 0) * (double) i;
    }

    /** Where it lies if the borders meet. */
    private double centred(int side, int in, int out, int i) {
        return step(side, in, out) * (i + 0.5) - 0.5;
    }

    /** The four inputs around an output; what lies beyond the outermost is that. */
    private List<Taps.Tap> around(int side, int in, int out, int i) {
        double place = alignCorners ? aligned(in, out, i) : centred(side, in, out, i);
        int second = (int) Math.floor(place);
        double rest = place - second;
        double[] weights = {far(rest + 1), near(rest), near(1 - rest), far(2 - rest)};
        SortedMap<Integer, Double> byInput = new TreeMap<>();
        for (int k = 0; k < weights.length; k++) {
            byInput.merge(Math.max(0, Math.min(second - 1 + k, in - 1)), weights[k], Double::sum);
        }
        return byInput.entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .map(entry -> new Taps.Tap(entry.getKey(), entry.getValue().floatValue()))
                .toList();
    }

    /** Keys' cubic up to a distance of 1. */
    private static double near(double distance) {
        return ((SHARPNESS + 2) * distance - (SHARPNESS + 3)) * distance * distance + 1;
    }

    /** From there up to 2. */
    private static double far(double distance) {
        return ((SHARPNESS * distance - 5 * SHARPNESS) * distance + 8 * SHARPNESS) * distance - 4 * SHARPNESS;
    }

    @Override
    public long flops() {
        return mode == Mode.NEAREST
                ? 0
                : axes().mapToLong(axis -> taps(axis).most()).reduce(2L * output().elements(), (a, b) -> a * b);
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(
                size.isEmpty() ? implied("size", null) : named("size", single(size)),
                size.isEmpty() ? named("scale_factor", single(scaleFactor)) : implied("scale_factor", null),
                named("mode", mode.name().toLowerCase(Locale.ROOT)),
                name.equals("Upsample")
                        ? unprinted("align_corners", alignCorners).unless(false)
                        : implied("align_corners", alignCorners));
    }

    /** Planes and rows are one axis, whose taps are products: so are three axes read once. */
    private Resample resample() {
        List<Taps> taps = axes().mapToObj(this::taps).toList();
        return new Resample(taps.size() < MOST_AXES ? taps : List.of(taps.get(0).times(taps.get(1)), taps.get(2)));
    }

    private static Shape image(Shape shape) {
        return shape.rank() <= MOST_AXES
                ? shape
                : Shape.of(shape.size(0), shape.size(1) * shape.size(2), shape.size(3));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        Resample resample = resample();
        if (resample.isIdentity()) {
            return inputs.get(0);
        }
        Value from = l.reshape(inputs.get(0), image(input));
        return l.reshape(l.apply(resample, "", image(output()), true, List.of(from)), output());
    }
}
