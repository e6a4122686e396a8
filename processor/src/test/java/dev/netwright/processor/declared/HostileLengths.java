package dev.netwright.processor.declared;

import static dev.netwright.processor.declared.Hostile.bad;
import static dev.netwright.processor.declared.Hostile.good;
import static dev.netwright.processor.declared.Hostile.lines;
import static dev.netwright.processor.declared.Hostile.list;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Keys of any characters, and more of a kind than a method, a constant or a class file holds. */
final class HostileLengths {
    private HostileLengths() {}

    static Stream<Hostile> rows() {
        return Stream.of(keys(), counts(), steps()).flatMap(each -> each);
    }

    private static Stream<Hostile> keys() {
        List<String> keys = List.of(
                "a\\\"b",
                "a\\\\b",
                "a\\nb",
                "a\\r\\nb",
                "*/",
                "/* x",
                "// x",
                "\\\\u002a/",
                "\\\\u000a}",
                "a\\u0000b",
                "\\t",
                "\\u001b[31m",
                "\\u2028",
                "{@code}",
                "<b>",
                "&amp;",
                "@param x",
                "$L",
                "$",
                "%s",
                "größe",
                "\\uD835\\uDC00",
                "\\uD835",
                " ",
                "fc\\n",
                "'",
                "a\\u007fb");
        List<Hostile> rows = new ArrayList<>();
        rows.add(good(
                "keys",
                "@Network(input = {4, 3, 3}) @CrossEntropyLoss class Net {\n"
                        + lines(
                                keys.size(),
                                i -> "    "
                                        + (i % 3 == 0
                                                ? "@Conv2d(outChannels = 4, kernelSize = 3, padding = 1)"
                                                : i % 3 == 1 ? "@BatchNorm2d" : "@Linear(outFeatures = 3)")
                                        + " @Key(\"" + keys.get(i) + "\") Layer c" + i + ";\n")
                        + "    @Flatten Layer flat;\n"
                        + "    @Linear(outFeatures = 2) @Key(\"fc\\n*/\\\\u002a/\") Layer fc;\n}\n"));
        for (String key : List.of("", ".", "a.", ".a", "a..b")) {
            rows.add(bad("a key " + key, "key-form", """
                    @Network(input = 3) class Net { @ReLU @Key(^"%s") Layer act; }
                    """.formatted(key)));
        }
        rows.add(bad("a key that is too long", "too-long", """
                @Network(input = 3) class Net { @ReLU @Key(^"%s") Layer act; }
                """.formatted(
                        "k".repeat(70_000 / 10).repeat(9))));
        return rows.stream();
    }

    private static Stream<Hostile> counts() {
        String twice = "@Network(input = 3)\nclass Net {\n    @ReLU Layer act;\n    @%s(from = {%s}) Layer sum;\n}\n";
        return Stream.of(
                good(
                        "100 inputs",
                        "@Network(inputGradient = true)\n"
                                + lines(100, i -> "@Input(name = \"x" + i + "\", shape = 3)\n")
                                + "@MSELoss class Net { @Add(from = {"
                                + list(100, i -> "\"x" + i + "\"") + "}) Layer sum; }"),
                good(
                        "100 outputs and losses",
                        "@Network(input = 3)\n"
                                + lines(100, i -> "@MSELoss(of = \"y" + i + "\")\n") + "class Net {\n"
                                + lines(
                                        100,
                                        i -> "    @Linear(outFeatures = 2, from = \"input\") @Output Layer y" + i
                                                + ";\n")
                                + "}\n"),
                bad(
                        "101 inputs",
                        "too-many",
                        "@Network\n" + lines(101, i -> "@Input(name = \"x" + i + "\", shape = 3)\n")
                                + "^class Net { @ReLU(from = \"x1\") Layer act; }"),
                bad(
                        "101 outputs",
                        "too-many",
                        "@Network(input = 3)\nclass Net {\n"
                                + lines(
                                        101,
                                        i -> "    " + (i == 100 ? "^" : "") + "@ReLU(from = \"input\") @Output Layer y"
                                                + i + ";\n")
                                + "}\n"),
                bad(
                        "101 losses",
                        "too-many",
                        "@Network(input = 3)\n" + lines(101, i -> "@MSELoss\n") + "^class Net { @ReLU Layer act; }\n"),
                bad("101 terms", "too-many", twice.formatted("Add", list(101, i -> (i == 100 ? "^" : "") + "\"act\""))),
                good("100 terms", twice.formatted("Add", list(100, i -> "\"act\""))),
                good(
                        "100 factors",
                        "@Network(input = 3) @MSELoss\nclass Net {\n"
                                + lines(40, i -> "    @Linear(outFeatures = 2, from = \"input\") Layer y" + i + ";\n")
                                + "    @Mul(from = {" + list(40, i -> "\"y" + i + "\"") + "}) Layer product;\n}\n"),
                good("100 parts", twice.formatted("Concat", list(100, i -> "\"act\""))),
                good(
                        "20,000 class weights",
                        "@Network(input = 2) @CrossEntropyLoss(reduction = Reduction.SUM, weight = {"
                                + list(20_000, i -> String.valueOf(1 + i / 16_384.0))
                                + "}) class Net { @Linear(outFeatures = 20000) Layer fc; }"),
                good(
                        "20,000 weights of elements",
                        "@Network(input = 2) @BCEWithLogitsLoss(weight = {"
                                + list(20_000, i -> String.valueOf(1 + i % 7)) + "}, posWeight = {"
                                + list(20_000, i -> String.valueOf(i % 9 / 4.0))
                                + "}) class Net { @Linear(outFeatures = 20000) Layer fc; }"),
                good(
                        "20,000 means",
                        "@Network(input = {20000, 1, 1}) class Net { @Normalize(mean = {"
                                + list(20_000, i -> String.valueOf(i % 100)) + "}, std = {"
                                + list(20_000, i -> String.valueOf(1 + i % 3))
                                + "}) Layer norm; }"),
                bad("no input named", "from-empty", "@Network(input = 3) class Net { @ReLU(from = ^{}) Layer act; }"),
                bad(
                        "a layer that reads itself",
                        "from-itself",
                        "@Network(input = 3) class Net { @ReLU(from = ^\"act\") Layer act; }"),
                bad(
                        "layers in a cycle",
                        "from-later",
                        "@Network(input = 3) class Net { @ReLU(from = ^\"b\") Layer a; @ReLU(from = \"a\") Layer b; }"),
                bad(
                        "indices of nobody",
                        "from",
                        "@Network(input = {1, 4, 4}) class Net { @MaxPool2d(kernelSize = 2) Layer pool; "
                                + "@MaxUnpool2d(indices = ^\"poll\", kernelSize = 2) Layer it; }"),
                bad(
                        "indices of what has none",
                        "shape",
                        "@Network(input = {1, 4, 4}) class Net { @MaxPool2d(kernelSize = 2) Layer pool; @ReLU Layer act; "
                                + "@MaxUnpool2d(indices = ^\"act\", kernelSize = 2) Layer it; }"),
                bad(
                        "indices of windows that are drawn",
                        "shape",
                        "@Network(input = {1, 4, 4}) class Net { "
                                + "@FractionalMaxPool2d(kernelSize = 2, outputSize = 2) Layer pool; "
                                + "@MaxUnpool2d(indices = ^\"pool\", kernelSize = 2) Layer it; }"),
                bad(
                        "a size that is a parameter's",
                        "shape",
                        "@Network(input = 3) class Net { @Parameter(shape = {4, 2}) Layer shift; "
                                + "^@Conv2d(outChannels = 2, kernelSize = 3, from = \"shift\") Layer it; }"),
                bad(
                        "indices of what follows",
                        "from-later",
                        "@Network(input = {1, 4, 4}) class Net { @MaxUnpool2d(indices = ^\"pool\", kernelSize = 2) Layer it; "
                                + "@MaxPool2d(kernelSize = 2) Layer pool; }"),
                good(
                        "indices of a pool of a pool, and of an input",
                        "@Network(input = {1, 8, 8}) class Net { @MaxPool2d(kernelSize = 2) Layer a; "
                                + "@MaxPool2d(kernelSize = 2) Layer b; @MaxUnpool2d(indices = \"b\", kernelSize = 2) Layer c; "
                                + "@MaxUnpool2d(indices = \"a\", kernelSize = 2) Layer d; }"),
                bad(
                        "a long name that is none",
                        "from",
                        "@Network(input = 3) class Net { @ReLU Layer " + "a".repeat(1_000) + "; @ReLU(from = ^\""
                                + "a".repeat(60_000) + "\") Layer act; }"),
                bad(
                        "a loss of a long name that is none",
                        "loss-of",
                        "@Network(input = 3) @MSELoss(of = ^\"" + "a".repeat(60_000) + "\") class Net { @ReLU Layer "
                                + "a".repeat(1_000) + "; }"),
                bad("no sizes of an input", "no-input", "@Network(input = ^{}) class Net { @ReLU Layer act; }"),
                good(
                        "a sample of a single number",
                        "@Network @Input(name = \"x\", shape = {}) class Net { @ReLU Layer act; }"),
                bad(
                        "no means",
                        "attribute",
                        "@Network(input = {1, 4, 4}) class Net { @Normalize(mean = ^{}, std = 1) Layer it; }"),
                bad(
                        "no output size",
                        "attribute",
                        "@Network(input = {1, 4, 4}) class Net { @AdaptiveAvgPool2d(outputSize = ^{}) Layer it; }"),
                bad(
                        "no padding",
                        "attribute",
                        "@Network(input = {1, 4, 4}) class Net { "
                                + "@Conv2d(outChannels = 1, kernelSize = 1, padding = ^{}) Layer it; }"),
                bad(
                        "half a pair of pads",
                        "attribute",
                        "@Network(input = {1, 4, 4}) class Net { @Pad(padding = ^1) Layer it; }"),
                bad(
                        "pads of four dimensions",
                        "attribute",
                        "@Network(input = {1, 4, 4}) class Net { @Pad(padding = ^{1, 1, 1, 1, 1, 1, 1, 1}) Layer it; }"),
                good(
                        "no pads and no weights",
                        "@Network(input = {1, 4, 4}) @CrossEntropyLoss(weight = {}) class Net { "
                                + "@Pad(padding = {}) Layer it; @Linear(outFeatures = 2) Layer fc; }"),
                bad(
                        "an empty kernel",
                        "attribute",
                        "@Network(input = {1, 4, 4}) class Net { @MaxPool2d(kernelSize = ^{}) Layer pool; }"),
                bad(
                        "three strides",
                        "attribute",
                        "@Network(input = {1, 4, 4}) class Net { "
                                + "@MaxPool2d(kernelSize = 2, stride = ^{1, 2, 3}) Layer pool; }"));
    }

    /** Lengths of samples, which are an input of one whole number. */
    private static Stream<Hostile> steps() {
        String net = """
                @Network
                @Input(name = "x", shape = {4, 2})
                @Input(name = "length", shape = 1, type = InputType.INT32)
                @Input(name = "pair", shape = 2, type = InputType.INT32)
                @Input(name = "real", shape = 1)
                %s
                """;
        String layer = net.formatted("class Net { %s }");
        String loss = net.formatted("%s class Net { @ReLU(from = \"x\") Layer act; }");
        return Stream.of(
                good(
                        "lengths of a mean and of a loss",
                        net.formatted("@MSELoss(lengths = \"length\") class Net { @ReLU(from = \"x\") Layer act; "
                                + "@Mean(dim = 1, keepdim = true, lengths = \"length\") Layer mean; }")),
                bad(
                        "lengths of nobody",
                        "from",
                        layer.formatted("@Mean(dim = 1, from = \"x\", lengths = ^\"size\") Layer mean;")),
                bad(
                        "lengths of two numbers",
                        "shape",
                        layer.formatted("@Sum(dim = 1, from = \"x\", lengths = ^\"pair\") Layer sum;")),
                bad(
                        "lengths that are real",
                        "attribute",
                        layer.formatted("@Max(dim = 1, from = \"x\", lengths = ^\"real\") Layer max;")),
                bad(
                        "lengths of a dimension that stays",
                        "attribute",
                        layer.formatted("@Min(dim = ^2, from = \"x\", lengths = \"length\") Layer min;")),
                bad(
                        "truncation below 0",
                        "attribute",
                        layer.formatted("@GRU(hiddenSize = 2, from = \"x\", truncate = ^-1) Layer gru;")),
                bad(
                        "a state of another size",
                        "shape",
                        layer.formatted("@GRU(hiddenSize = 2, from = \"x\", initialState = ^\"real\") Layer gru;")),
                bad("a loss's lengths of nobody", "loss-lengths", loss.formatted("@L1Loss(lengths = ^\"size\")")),
                bad("a loss's lengths that are real", "loss-lengths", loss.formatted("@L1Loss(lengths = ^\"real\")")),
                bad("a loss's lengths of a layer", "loss-lengths", loss.formatted("@L1Loss(lengths = ^\"act\")")));
    }
}
