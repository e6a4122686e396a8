package dev.netwright.processor.operators;

import dev.netwright.processor.generated.AnnotationText;
import dev.netwright.processor.generated.NetworkSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How layers are drawn that put an image's cells elsewhere. */
final class VisionRows {
    private static final List<OperatorRow> SINGLE = List.of(
            new OperatorRow("Pad", 2, VisionRows::pad),
            new OperatorRow("PixelShuffle", 2, dice -> shuffle(true, dice), 2),
            new OperatorRow("PixelUnshuffle", 2, dice -> shuffle(false, dice), 2),
            new OperatorRow("Upsample", 2, VisionRows::upsample),
            new OperatorRow("UpsamplingNearest2d", 2, dice -> upsampling("UpsamplingNearest2d", dice), 2),
            new OperatorRow("UpsamplingBilinear2d", 2, dice -> upsampling("UpsamplingBilinear2d", dice), 2),
            new OperatorRow("Unfold", 2, dice -> patches(false, dice)),
            new OperatorRow("Fold", 2, dice -> patches(true, dice)),
            new OperatorRow("MaxUnpool1d", 4, dice -> unpool(1, dice)),
            new OperatorRow("MaxUnpool2d", 4, dice -> unpool(2, dice)),
            new OperatorRow("MaxUnpool3d", 4, dice -> unpool(3, dice), 2),
            new OperatorRow("FractionalMaxPool2d", 4, dice -> fractional(2, dice)),
            new OperatorRow("FractionalMaxPool3d", 4, dice -> fractional(3, dice)),
            new OperatorRow("LPPool1d", 2, dice -> norms(1, dice), 3),
            new OperatorRow("LPPool2d", 2, dice -> norms(2, dice), 3),
            new OperatorRow("LPPool3d", 2, dice -> norms(3, dice), 3));

    static final List<OperatorRow> LAYERS =
            Stream.of(SINGLE.stream(), pads()).flatMap(rows -> rows).toList();

    private VisionRows() {}

    private static Stream<OperatorRow> pads() {
        return Stream.of("ReflectionPad", "ReplicationPad", "ZeroPad", "ConstantPad", "CircularPad")
                .flatMap(module -> IntStream.rangeClosed(1, 3)
                        .mapToObj(axes ->
                                new OperatorRow(module + axes + "d", 2, dice -> padding(module, axes, dice), 15)));
    }

    private static NetworkSource padding(String module, int axes, Dice dice) {
        List<Integer> input = new ArrayList<>(List.of(dice.channels()));
        input.addAll(IntStream.range(0, axes).mapToObj(axis -> dice.from(1, 6)).toList());
        String mode = switch (module) {
            case "ReflectionPad" -> "REFLECT";
            case "ReplicationPad" -> "REPLICATE";
            case "CircularPad" -> "CIRCULAR";
            default -> "CONSTANT";
        };
        Map<String, Object> attributes = new LinkedHashMap<>();
        boolean one = !mode.equals("REFLECT") && dice.once(4);
        attributes.put("padding", one ? (Object) 1 : amounts(mode, input, axes, dice));
        if (module.equals("ConstantPad")) {
            attributes.put("value", dice.one(-1.5, 0.25, 3.0));
        }
        return OperatorRows.of(module + axes + "d", input, attributes);
    }

    private static NetworkSource shuffle(boolean larger, Dice dice) {
        int factor = dice.from(1, 3);
        int channels = dice.one(1, 2, 3, 5, 16);
        int rows = dice.from(1, 5);
        int columns = dice.from(1, 5);
        NetworkSource source = larger
                ? OperatorRows.of(
                        "PixelShuffle",
                        List.of(channels * factor * factor, rows, columns),
                        Map.of("upscaleFactor", factor))
                : OperatorRows.of(
                        "PixelUnshuffle",
                        List.of(channels, rows * factor, columns * factor),
                        Map.of("downscaleFactor", factor));
        return dice.once(3) ? source.layer("@Tanh Layer behind") : source;
    }

    private static NetworkSource upsample(Dice dice) {
        int axes = dice.one(1, 2, 2, 3);
        List<Integer> input = new ArrayList<>(List.of(dice.channels()));
        input.addAll(sizes(dice, axes, 1, axes == 3 ? 5 : 9));
        Map<String, Object> attributes = sized(axes, axes == 3 ? 7 : 14, dice);
        if (dice.from(1, 3) > 1) {
            attributes.put("mode", axes == 1 ? "LINEAR" : axes == 3 ? "TRILINEAR" : dice.one("BILINEAR", "BICUBIC"));
            if (dice.flip()) {
                attributes.put("alignCorners", dice.flip());
            }
        }
        return OperatorRows.of("Upsample", input, attributes);
    }

    private static NetworkSource upsampling(String module, Dice dice) {
        List<Integer> input = List.of(dice.channels(), dice.from(1, 9), dice.from(1, 9));
        return OperatorRows.of(module, input, sized(2, 14, dice));
    }

    private static Map<String, Object> sized(int axes, int most, Dice dice) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (dice.flip()) {
            attributes.put("size", dice.once(3) ? dice.from(1, most) : sizes(dice, axes, 1, most));
        } else if (dice.flip()) {
            attributes.put("scaleFactor", dice.one(1.0, 2.0, 2.0, 3.0));
        } else {
            attributes.put(
                    "scaleFactor",
                    IntStream.range(0, axes)
                            .mapToObj(axis -> dice.one(1.0, 1.3, 1.5, 2.0, 2.1))
                            .toList());
        }
        return attributes;
    }

    private static NetworkSource patches(boolean adds, Dice dice) {
        int channels = dice.one(1, 2, 3, 5, 16);
        List<Integer> kernel = sizes(dice, 2, 1, 3);
        List<Integer> dilation = dice.once(3) ? sizes(dice, 2, 1, 2) : List.of(1, 1);
        List<Integer> padding = dice.flip() ? List.of(0, 0) : sizes(dice, 2, 0, 2);
        List<Integer> stride = dice.once(3) ? kernel : sizes(dice, 2, 1, 3);
        List<Integer> image = new ArrayList<>();
        int patches = 1;
        for (int axis = 0; axis < 2; axis++) {
            int span = dilation.get(axis) * (kernel.get(axis) - 1) + 1;
            int size = Math.max(Math.max(1, span - 2 * padding.get(axis)), dice.from(1, 7));
            image.add(size);
            patches *= (size + 2 * padding.get(axis) - span) / stride.get(axis) + 1;
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (adds) {
            attributes.put("outputSize", image);
        }
        attributes.put("kernelSize", kernel);
        attributes.put("dilation", dilation);
        attributes.put("padding", padding);
        attributes.put("stride", stride);
        return adds
                ? OperatorRows.of("Fold", List.of(channels * kernel.get(0) * kernel.get(1), patches), attributes)
                : OperatorRows.of("Unfold", List.of(channels, image.get(0), image.get(1)), attributes);
    }

    private static NetworkSource unpool(int axes, Dice dice) {
        List<Integer> kernel = dice.flip() ? Collections.nCopies(axes, 2) : sizes(dice, axes, 1, 4);
        List<Integer> stride =
                kernel.stream().map(size -> size + (dice.once(3) ? 1 : 0)).toList();
        List<Integer> padding = kernel.stream()
                .map(size -> dice.once(3) ? dice.from(0, size / 2) : 0)
                .toList();
        List<Integer> image = kernel.stream()
                .map(size -> Math.max(size, dice.from(1, axes == 3 ? 5 : 10)))
                .toList();
        List<Integer> input = new ArrayList<>(List.of(dice.channels()));
        input.addAll(image);
        Map<String, Object> windows = new LinkedHashMap<>();
        windows.put("kernelSize", kernel);
        windows.put("stride", stride);
        windows.put("padding", padding);
        Map<String, Object> pool = new LinkedHashMap<>(windows);
        if (dice.flip()) {
            pool.put("ceilMode", true);
        }
        Map<String, Object> unpool = new LinkedHashMap<>(windows);
        unpool.put("outputSize", image);
        String d = axes + "d";
        String text = AnnotationText.of("MaxUnpool" + d, unpool).replace("(", "(indices = \"pool\", ");
        NetworkSource source = NetworkSource.of(List.of(input));
        if (dice.once(3)) {
            source = source.layer("@Conv" + d + "(outChannels = 16, kernelSize = 1) Layer before");
        }
        source = source.layer(AnnotationText.of("MaxPool" + d, pool) + " Layer pool");
        if (dice.flip()) {
            source = source.layer("@Tanh Layer between");
        }
        source = source.layer(text + " Layer layer");
        return dice.flip()
                ? source
                : source.layer(dice.one("@ConvTranspose", "@Conv") + d
                        + "(outChannels = 5, kernelSize = 3, padding = 1) Layer behind");
    }

    private static NetworkSource fractional(int axes, Dice dice) {
        List<Integer> kernel = dice.once(3) ? Collections.nCopies(axes, 2) : sizes(dice, axes, 1, 3);
        List<Integer> image = kernel.stream()
                .map(size -> Math.max(size, dice.from(1, axes == 3 ? 6 : 10)))
                .toList();
        List<Integer> windows = IntStream.range(0, axes)
                .mapToObj(axis -> dice.from(1, image.get(axis) - kernel.get(axis) + 1))
                .toList();
        List<Integer> input = new ArrayList<>(List.of(dice.channels()));
        input.addAll(image);
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("kernelSize", kernel);
        if (dice.flip() || !IntStream.range(0, axes).allMatch(axis -> windows.get(axis) < image.get(axis))) {
            attributes.put("outputSize", windows);
        } else {
            attributes.put(
                    "outputRatio",
                    IntStream.range(0, axes)
                            .mapToObj(axis -> (windows.get(axis) + 0.5) / image.get(axis))
                            .toList());
        }
        String d = axes + "d";
        NetworkSource source = NetworkSource.of(List.of(input));
        if (dice.once(3)) {
            source = source.layer("@Conv" + d + "(outChannels = 16, kernelSize = 1) Layer before");
        }
        source = source.layer(AnnotationText.of("FractionalMaxPool" + d, attributes) + " Layer layer");
        return dice.flip()
                ? source
                : source.layer("@Conv" + d + "(outChannels = 5, kernelSize = 3, padding = 1) Layer behind");
    }

    private static NetworkSource norms(int axes, Dice dice) {
        List<Integer> kernel = sizes(dice, axes, 1, 4);
        List<Integer> input = new ArrayList<>(List.of(dice.channels()));
        kernel.forEach(size -> input.add(Math.max(size, dice.from(1, axes == 3 ? 5 : 9))));
        double p = dice.one(2.0, 2.0, 1.0, 4.0, 1.5, 3.0, 2.3, 0.75, -2.0);
        // powers of negative numbers are NaN, and sums of negative powers are near none
        NetworkSource source = NetworkSource.of(List.of(input)).layer("@Sigmoid Layer positive");
        if (p == 1 || p == 2) {
            source = NetworkSource.of(List.of(input));
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("normType", p);
        attributes.put("kernelSize", kernel);
        if (dice.flip()) {
            attributes.put("stride", sizes(dice, axes, 1, 3));
        }
        if (dice.flip()) {
            attributes.put("ceilMode", true);
        }
        return source.layer(AnnotationText.of("LPPool" + axes + "d", attributes) + " Layer layer");
    }

    /** One for each axis. */
    private static List<Integer> sizes(Dice dice, int axes, int least, int most) {
        return IntStream.range(0, axes).mapToObj(axis -> dice.from(least, most)).toList();
    }

    private static NetworkSource pad(Dice dice) {
        List<Integer> input =
                new ArrayList<>(List.of(dice.channels(), dice.from(1, 5), dice.from(1, 7), dice.from(1, 7)));
        input.remove(dice.flip() ? 1 : 0);
        String mode = dice.one("CONSTANT", "CONSTANT", "REFLECT", "REPLICATE", "CIRCULAR");
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("padding", amounts(mode, input, dice.from(1, 3), dice));
        attributes.put("mode", mode);
        if (mode.equals("CONSTANT") && dice.flip()) {
            attributes.put("value", dice.one(-1.5, 0.25, 3.0));
        }
        return OperatorRows.of("Pad", input, attributes);
    }

    private static List<Integer> amounts(String mode, List<Integer> input, int dimensions, Dice dice) {
        List<Integer> padding = new ArrayList<>();
        for (int i = 0; i < dimensions; i++) {
            int size = input.get(input.size() - 1 - i);
            int most = switch (mode) {
                case "REFLECT" -> size - 1;
                case "CIRCULAR" -> size;
                default -> 4;
            };
            boolean cuts = mode.equals("CONSTANT") || mode.equals("REPLICATE");
            // cutting both sides leaves at least one cell
            int least = cuts ? -((size - 1) / 2) : 0;
            padding.add(dice.from(least, Math.min(4, most)));
            padding.add(dice.from(least, Math.min(4, most)));
        }
        return padding;
    }
}
