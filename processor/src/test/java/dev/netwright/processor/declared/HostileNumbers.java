package dev.netwright.processor.declared;

import static dev.netwright.processor.declared.Hostile.bad;
import static dev.netwright.processor.declared.Hostile.good;
import static dev.netwright.processor.declared.Hostile.lines;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Sizes that no array has, and numbers that are none as floats. */
final class HostileNumbers {
    private HostileNumbers() {}

    static Stream<Hostile> rows() {
        return Stream.of(sizes(), numbers()).flatMap(each -> each);
    }

    private static Stream<Hostile> sizes() {
        List<Hostile> rows = new ArrayList<>();
        String image = "@Network(input = {3, 8, 8}) class Net { %s Layer it; }";
        String large = "too-large";
        rows.add(bad(
                "a pad of the largest int",
                large,
                image.formatted("^@Pad(padding = 2147483647)").replace("= 2147483647", "= {2147483647, 0}")));
        rows.add(bad(
                "pads that overflow together", large, image.formatted("^@Pad(padding = {2147483647, 2147483647})")));
        rows.add(bad("a pad of the smallest int", "shape", image.formatted("@Pad(padding = ^{-2147483648, 0})")));
        rows.add(bad(
                "weights of just an array",
                large,
                "@Network(input = 46340) class Net { @Linear(outFeatures = 46340) Layer fc; }"
                        .replace("class Net", "^class Net")));
        rows.add(bad(
                "activations that are too much together",
                large,
                "@Network(input = {3, 1500, 1500})\n^class Net {\n"
                        + lines(
                                40,
                                i -> "    @Conv2d(outChannels = 64, kernelSize = 3, padding = 1) Layer c" + i + ";\n")
                        + "}\n"));
        rows.add(bad("weights that are too much together", large, """
                @Network(input = 30000)
                class Net {
                    @Linear(outFeatures = 30000) Layer a;
                    @Linear(outFeatures = 30000) Layer b;
                    ^@Linear(outFeatures = 30000) Layer c;
                }
                """));
        rows.add(bad(
                "large pictures",
                large,
                "@Network(input = {3, 4096, 4096})\n^class Net {\n"
                        + lines(
                                4,
                                i -> "    @Conv2d(outChannels = 32, kernelSize = 3, padding = 1) Layer c" + i + ";\n")
                        + "}\n"));
        rows.add(bad("the largest input", large, "@Network(input = 2147483647) ^class Net { @ReLU Layer act; }"));
        rows.add(bad(
                "a flattened largest input",
                large,
                "@Network(input = {1, 2147483647, 1}) ^class Net { @Flatten Layer flat; }"));
        rows.add(bad(
                "pools of the largest input",
                large,
                "@Network(input = {1, 2147483647, 1}) ^class Net { @MaxPool2d(kernelSize = 1) Layer pool; }"));
        rows.add(bad(
                "padding of the largest input",
                large,
                "@Network(input = {1, 2147483647, 1}) class Net { "
                        + "^@Conv2d(outChannels = 1, kernelSize = 3, padding = 1) Layer c; }"));
        rows.add(bad(
                "an output of the largest size",
                large,
                image.formatted("^@AdaptiveAvgPool2d(outputSize = 2147483647)")));
        rows.add(bad("a sum of sizes", large, """
                @Network(input = {2, 1073741823})
                class Net { @Identity Layer a; ^@Concat(dim = 2, from = {"a", "a", "a"}) Layer c; }
                """));
        rows.add(bad("sizes stretched to each other", large, """
                @Network
                @Input(name = "a", shape = {65536, 1})
                @Input(name = "b", shape = {1, 65536})
                class Net { ^@Mul(from = {"a", "b"}) Layer product; }
                """));
        for (String bound : List.of("2147483647", "-2147483648", "0", "-1")) {
            rows.add(bad(
                    "a kernel of " + bound,
                    "attribute",
                    image.formatted("@Conv2d(outChannels = 2, kernelSize = ^" + bound + ")")));
            rows.add(bad(
                    "a stride of " + bound,
                    "attribute",
                    image.formatted("@Conv2d(outChannels = 2, kernelSize = 2, stride = ^" + bound + ")")));
            rows.add(bad(
                    "a dilation of " + bound,
                    "attribute",
                    image.formatted("@Conv2d(outChannels = 2, kernelSize = 2, dilation = ^" + bound + ")")));
            rows.add(bad(
                    "groups of " + bound,
                    "attribute",
                    image.formatted("@Conv2d(outChannels = 2, kernelSize = 2, groups = ^" + bound + ")")));
            rows.add(bad(
                    "parameters of " + bound, "attribute", image.formatted("@PReLU(numParameters = ^" + bound + ")")));
            rows.add(bad(
                    "norm groups of " + bound, "attribute", image.formatted("@GroupNorm(numGroups = ^" + bound + ")")));
            rows.add(
                    bad("a pool of " + bound, "attribute", image.formatted("@MaxPool2d(kernelSize = ^" + bound + ")")));
            rows.add(bad(
                    "input channels of " + bound,
                    "shape",
                    image.formatted("@Conv2d(outChannels = 2, kernelSize = 2, inChannels = ^" + bound + ")")));
            rows.add(bad(
                    "input features of " + bound,
                    "shape",
                    image.formatted("@Linear(outFeatures = 2, inFeatures = ^" + bound + ")")));
            if (!bound.equals("2147483647")) {
                rows.add(bad(
                        "an input of " + bound,
                        "input-size",
                        "@Network(input = ^" + bound + ") class Net { @ReLU Layer act; }"));
                rows.add(bad(
                        "channels of " + bound,
                        "attribute",
                        image.formatted("@Conv2d(outChannels = ^" + bound + ", kernelSize = 2)")));
                rows.add(bad(
                        "features of " + bound, "attribute", image.formatted("@Linear(outFeatures = ^" + bound + ")")));
            }
            if (!bound.equals("0") && !bound.equals("-1")) {
                rows.add(
                        bad("a dimension of " + bound, "attribute", image.formatted("@Softmax(dim = ^" + bound + ")")));
                rows.add(bad(
                        "a first dimension of " + bound,
                        "attribute",
                        image.formatted("@Flatten(startDim = ^" + bound + ")")));
            }
            if (!bound.equals("0")) {
                rows.add(bad(
                        "padding of " + bound,
                        "attribute",
                        image.formatted("@Conv2d(outChannels = 2, kernelSize = 2, padding = ^" + bound + ")")));
            }
        }
        rows.add(bad(
                "channels of the largest int",
                large,
                image.formatted("^@Conv2d(outChannels = 2147483647, kernelSize = 2)")));
        rows.add(bad("features of the largest int", large, image.formatted("^@Linear(outFeatures = 2147483647)")));
        rows.add(good("divisors and ignored classes at the bounds of ints", """
                @Network(input = {1, 8, 8})
                @CrossEntropyLoss(ignoreIndex = 2147483647)
                @NLLLoss(ignoreIndex = -2147483648)
                class Net {
                    @AvgPool2d(kernelSize = 1, divisorOverride = 2147483647) Layer a;
                    @AvgPool2d(kernelSize = 1, divisorOverride = -2147483648) Layer b;
                    @AvgPool2d(kernelSize = 1, divisorOverride = -1) Layer c;
                    @Flatten Layer flat;
                    @Linear(outFeatures = 2) Layer fc;
                }
                """));
        rows.add(bad(
                "SAME beside a number",
                "attribute",
                image.formatted("@Conv2d(outChannels = 2, kernelSize = 3, padding = ^{Conv2d.SAME, 1})")));
        rows.add(bad(
                "VALID beside a number",
                "attribute",
                image.formatted("@Conv2d(outChannels = 2, kernelSize = 3, padding = ^{1, Conv2d.VALID})")));
        rows.add(bad(
                "a kernel SAME", "attribute", image.formatted("@Conv2d(outChannels = 2, kernelSize = Conv2d^.SAME)")));
        rows.add(bad(
                "a pool's padding SAME",
                "attribute",
                image.formatted("@MaxPool2d(kernelSize = 2, padding = Conv2d^.SAME)")));
        rows.add(bad("outputSize SAME", "attribute", image.formatted("@AdaptiveAvgPool2d(outputSize = Conv2d^.SAME)")));
        rows.add(bad(
                "an input KEEP",
                "input-size",
                "@Network(input = AdaptiveAvgPool2d^.KEEP) class Net { @ReLU Layer act; }"));
        rows.add(bad("features KEEP", "attribute", image.formatted("@Linear(outFeatures = AdaptiveAvgPool2d^.KEEP)")));
        return rows.stream();
    }

    private static Stream<Hostile> numbers() {
        List<String> attributes = List.of(
                "@PReLU(init = ?)",
                "@LeakyReLU(negativeSlope = ?)",
                "@CELU(alpha = ?)",
                "@ELU(alpha = ?)",
                "@Hardshrink(lambd = ?)",
                "@Softplus(beta = ?)",
                "@Softshrink(lambd = ?)",
                "@Threshold(threshold = ?, value = 0)",
                "@BatchNorm2d(eps = ?)",
                "@BatchNorm2d(momentum = ?)",
                "@GroupNorm(numGroups = 1, eps = ?)",
                "@Dropout(p = ?)",
                "@AlphaDropout(p = ?)",
                "@RReLU(upper = ?)",
                "@FractionalMaxPool2d(kernelSize = 1, outputRatio = ?)",
                "@Normalize(mean = ?, std = 1)",
                "@Normalize(mean = 0, std = ?)",
                "@PReLU @Init(value = InitMethod.NORMAL, mean = ?)",
                "@PReLU @Init(value = InitMethod.NORMAL, std = ?)",
                "@PReLU @Init(value = InitMethod.UNIFORM, low = ?)",
                "@PReLU @Init(value = InitMethod.TRUNC_NORMAL, high = ?)",
                "@PReLU @Init(value = InitMethod.CONSTANT, constant = ?)",
                "@Linear(outFeatures = 2) @Init(value = InitMethod.XAVIER_NORMAL, gain = ?)",
                "@Linear(outFeatures = 2) @Init(value = InitMethod.KAIMING_NORMAL, a = ?)",
                "@Pad(padding = 1, value = ?)".replace("= 1,", "= {1, 1},"));
        List<String> losses = List.of(
                "@CrossEntropyLoss(weight = ?)",
                "@CrossEntropyLoss(labelSmoothing = ?)",
                "@NLLLoss(weight = ?)",
                "@BCEWithLogitsLoss(weight = ?)",
                "@BCEWithLogitsLoss(posWeight = ?)");
        List<String> scales = List.of(
                "@MSELoss(scale = ?)",
                "@L1Loss(scale = ?)",
                "@CrossEntropyLoss(scale = ?)",
                "@NLLLoss(scale = ?)",
                "@BCEWithLogitsLoss(scale = ?)");
        List<Hostile> rows = new ArrayList<>();
        for (String value :
                List.of("^1e300", "^-1e39", "Double^.NaN", "Double^.POSITIVE_INFINITY", "Double^.NEGATIVE_INFINITY")) {
            for (String attribute : attributes) {
                if (!attribute.contains("Pad") || !value.contains("INFINITY")) {
                    rows.add(bad(
                            attribute + " " + value,
                            "attribute",
                            "@Network(input = {3, 8, 8}) class Net { " + attribute.replace("?", value)
                                    + " Layer it; }"));
                }
            }
            for (String loss : losses) {
                rows.add(bad(
                        loss + " " + value,
                        "attribute",
                        "@Network(input = 1) " + loss.replace("?", value) + " class Net { @Identity Layer it; }"));
            }
            for (String loss : scales) {
                rows.add(bad(
                        loss + " " + value,
                        "loss-scale",
                        "@Network(input = 1) " + loss.replace("?", value) + " class Net { @Identity Layer it; }"));
            }
        }
        for (String value : List.of("^1e-50", "^0", "^-1")) {
            rows.add(bad(
                    "eps of " + value,
                    "attribute",
                    "@Network(input = {3, 8, 8}) class Net { @BatchNorm2d(eps = " + value + ") Layer it; }"));
        }
        rows.add(bad(
                "a deviation of 1e-50",
                "attribute",
                "@Network(input = {3, 8, 8}) class Net { @Normalize(mean = 0, std = ^1e-50) Layer it; }"));
        List<String> pads = List.of(
                "Double.POSITIVE_INFINITY", "Double.NEGATIVE_INFINITY", "-0.0", "1e-50", "3.4028234663852886e38");
        rows.add(good(
                "pads",
                "@Network(input = {3, 8, 8}) class Net {\n"
                        + lines(
                                pads.size(),
                                i -> "    @Pad(padding = {1, 1}, value = " + pads.get(i) + ") Layer pad" + i + ";\n")
                        + "    @MaxPool2d(kernelSize = 2) Layer pool;\n}\n"));
        rows.add(good("weights and scales that are no use", """
                @Network(input = 2)
                @CrossEntropyLoss(weight = {-1, 2}, scale = 1e-300)
                @MSELoss(scale = 0)
                class Net { @Linear(outFeatures = 2) Layer it; }
                """));
        return rows.stream();
    }
}
