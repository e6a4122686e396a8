package dev.netwright.processor.operators;

import dev.netwright.processor.generated.NetworkSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** How convolutions, pools and pads are drawn. */
final class WindowRows {
    /**
     * Multiplications for one sample; vector kernels run interpreted in a test, about a thousand times slower than
     * compiled.
     */
    private static final long MOST_WORK = 60_000;

    /** Places of one axis. */
    private static final int LONGEST = 40;

    private static final int SAME = -1_000_001;
    private static final int VALID = -1_000_002;
    private static final int KEEP = -1_000_003;

    private WindowRows() {}

    /** Places of each of several axes. */
    private static int most(int axes, int ofTwo) {
        return axes == 1 ? LONGEST : axes == 2 ? ofTwo : ofTwo / 2;
    }

    static NetworkSource convolution(Dice dice, int axes) {
        int groups = dice.one(1, 1, 1, 2, 3, 16, 17);
        boolean depthwise = groups > 3;
        int in = depthwise ? groups : groups * dice.one(1, 2, 3, 5, 8, 16, 17, 66, 128);
        int out = depthwise ? groups * dice.from(1, 2) : groups * dice.one(1, 2, 3, 5, 8, 16, 17, 32, 33, 70, 107, 128);
        return convolution(dice, axes, groups, in, out).orElseGet(() -> convolution(dice, axes));
    }

    /** Convolutions in groups of which several share a vector, with what is fused behind them. */
    static NetworkSource narrowGroups(Dice dice) {
        int groups = dice.one(2, 3, 4, 5, 7, 8, 12, 16);
        int in = groups * dice.one(1, 2, 3, 4, 5, 8, 12);
        int out = groups * dice.one(1, 2, 3, 4, 4, 5, 6, 8, 8, 12, 20, 24);
        return convolution(dice, dice.one(1, 2, 2, 3), groups, in, out)
                .map(source -> fused(source, dice))
                .orElseGet(() -> narrowGroups(dice));
    }

    /** Convolutions in groups of whole vectors of outputs, inputs or both. */
    static NetworkSource wideGroups(Dice dice) {
        int groups = dice.from(2, 4);
        int in = groups * dice.one(1, 5, 16, 16, 32, 48);
        int out = groups * dice.one(2, 16, 16, 32, 48, 80);
        return convolution(dice, dice.one(1, 2, 2, 3), groups, in, out)
                .map(source -> fused(source, dice))
                .orElseGet(() -> wideGroups(dice));
    }

    private static NetworkSource fused(NetworkSource source, Dice dice) {
        NetworkSource result = source;
        // no normalisation: of one pixel or two its gradient is rounding alone
        if (dice.once(3)) {
            result = result.layer("@LeakyReLU Layer leaky");
        }
        if (dice.flip()) {
            result = result.layer(dice.one("@ReLU Layer act", "@SiLU Layer act"));
        }
        return result;
    }

    private static Optional<NetworkSource> convolution(Dice dice, int axes, int groups, int in, int out) {
        List<Integer> kernel = sizes(dice, axes, 1, 4);
        List<Integer> stride = dice.flip() ? all(axes, 1) : sizes(dice, axes, 1, 3);
        List<Integer> dilation = dice.once(3) ? sizes(dice, axes, 1, 3) : all(axes, 1);
        boolean same = stride.equals(all(axes, 1)) && dice.once(4);
        boolean valid = !same && dice.once(8);
        List<Integer> padding = same || valid || dice.once(3) ? all(axes, 0) : sizes(dice, axes, 0, 3);
        List<Integer> input = new ArrayList<>(List.of(in));
        for (int d = 0; d < axes; d++) {
            int window = dilation.get(d) * (kernel.get(d) - 1) + 1;
            int least = Math.max(1, window - 2 * padding.get(d));
            input.add(Math.max(same ? 1 : least, dice.from(1, most(axes, 11))));
        }
        long work = (long) in / groups * out * product(kernel) * product(input) / in;
        if (work > MOST_WORK) {
            return Optional.empty();
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("outChannels", out);
        attributes.put("kernelSize", kernel);
        attributes.put("stride", stride);
        attributes.put("dilation", dilation);
        attributes.put("padding", same ? SAME : valid ? VALID : padding);
        attributes.put("groups", groups);
        if (dice.once(3)) {
            attributes.put("bias", false);
        }
        if (dice.once(3)) {
            int most = same ? 4 : Collections.max(padding);
            int least = Collections.min(input.subList(1, input.size()));
            attributes.put(
                    "paddingMode", most < least && !same ? dice.one("REFLECT", "CIRCULAR", "REPLICATE") : "REPLICATE");
        }
        return Optional.of(OperatorRows.of("Conv" + axes + "d", input, attributes));
    }

    static NetworkSource transposed(Dice dice, int axes) {
        int groups = dice.one(1, 1, 1, 2, 3, 16, 17);
        boolean depthwise = groups > 3;
        int in = depthwise ? groups * dice.from(1, 2) : groups * dice.one(1, 2, 3, 5, 8, 16, 17, 32, 33, 67);
        int out = depthwise ? groups * dice.from(1, 2) : groups * dice.one(1, 2, 3, 5, 8, 16, 17, 32, 33, 70, 107, 128);
        List<Integer> stride = dice.once(3) ? all(axes, 1) : dice.flip() ? all(axes, 2) : sizes(dice, axes, 1, 3);
        // kernels that the stride divides have phases that are alike
        List<Integer> kernel = dice.flip() ? multiple(stride, dice.from(1, 2)) : sizes(dice, axes, 1, 4);
        List<Integer> dilation = dice.once(3) ? sizes(dice, axes, 1, 3) : all(axes, 1);
        List<Integer> padding = dice.flip() ? all(axes, 0) : sizes(dice, axes, 0, 3);
        List<Integer> added = new ArrayList<>();
        List<Integer> input = new ArrayList<>(List.of(in));
        for (int d = 0; d < axes; d++) {
            added.add(dice.flip() ? 0 : dice.from(0, Math.max(stride.get(d), dilation.get(d)) - 1));
            int one = dilation.get(d) * (kernel.get(d) - 1) + added.get(d) - 2 * padding.get(d);
            int least = Math.max(1, (-one + stride.get(d) - 1) / stride.get(d) + 1);
            input.add(Math.max(least, dice.from(1, most(axes, 8))));
        }
        long work = (long) in / groups * out * product(kernel) * product(input) / in;
        if (work > MOST_WORK) {
            return transposed(dice, axes);
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("outChannels", out);
        attributes.put("kernelSize", kernel);
        attributes.put("stride", stride);
        attributes.put("dilation", dilation);
        attributes.put("padding", padding);
        attributes.put("outputPadding", added);
        attributes.put("groups", groups);
        if (dice.once(3)) {
            attributes.put("inChannels", in);
        }
        if (dice.once(3)) {
            attributes.put("bias", false);
        }
        return OperatorRows.of("ConvTranspose" + axes + "d", input, attributes);
    }

    /** Convolutions that Winograd's algorithm computes, with what is fused behind them. */
    static NetworkSource winograd(Dice dice) {
        int kernel = dice.one(3, 5);
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("outChannels", dice.one(32, 33, 48, 70));
        attributes.put("kernelSize", kernel);
        attributes.put("padding", List.of(dice.from(0, kernel - 1), dice.from(0, kernel - 1)));
        if (dice.flip()) {
            attributes.put("bias", false);
        }
        int most = kernel == 3 ? 11 : 8;
        List<Integer> input = List.of(dice.one(32, 40), dice.from(kernel + 1, most), dice.from(kernel + 1, most));
        NetworkSource source = OperatorRows.of("Conv2d", input, attributes);
        if (dice.once(3)) {
            source = source.layer("@BatchNorm2d Layer norm");
        }
        if (dice.flip()) {
            source = source.layer(dice.one("@ReLU Layer act", "@LeakyReLU Layer act"));
        }
        if (dice.flip()) {
            source = source.layer(
                    dice.one("@MaxPool2d(kernelSize = 2) Layer pool", "@AvgPool2d(kernelSize = 2) Layer pool"));
        }
        return source;
    }

    /** Convolutions along one axis one behind the other, with what may be fused between them. */
    static NetworkSource sequence(Dice dice) {
        List<Integer> input = List.of(dice.one(1, 3, 16, 17), dice.from(12, LONGEST));
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("outChannels", dice.one(5, 16, 32, 33));
        attributes.put("kernelSize", dice.one(1, 3, 5));
        attributes.put("padding", dice.from(0, 2));
        NetworkSource source = OperatorRows.of("Conv1d", input, attributes);
        if (dice.once(3)) {
            source = source.layer("@BatchNorm1d Layer norm");
        }
        source = source.layer(dice.one("@ReLU Layer act", "@SiLU Layer act", "@Identity Layer act"));
        if (dice.flip()) {
            source = source.layer(dice.one(
                    "@MaxPool1d(kernelSize = 2) Layer pool",
                    "@AvgPool1d(kernelSize = 3, stride = 2, padding = 1) Layer pool"));
        }
        return source.layer(dice.one(
                "@Conv1d(outChannels = 16, kernelSize = 3, padding = 1) Layer second",
                "@Conv1d(outChannels = 4, kernelSize = 5, stride = 2, padding = 2, bias = false) Layer second",
                "@Conv1d(outChannels = 8, kernelSize = 3, padding = Conv1d.SAME, paddingMode = PaddingMode.REFLECT) Layer second",
                "@ConvTranspose1d(outChannels = 6, kernelSize = 4, stride = 2, padding = 1) Layer second",
                "@Linear(outFeatures = 5) Layer second",
                "@AdaptiveAvgPool1d(outputSize = 1) Layer second"));
    }

    static NetworkSource pool(String pool, int axes, Dice dice) {
        boolean max = pool.equals("MaxPool");
        List<Integer> kernel = dice.flip() ? sizes(dice, axes, 2, 3) : sizes(dice, axes, 1, 5);
        List<Integer> dilation = max && dice.once(3) ? sizes(dice, axes, 1, 2) : all(axes, 1);
        boolean pads = !dice.flip();
        List<Integer> padding =
                kernel.stream().map(k -> pads ? dice.from(0, k / 2) : 0).toList();
        List<Integer> input = new ArrayList<>(List.of(dice.channels()));
        for (int d = 0; d < axes; d++) {
            int window = dilation.get(d) * (kernel.get(d) - 1) + 1;
            input.add(Math.max(Math.max(1, window - 2 * padding.get(d)), dice.from(1, most(axes, 12))));
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("kernelSize", kernel);
        if (dice.flip()) {
            attributes.put("stride", sizes(dice, axes, 1, 3));
        }
        attributes.put("padding", padding);
        if (max) {
            attributes.put("dilation", dilation);
        }
        if (dice.flip()) {
            attributes.put("ceilMode", true);
        }
        if (!max && dice.flip()) {
            attributes.put("countIncludePad", false);
        }
        if (!max && axes > 1 && dice.once(4)) {
            attributes.put("divisorOverride", dice.one(-2, 1, 5));
        }
        return OperatorRows.of(pool + axes + "d", input, attributes);
    }

    static NetworkSource adaptivePool(String pool, int axes, Dice dice) {
        int most = dice.once(3) ? 3 : most(axes, 12); // where the output is larger than the input
        List<Integer> input = new ArrayList<>(List.of(dice.channels()));
        input.addAll(sizes(dice, axes, 1, most));
        List<Integer> output = dice.once(4)
                ? List.of(1)
                : IntStream.range(0, axes)
                        .mapToObj(d -> dice.once(4) ? KEEP : dice.from(1, axes == 3 ? 4 : 9))
                        .toList();
        return OperatorRows.of(pool + axes + "d", input, Map.of("outputSize", output));
    }

    /** One for each axis. */
    private static List<Integer> sizes(Dice dice, int axes, int least, int most) {
        return IntStream.range(0, axes).mapToObj(d -> dice.from(least, most)).toList();
    }

    private static List<Integer> all(int axes, int size) {
        return Collections.nCopies(axes, size);
    }

    private static List<Integer> multiple(List<Integer> sizes, int first) {
        List<Integer> result = new ArrayList<>(sizes);
        result.set(0, first * sizes.get(0));
        return result;
    }

    private static long product(List<Integer> sizes) {
        return sizes.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    }
}
