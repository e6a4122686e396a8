package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.single;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Resample;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Taps;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How an image is cut into patches, which are the columns of a matrix. A row of patches takes some rows of the image,
 * perhaps one several times: so it is resampled, and adding patches up is the same transposed. Lists are as written: one
 * value for both axes, or one for each.
 *
 * @param kernelSize cells of a patch
 * @param dilation from one cell to the next
 * @param padding zeros around the image
 * @param stride from one patch to the next
 */
public record Patches(List<Integer> kernelSize, List<Integer> dilation, List<Integer> padding, List<Integer> stride) {
    private static final int AXES = 2;
    /** Cells of a patch before the patches, or rows beside the columns that belong to them. */
    private static final List<Integer> TURNED = List.of(0, 1, 3, 2, 4);

    public Patches {
        kernelSize = List.copyOf(kernelSize);
        dilation = List.copyOf(dilation);
        padding = List.copyOf(padding);
        stride = List.copyOf(stride);
    }

    static Patches create(Attributes a, Shape image) {
        a.sizes("kernelSize", AXES, 1);
        a.sizes("dilation", AXES, 1);
        a.sizes("padding", AXES, 0);
        a.sizes("stride", AXES, 1);
        Patches patches = new Patches(
                a.integers("kernelSize"), a.integers("dilation"), a.integers("padding"), a.integers("stride"));
        for (int axis = 0; axis < AXES; axis++) {
            Window window = patches.window(image, axis);
            if (window.count() < 1) {
                throw LayerException.shape(
                                "kernelSize",
                                "%s needs " + window.span() + " " + Images.axis(image, axis)
                                        + ", but its padded image has " + window.padded(),
                                "Write a smaller kernelSize, or more padding.")
                        .besides("dilation", "padding");
            }
        }
        return patches;
    }

    private Window window(Shape image, int axis) {
        int around = at(padding, axis);
        return new Window(
                image.size(axis + 1), at(kernelSize, axis), at(stride, axis), at(dilation, axis), around, around);
    }

    private static int at(List<Integer> values, int axis) {
        return values.get(values.size() == 1 ? 0 : axis);
    }

    /** Cells of a patch. */
    int cells() {
        return Math.multiplyExact(at(kernelSize, 0), at(kernelSize, 1));
    }

    /** How many patches there are. */
    int count(Shape image) {
        return Math.multiplyExact(window(image, 0).output(), window(image, 1).output());
    }

    /** The matrix that an image becomes. */
    Shape matrix(Shape image) {
        return Shape.of(Math.multiplyExact(image.size(0), cells()), count(image));
    }

    List<LayerAttribute> attributes() {
        return List.of(
                named("kernel_size", single(kernelSize)),
                named("dilation", single(dilation)),
                named("padding", single(padding)),
                named("stride", single(stride)));
    }

    /** The patches of an image. */
    Value cut(Lowering l, Value image) {
        Shape shape = image.shape();
        Value padded = image;
        if (Collections.max(padding) > 0) {
            List<Integer> around = List.of(0, at(padding, 0), at(padding, 1));
            Primitive pad = new Primitive.Pad(around, around, Primitive.Pad.Mode.CONSTANT, 0);
            padded = l.apply(pad, ".padded", padded(shape), true, List.of(image));
        }
        Resample resample = resample(shape);
        Value taken = resample.isIdentity() ? padded : l.apply(resample, ".cells", taken(shape), true, List.of(padded));
        return l.reshape(l.permute(l.reshape(taken, split(shape, true)), TURNED), matrix(shape));
    }

    /** The image that patches add up to. */
    Value add(Lowering l, Value matrix, Shape image) {
        Value taken = l.reshape(l.permute(l.reshape(matrix, split(image, false)), TURNED), taken(image));
        Resample resample = resample(image);
        Value sums = resample.isIdentity()
                ? taken
                : l.apply(resample.transposed(), ".sums", padded(image), true, List.of(taken));
        for (int axis = 0; axis < AXES; axis++) {
            if (at(padding, axis) > 0) {
                sums = l.slice(".cut", sums, axis + 1, at(padding, axis), image.size(axis + 1));
            }
        }
        return sums;
    }

    private Shape padded(Shape image) {
        return Shape.of(
                image.size(0),
                Math.toIntExact(window(image, 0).padded()),
                Math.toIntExact(window(image, 1).padded()));
    }

    /** The first cells of all patches, then the second, along each axis. */
    private Resample resample(Shape image) {
        return new Resample(
                List.of(taps(window(image, 0).onPadded()), taps(window(image, 1).onPadded())));
    }

    private static Taps taps(Window window) {
        List<List<Taps.Tap>> taps = new ArrayList<>();
        for (int cell = 0; cell < window.kernel(); cell++) {
            for (int patch = 0; patch < window.output(); patch++) {
                taps.add(List.of(new Taps.Tap(patch * window.stride() + cell * window.dilation(), 1)));
            }
        }
        return new Taps(window.extent(), taps);
    }

    private Shape taken(Shape image) {
        return Shape.of(
                image.size(0),
                Math.multiplyExact(at(kernelSize, 0), window(image, 0).output()),
                Math.multiplyExact(at(kernelSize, 1), window(image, 1).output()));
    }

    /** The same with cells and patches apart: along one axis after the other, or first all cells. */
    private Shape split(Shape image, boolean byAxis) {
        int rows = at(kernelSize, 0);
        int columns = at(kernelSize, 1);
        int down = window(image, 0).output();
        int across = window(image, 1).output();
        return byAxis
                ? Shape.of(image.size(0), rows, down, columns, across)
                : Shape.of(image.size(0), rows, columns, down, across);
    }
}
