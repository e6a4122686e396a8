package dev.netwright.runtime;

import dev.netwright.runtime.check.Shapes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Cells put elsewhere: padded, shuffled and resampled. */
final class FunctionalImages {
    /** Of Keys' cubic, PyTorch's choice. */
    private static final double SHARPNESS = -0.75;

    private static final List<String> MEANS = List.of("linear", "bilinear", "trilinear");
    private static final List<String> PADS = List.of("constant", "reflect", "replicate", "circular");

    private FunctionalImages() {}

    /** One dimension after the other, which no mode makes a difference to. */
    static Tensor pad(Tensor input, int[] pad, String mode, double value) {
        int rank = input.dimensions().length;
        FunctionalShapes.check(
                PADS.contains(mode), "pad needs one of the modes " + PADS + ", but has \"" + mode + "\"");
        FunctionalShapes.check(
                pad.length % 2 == 0 && pad.length <= 2 * rank,
                "pad needs two amounts for each dimension from the last on, but has " + Shapes.text(pad) + " for "
                        + Shapes.text(input.dimensions()));
        Tensor padded = input;
        for (int i = 0; i < pad.length; i += 2) {
            padded = pad(padded, rank - 1 - i / 2, pad[i], pad[i + 1], mode, value);
        }
        return padded;
    }

    private static Tensor pad(Tensor input, int dimension, int before, int after, String mode, double value) {
        int[] shape = input.shape();
        int size = shape[dimension];
        int most = mode.equals("reflect") ? size - 1 : mode.equals("circular") ? size : Integer.MAX_VALUE;
        FunctionalShapes.check(
                Math.max(before, after) <= most,
                "pad: mode " + mode + " can add at most " + most + " to dimension " + dimension + " of "
                        + Shapes.text(shape) + ", but is to add " + Math.max(before, after));
        FunctionalShapes.check(
                size + before + after >= 1 && -before <= size && -after <= size,
                "pad: " + before + " and " + after + " leave nothing of dimension " + dimension + " of "
                        + Shapes.text(shape));
        int inner = FunctionalShapes.product(shape, dimension + 1, shape.length);
        shape[dimension] = size + before + after;
        float[] x = input.floats();
        float[] y = new float[Shapes.elements(shape)];
        for (int i = 0; i < y.length; i++) {
            int place = source(i / inner % shape[dimension] - before, size, mode);
            int block = i / inner / shape[dimension];
            y[i] = place < 0 ? (float) value : x[(block * size + place) * inner + i % inner];
        }
        return Tensor.wrap(y, shape);
    }

    /** Where a padded place takes its value; -1 for the constant. */
    private static int source(int place, int size, String mode) {
        if (place >= 0 && place < size) {
            return place;
        }
        return switch (mode) {
            case "reflect" -> place < 0 ? -place : 2 * (size - 1) - place;
            case "replicate" -> place < 0 ? 0 : size - 1;
            case "circular" -> Math.floorMod(place, size);
            default -> -1;
        };
    }

    static Tensor shuffle(Tensor input, int factor) {
        int[] shape = FunctionalShapes.planes("pixelShuffle", input, 2);
        FunctionalShapes.check(
                factor >= 1 && shape[1] % (factor * factor) == 0,
                "pixelShuffle by " + factor + " needs a multiple of " + factor * factor + " channels, but has "
                        + Shapes.text(shape));
        int[] result = {shape[0], shape[1] / (factor * factor), shape[2] * factor, shape[3] * factor};
        float[] y = new float[input.size()];
        for (int i = 0; i < y.length; i++) {
            y[spread(i, shape, factor)] = input.floats()[i];
        }
        return Tensor.wrap(y, result);
    }

    static Tensor unshuffle(Tensor input, int factor) {
        int[] shape = FunctionalShapes.planes("pixelUnshuffle", input, 2);
        FunctionalShapes.check(
                factor >= 1 && shape[2] % factor == 0 && shape[3] % factor == 0,
                "pixelUnshuffle by " + factor + " needs rows and columns that it divides, but has "
                        + Shapes.text(shape));
        int[] result = {shape[0], shape[1] * factor * factor, shape[2] / factor, shape[3] / factor};
        float[] y = new float[input.size()];
        for (int i = 0; i < y.length; i++) {
            y[i] = input.floats()[spread(i, result, factor)];
        }
        return Tensor.wrap(y, result);
    }

    /** Where an element of many channels lies in the larger image: channel c f f + i f + j at row r f + i, column s f + j. */
    private static int spread(int element, int[] many, int factor) {
        int column = element % many[3];
        int row = element / many[3] % many[2];
        int channel = element / many[3] / many[2];
        int toColumn = column * factor + channel % factor;
        int toRow = row * factor + channel / factor % factor;
        return (channel / (factor * factor) * many[2] * factor + toRow) * many[3] * factor + toColumn;
    }

    static Tensor shuffleChannels(Tensor input, int groups) {
        int[] shape = input.shape();
        FunctionalShapes.check(
                shape.length > 2 && groups >= 1 && shape[1] % groups == 0,
                "channelShuffle in " + groups + " groups needs (N, C, ...) with channels that they divide, but has "
                        + Shapes.text(shape));
        int inner = FunctionalShapes.product(shape, 2, shape.length);
        int each = shape[1] / groups;
        float[] y = new float[input.size()];
        for (int i = 0; i < y.length; i++) {
            int channel = i / inner % shape[1];
            int from = channel % groups * each + channel / groups;
            y[i] = input.floats()[i + (from - channel) * inner];
        }
        return Tensor.wrap(y, shape);
    }

    /** @param scales as written, or null where the sizes were */
    static Tensor interpolate(Tensor input, int[] sizes, double[] scales, String mode, boolean alignCorners) {
        int[] shape = input.shape();
        int axes = shape.length - 2;
        boolean fits = mode.equals("nearest") || mode.equals("nearest-exact")
                ? axes >= 1 && axes <= 3
                : mode.equals("bicubic")
                        ? axes == 2
                        : axes >= 1 && axes <= 3 && MEANS.get(axes - 1).equals(mode);
        FunctionalShapes.check(
                fits,
                "interpolate takes (N, C, L), (N, C, H, W) or (N, C, D, H, W) and the modes nearest, nearest-exact, "
                        + "bicubic of images, and one of " + MEANS + " by the number of axes, but has \"" + mode
                        + "\" of " + Shapes.text(shape));
        int[] output = scales == null
                ? FunctionalShapes.each("interpolate", "size", sizes, axes)
                : IntStream.range(0, axes)
                        .map(axis -> (int) (shape[axis + 2] * scale(scales, axis)))
                        .toArray();
        double[] values = new double[input.size()];
        Arrays.setAll(values, i -> input.floats()[i]);
        for (int axis = 0; axis < axes; axis++) {
            int dimension = axis + 2;
            FunctionalShapes.check(
                    output[axis] >= 1,
                    "interpolate makes " + output[axis] + " of dimension " + dimension + " of " + Shapes.text(shape)
                            + "; write a larger size or scale");
            double step = scales == null ? (float) shape[dimension] / output[axis] : (float) (1 / scale(scales, axis));
            values = resample(values, shape, dimension, output[axis], step, mode, alignCorners);
            shape[dimension] = output[axis];
        }
        return FunctionalElements.floats(values, shape);
    }

    private static double scale(double[] scales, int axis) {
        return scales[scales.length == 1 ? 0 : axis];
    }

    private static double[] resample(
            double[] x, int[] shape, int dimension, int size, double step, String mode, boolean alignCorners) {
        int inner = FunctionalShapes.product(shape, dimension + 1, shape.length);
        int cells = shape[dimension];
        double[] y = new double[x.length / cells * size];
        for (int i = 0; i < y.length; i++) {
            double[] weights = weights(i / inner % size, cells, size, step, mode, alignCorners);
            for (int cell = 0; cell < cells; cell++) {
                if (weights[cell] != 0) {
                    y[i] += weights[cell] * x[(i / inner / size * cells + cell) * inner + i % inner];
                }
            }
        }
        return y;
    }

    /** How much of each cell an output is: by its distance from where the output lies, outermost cells being repeated. */
    private static double[] weights(int output, int cells, int size, double step, String mode, boolean alignCorners) {
        double[] weights = new double[cells];
        if (mode.startsWith("nearest")) {
            // a product of floats, as is PyTorch's
            float place = (float) step * (mode.equals("nearest") ? output : output + 0.5f);
            weights[Math.min((int) place, cells - 1)] = 1;
            return weights;
        }
        boolean cubic = mode.equals("bicubic");
        double place = alignCorners
                ? size == 1 ? 0 : (float) (cells - 1) / (size - 1) * (double) output
                : step * (output + 0.5) - 0.5;
        if (!cubic) {
            place = cells == size ? output : Math.min(Math.max(place, 0), cells - 1);
        }
        int first = (int) Math.floor(place);
        for (int cell = first - 1; cell <= first + 2; cell++) {
            double distance = Math.abs(place - cell);
            double weight = cubic ? cubic(distance) : Math.max(0, 1 - distance);
            weights[Math.max(0, Math.min(cell, cells - 1))] += weight;
        }
        return weights;
    }

    private static double cubic(double distance) {
        double d = distance;
        if (d <= 1) {
            return ((SHARPNESS + 2) * d - (SHARPNESS + 3)) * d * d + 1;
        }
        return d < 2 ? SHARPNESS * (((d - 5) * d + 8) * d - 4) : 0;
    }
}
