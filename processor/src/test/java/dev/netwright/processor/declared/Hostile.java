package dev.netwright.processor.declared;

import dev.netwright.processor.Compiled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A declaration that could be taken for something else: for other names, for code, for sizes that no array has.
 *
 * @param what is hostile about it
 * @param id of the error; null if right code is to be generated
 * @param sources classes, in a package of their own; {@link Compiled#CARET} stands where the error is
 */
record Hostile(String what, String id, List<String> sources) {
    private static final String FC = "@Linear(outFeatures = 2) Layer fc;";

    /** Becomes right code. */
    static Hostile good(String what, String... sources) {
        return new Hostile(what, null, List.of(sources));
    }

    /** Is refused by one error. */
    static Hostile bad(String what, String id, String... sources) {
        return new Hostile(what, "netwright/" + id, List.of(sources));
    }

    @Override
    public String toString() {
        return what;
    }

    static Stream<Hostile> rows() {
        return Stream.of(inputs(), layers(), outputs(), classes(), keys(), counts(), sizes(), numbers())
                .flatMap(each -> each);
    }

    /** Names that generated methods have for parameters, variables, fields and types. */
    private static final List<String> NAMES = List.of(
            "n", "target", "target1", "optimizer", "inputs", "outputs", "lock", "byteInputs", "intInputs", "seed",
            "options", "model", "program", "definition", "defaultPredictor", "DEFINITION", "CHOICE", "gradient", "run",
            "predict", "path", "in", "buffer", "layer", "value", "result", "fcGradient", "Options", "Mode", "Model",
            "KernelChoice", "ModelDefinition", "LayerDefinition", "ParameterSpec", "Initial", "StorageLayout",
            "LossDefinition", "DType", "Tensor", "Program", "Predictor", "Outputs", "LinearLayer", "Float", "Math",
            "String", "Object", "System", "Override", "java", "dev", "netwright", "NetModel", "NetDefinition",
            "NetTraining", "NetKernels", "var", "yield", "record", "sealed", "permits", "hashCode", "toString",
            "getClass", "wait", "equals", "a$b", "$", "$L", "$T", "__", "a_", "größe", "Ω", "数", "\uD835\uDC00");

    private static Stream<Hostile> inputs() {
        String inputs = "@Network(inputGradient = true)\n"
                + NAMES.stream()
                        .map(name -> "@Input(name = \"" + name + "\", shape = 3)\n")
                        .collect(Collectors.joining());
        String from = NAMES.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
        String body = "class Net { @Add(from = {" + from + "}) Layer sum; " + FC + " }\n";
        List<Hostile> rows = new ArrayList<>();
        rows.add(good("inputs with a loss", inputs + "@MSELoss " + body));
        rows.add(good("inputs with losses apart", inputs + "@MSELoss(reduction = Reduction.NONE) " + body));
        rows.add(good("inputs without a loss", inputs + body));
        rows.add(good("an input n", """
                @Network(inputGradient = true) @Input(name = "n", shape = 3) class Net { %s }
                """.formatted(FC)));
        for (String name : List.of("class", "null", "_", "a.b", "", "a b", "1", "a\\\"b", "*/", "a\\nb", "a\\u0001b", "a\\u0085b", "a\\u200bb")) {
            rows.add(bad("an input " + name, "input-name", """
                    ^@Network @Input(name = "%s", shape = 3) class Net { %s }
                    """.formatted(name, FC).replace("^@Network @Input(name = ", "@Network @Input(name = ^")));
        }
        return rows.stream();
    }

    private static Stream<Hostile> layers() {
        List<Hostile> rows = new ArrayList<>();
        List<String> kinds = List.of(
                "@Conv2d(outChannels = 4, kernelSize = 3, padding = 1)", "@BatchNorm2d", "@Linear(outFeatures = 3)",
                "@Tanh @KeepOutput", "@MaxPool2d(kernelSize = 1)", "@Dropout", "@Identity");
        rows.add(good("layers", "@Network(input = {4, 3, 3}) @CrossEntropyLoss class Net {\n"
                + lines(NAMES.size(), i -> "    " + kinds.get(i % kinds.size()) + " Layer " + NAMES.get(i) + ";\n")
                + "    @Flatten Layer flat;\n    " + FC + "\n}\n"));
        rows.add(good("layers that are named alike", """
                @Network(input = {3, 6, 6})
                @CrossEntropyLoss
                class Net {
                    @Conv2d(outChannels = 16, kernelSize = 3, padding = 1) Layer Float;
                    @Conv2d(outChannels = 16, kernelSize = 3, padding = 1) Layer float_;
                    @Conv2d(outChannels = 16, kernelSize = 3, padding = 1) Layer FLOAT;
                    @Conv2d(outChannels = 16, kernelSize = 3, padding = 1) Layer floatTaps;
                    @Conv2d(outChannels = 16, kernelSize = 3, padding = 1) Layer float_Taps;
                    @Conv2d(outChannels = 16, kernelSize = 3, padding = 1) Layer floatWeightGrad;
                    @Conv2d(outChannels = 16, kernelSize = 3, padding = 1) Layer float$;
                    @Conv2d(outChannels = 16, kernelSize = 3, padding = 1) Layer float$_;
                    @Flatten Layer flat;
                    @Linear(outFeatures = 2) Layer fc;
                    @Linear(outFeatures = 2) Layer fcTile8x2;
                    @Linear(outFeatures = 2) Layer fcTile4x1;
                    @Linear(outFeatures = 2) Layer fcInference;
                    @Linear(outFeatures = 2) Layer fcTraining;
                    @Linear(outFeatures = 2) Layer fcInference2;
                }
                """));
        rows.add(bad("a layer of a name that is too long", "too-long", """
                @Network(input = 3)
                class Net { @ReLU Layer ^%s; }
                """.formatted("a".repeat(1_001))));
        rows.add(good("a layer of a name that is just not too long", """
                @Network(input = 3) class Net { @Linear(outFeatures = 2) Layer %s; }
                """.formatted("a".repeat(1_000))));
        return rows.stream();
    }

    private static Stream<Hostile> outputs() {
        List<String> names = new ArrayList<>(NAMES);
        names.addAll(List.of("notify", "notifyAll", "clone", "finalize", "n_", "hashCode_"));
        String heads = names.stream()
                .map(name -> "    @Linear(outFeatures = 2, from = \"x\") @Output Layer " + name + ";\n")
                .collect(Collectors.joining());
        return Stream.of(
                good("outputs without losses", "@Network @Input(name = \"x\", shape = 3)\nclass Net {\n" + heads + "}\n"),
                good(
                        "outputs with a loss",
                        "@Network @Input(name = \"x\", shape = 3) @MSELoss(of = \"n\") @MSELoss(of = \"wait\")\nclass Net {\n" + heads
                                + "}\n"),
                good("one output that is a hash code", """
                        @Network(input = 3) class Net { @Linear(outFeatures = 2) Layer hashCode; }
                        """));
    }

    private static Stream<Hostile> classes() {
        List<String> java = List.of(
                "Float", "Double", "Math", "StrictMath", "Override", "String", "Object", "System", "Integer", "Record",
                "IndexOutOfBoundsException", "SuppressWarnings", "Class", "Path", "InputStream", "IOException",
                "ByteBuffer");
        List<String> runtime = List.of(
                "Model", "Program", "Tensor", "Options", "Mode", "Optimizer", "KernelChoice", "ModelDefinition",
                "LayerView", "Support", "Worker", "PredictorBase", "Predictor", "Outputs", "LinearLayer", "Conv2dLayer",
                "BatchNorm2dLayer", "dev", "java", "netwright", "jdk", "FloatVector", "VectorSpecies", "Kernels", "Definition", "Layer", "Network", "Linear");
        String imports = Stream.of("Layer", "Network", "Linear", "Conv2d", "Flatten", "MaxPool2d", "Softmax", "BatchNorm2d",
                        "CrossEntropyLoss", "MSELoss", "BCEWithLogitsLoss", "AvgPool2d", "GELU", "Dropout", "Output", "Tanh")
                .map(name -> "import dev.netwright.annotations." + name + "; ")
                .collect(Collectors.joining());
        List<String> sources = new ArrayList<>();
        sources.add(imports + """

                @Network(input = {3, 8, 8})
                @CrossEntropyLoss
                class Net {
                    @Conv2d(outChannels = 8, kernelSize = 3, padding = 1) Layer conv;
                    @BatchNorm2d Layer bn;
                    @GELU Layer gelu;
                    @MaxPool2d(kernelSize = 3, stride = 2, padding = 1) Layer max;
                    @AvgPool2d(kernelSize = 3, stride = 2, padding = 1, countIncludePad = false) Layer avg;
                    @Flatten Layer flatten;
                    @Tanh Layer tanh;
                    @Dropout Layer dropout;
                    @Linear(outFeatures = 10) Layer fc;
                    @Softmax(dim = 1) Layer softmax;
                    @Linear(outFeatures = 10) Layer last;
                }
                """);
        sources.add(imports + """

                @Network(input = 5)
                @BCEWithLogitsLoss(of = "a")
                @MSELoss(of = "b")
                class Other {
                    @Linear(outFeatures = 3) @Output Layer a;
                    @Linear(outFeatures = 3) @Output Layer b;
                }
                """);
        Stream.concat(java.stream(), runtime.stream())
                .forEach(name -> sources.add("import java.util.function.Supplier; class " + name + " {}"));
        return Stream.of(
                good("classes of java.lang's and the runtime's names", sources.toArray(String[]::new)),
                good("a network Layer", "import dev.netwright.annotations.Network; @Network(input = 3) class Layer { "
                        + "@dev.netwright.annotations.ReLU dev.netwright.annotations.Layer act; }"),
                good("networks Tensor and Model", "@Network(input = 3) class Tensor { @ReLU Layer act; }",
                        "@Network(input = 3) class Model { @ReLU Layer act; }"),
                good("a network with dollars", "@Network(input = 3) class A$B { @Linear(outFeatures = 2) Layer fc; }"),
                good("a network within another", """
                        @Network(input = 3) class Outer {
                            @Linear(outFeatures = 2) Layer fc;
                            @Network(input = 3) static class Outer2 { @Linear(outFeatures = 2) Layer fc; }
                            @Network(input = 3) class Kernels { @Linear(outFeatures = 2) Layer fc; }
                            interface I { @Network(input = 3) class Training { @Linear(outFeatures = 2) Layer fc; } }
                        }
                        """),
                bad("a class of the model's name", "class-name", """

                        @Network(input = 3)
                        ^class Net { @ReLU Layer act; }
                        """.replace("^", "") .replace("class Net", "^class Net"), "class NetModel {}"),
                bad("a class of the kernels' name", "class-name", """
                        @Network(input = 3) ^class Net { @ReLU Layer act; }
                        """, "interface NetKernels {}"),
                bad("networks whose kernels are named alike", "class-name",
                        "@Network(input = 3) class NetScalar { @ReLU Layer act; }",
                        "@Network(input = 3) ^class Net { @ReLU Layer act; }"),
                bad("networks whose models are named alike", "model-name",
                        "class A { @Network(input = 3) static class B { @ReLU Layer act; } }",
                        "@Network(input = 3) ^class A_B { @ReLU Layer act; }"),
                bad("networks whose models differ in case alone", "model-name",
                        "@Network(input = 3) class Net { @ReLU Layer act; }",
                        "@Network(input = 3) ^class NET { @ReLU Layer act; }"));
    }

    private static Stream<Hostile> keys() {
        List<String> keys = List.of(
                "a\\\"b", "a\\\\b", "a\\nb", "a\\r\\nb", "*/", "/* x", "// x", "\\\\u002a/", "\\\\u000a}", "a\\u0000b", "\\t",
                "\\u001b[31m", "\\u2028", "{@code}", "<b>", "&amp;", "@param x", "$L", "$", "%s", "größe", "\\uD835\\uDC00",
                "\\uD835", " ", "fc\\n", "'", "a\\u007fb");
        List<Hostile> rows = new ArrayList<>();
        rows.add(good("keys", "@Network(input = {4, 3, 3}) @CrossEntropyLoss class Net {\n"
                + lines(keys.size(), i -> "    "
                        + (i % 3 == 0 ? "@Conv2d(outChannels = 4, kernelSize = 3, padding = 1)" : i % 3 == 1 ? "@BatchNorm2d"
                                : "@Linear(outFeatures = 3)")
                        + " @Key(\"" + keys.get(i) + "\") Layer c" + i + ";\n")
                + "    @Flatten Layer flat;\n    @Linear(outFeatures = 2) @Key(\"fc\\n*/\\\\u002a/\") Layer fc;\n}\n"));
        for (String key : List.of("", ".", "a.", ".a", "a..b")) {
            rows.add(bad("a key " + key, "key-form", """
                    @Network(input = 3) class Net { @ReLU @Key(^"%s") Layer act; }
                    """.formatted(key)));
        }
        rows.add(bad("a key that is too long", "too-long", """
                @Network(input = 3) class Net { @ReLU @Key(^"%s") Layer act; }
                """.formatted("k".repeat(70_000 / 10).repeat(9))));
        return rows.stream();
    }

    private static String lines(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining());
    }

    private static String list(int count, IntFunction<String> value) {
        return IntStream.range(0, count).mapToObj(value).collect(Collectors.joining(", "));
    }

    private static Stream<Hostile> counts() {
        String twice = "@Network(input = 3)\nclass Net {\n    @ReLU Layer act;\n    @%s(from = {%s}) Layer sum;\n}\n";
        return Stream.of(
                good("100 inputs", "@Network(inputGradient = true)\n"
                        + lines(100, i -> "@Input(name = \"x" + i + "\", shape = 3)\n") + "@MSELoss class Net { @Add(from = {"
                        + list(100, i -> "\"x" + i + "\"") + "}) Layer sum; }"),
                good("100 outputs and losses", "@Network(input = 3)\n"
                        + lines(100, i -> "@MSELoss(of = \"y" + i + "\")\n") + "class Net {\n"
                        + lines(100, i -> "    @Linear(outFeatures = 2, from = \"input\") @Output Layer y" + i + ";\n") + "}\n"),
                bad("101 inputs", "too-many", "@Network\n"
                        + lines(101, i -> "@Input(name = \"x" + i + "\", shape = 3)\n") + "^class Net { @ReLU(from = \"x1\") Layer act; }"),
                bad("101 outputs", "too-many", "@Network(input = 3)\nclass Net {\n"
                        + lines(101, i -> "    " + (i == 100 ? "^" : "") + "@ReLU(from = \"input\") @Output Layer y" + i + ";\n") + "}\n"),
                bad("101 losses", "too-many", "@Network(input = 3)\n" + lines(101, i -> "@MSELoss\n") + "^class Net { @ReLU Layer act; }\n"),
                bad("101 terms", "too-many", twice.formatted("Add", list(101, i -> (i == 100 ? "^" : "") + "\"act\""))),
                good("100 terms", twice.formatted("Add", list(100, i -> "\"act\""))),
                good("100 factors", "@Network(input = 3) @MSELoss\nclass Net {\n"
                        + lines(40, i -> "    @Linear(outFeatures = 2, from = \"input\") Layer y" + i + ";\n")
                        + "    @Mul(from = {" + list(40, i -> "\"y" + i + "\"") + "}) Layer product;\n}\n"),
                good("100 parts", twice.formatted("Concat", list(100, i -> "\"act\""))),
                good("20,000 class weights", "@Network(input = 2) @CrossEntropyLoss(reduction = Reduction.SUM, weight = {"
                        + list(20_000, i -> String.valueOf(1 + i / 16_384.0)) + "}) class Net { @Linear(outFeatures = 20000) Layer fc; }"),
                good("20,000 weights of elements", "@Network(input = 2) @BCEWithLogitsLoss(weight = {"
                        + list(20_000, i -> String.valueOf(1 + i % 7)) + "}, posWeight = {" + list(20_000, i -> String.valueOf(i % 9 / 4.0))
                        + "}) class Net { @Linear(outFeatures = 20000) Layer fc; }"),
                good("20,000 means", "@Network(input = {20000, 1, 1}) class Net { @Normalize(mean = {"
                        + list(20_000, i -> String.valueOf(i % 100)) + "}, std = {" + list(20_000, i -> String.valueOf(1 + i % 3))
                        + "}) Layer norm; }"),
                bad("no input named", "from-empty", "@Network(input = 3) class Net { @ReLU(from = ^{}) Layer act; }"),
                bad("a layer that reads itself", "from-itself",
                        "@Network(input = 3) class Net { @ReLU(from = ^\"act\") Layer act; }"),
                bad("layers in a cycle", "from-later",
                        "@Network(input = 3) class Net { @ReLU(from = ^\"b\") Layer a; @ReLU(from = \"a\") Layer b; }"),
                bad("a long name that is none", "from", "@Network(input = 3) class Net { @ReLU Layer " + "a".repeat(1_000)
                        + "; @ReLU(from = ^\"" + "a".repeat(60_000) + "\") Layer act; }"),
                bad("a loss of a long name that is none", "loss-of", "@Network(input = 3) @MSELoss(of = ^\"" + "a".repeat(60_000)
                        + "\") class Net { @ReLU Layer " + "a".repeat(1_000) + "; }"),
                bad("no sizes of an input", "no-input", "@Network(input = ^{}) class Net { @ReLU Layer act; }"),
                good("a sample of a single number", "@Network @Input(name = \"x\", shape = {}) class Net { @ReLU Layer act; }"),
                bad("no means", "attribute", "@Network(input = {1, 4, 4}) class Net { @Normalize(mean = ^{}, std = 1) Layer it; }"),
                bad("no output size", "attribute",
                        "@Network(input = {1, 4, 4}) class Net { @AdaptiveAvgPool2d(outputSize = ^{}) Layer it; }"),
                bad("no padding", "attribute",
                        "@Network(input = {1, 4, 4}) class Net { @Conv2d(outChannels = 1, kernelSize = 1, padding = ^{}) Layer it; }"),
                bad("half a pair of pads", "attribute", "@Network(input = {1, 4, 4}) class Net { @Pad(padding = ^1) Layer it; }"),
                bad("pads of four dimensions", "attribute",
                        "@Network(input = {1, 4, 4}) class Net { @Pad(padding = ^{1, 1, 1, 1, 1, 1, 1, 1}) Layer it; }"),
                good("no pads and no weights", "@Network(input = {1, 4, 4}) @CrossEntropyLoss(weight = {}) class Net { "
                        + "@Pad(padding = {}) Layer it; @Linear(outFeatures = 2) Layer fc; }"),
                bad("an empty kernel", "attribute",
                        "@Network(input = {1, 4, 4}) class Net { @MaxPool2d(kernelSize = ^{}) Layer pool; }"),
                bad("three strides", "attribute",
                        "@Network(input = {1, 4, 4}) class Net { @MaxPool2d(kernelSize = 2, stride = ^{1, 2, 3}) Layer pool; }"));
    }

    private static Stream<Hostile> sizes() {
        List<Hostile> rows = new ArrayList<>();
        String image = "@Network(input = {3, 8, 8}) class Net { %s Layer it; }";
        String large = "too-large";
        rows.add(bad("a pad of the largest int", large, image.formatted("^@Pad(padding = 2147483647)").replace("= 2147483647", "= {2147483647, 0}")));
        rows.add(bad("pads that overflow together", large, image.formatted("^@Pad(padding = {2147483647, 2147483647})")));
        rows.add(bad("a pad of the smallest int", "shape", image.formatted("@Pad(padding = ^{-2147483648, 0})")));
        rows.add(bad("weights of just an array", large, "@Network(input = 46340) class Net { @Linear(outFeatures = 46340) Layer fc; }"
                 .replace("class Net", "^class Net")));
        rows.add(bad("activations that are too much together", large, "@Network(input = {3, 1500, 1500})\n^class Net {\n"
                + lines(40, i -> "    @Conv2d(outChannels = 64, kernelSize = 3, padding = 1) Layer c" + i + ";\n") + "}\n"));
        rows.add(bad("weights that are too much together", large, """
                @Network(input = 30000)
                class Net {
                    @Linear(outFeatures = 30000) Layer a;
                    @Linear(outFeatures = 30000) Layer b;
                    ^@Linear(outFeatures = 30000) Layer c;
                }
                """));
        rows.add(bad("large pictures", large, "@Network(input = {3, 4096, 4096})\n^class Net {\n"
                + lines(4, i -> "    @Conv2d(outChannels = 32, kernelSize = 3, padding = 1) Layer c" + i + ";\n") + "}\n"));
        rows.add(bad("the largest input", large, "@Network(input = 2147483647) ^class Net { @ReLU Layer act; }"));
        rows.add(bad("a flattened largest input", large, "@Network(input = {1, 2147483647, 1}) ^class Net { @Flatten Layer flat; }"));
        rows.add(bad("pools of the largest input", large, "@Network(input = {1, 2147483647, 1}) ^class Net { @MaxPool2d(kernelSize = 1) Layer pool; }"));
        rows.add(bad("padding of the largest input", large,
                "@Network(input = {1, 2147483647, 1}) class Net { ^@Conv2d(outChannels = 1, kernelSize = 3, padding = 1) Layer c; }"));
        rows.add(bad("an output of the largest size", large, image.formatted("^@AdaptiveAvgPool2d(outputSize = 2147483647)")));
        rows.add(bad("a sum of sizes", large, """
                @Network(input = {2, 1073741823})
                class Net { @Identity Layer a; ^@Concat(dim = 2, from = {"a", "a", "a"}) Layer c; }
                """));
        for (String bound : List.of("2147483647", "-2147483648", "0", "-1")) {
            rows.add(bad("a kernel of " + bound, "attribute", image.formatted("@Conv2d(outChannels = 2, kernelSize = ^" + bound + ")")));
            rows.add(bad("a stride of " + bound, "attribute", image.formatted("@Conv2d(outChannels = 2, kernelSize = 2, stride = ^" + bound + ")")));
            rows.add(bad("a dilation of " + bound, "attribute", image.formatted("@Conv2d(outChannels = 2, kernelSize = 2, dilation = ^" + bound + ")")));
            rows.add(bad("groups of " + bound, "attribute", image.formatted("@Conv2d(outChannels = 2, kernelSize = 2, groups = ^" + bound + ")")));
            rows.add(bad("parameters of " + bound, "attribute", image.formatted("@PReLU(numParameters = ^" + bound + ")")));
            rows.add(bad("norm groups of " + bound, "attribute", image.formatted("@GroupNorm(numGroups = ^" + bound + ")")));
            rows.add(bad("a pool of " + bound, "attribute", image.formatted("@MaxPool2d(kernelSize = ^" + bound + ")")));
            rows.add(bad("input channels of " + bound, "shape", image.formatted("@Conv2d(outChannels = 2, kernelSize = 2, inChannels = ^" + bound + ")")));
            rows.add(bad("input features of " + bound, "shape", image.formatted("@Linear(outFeatures = 2, inFeatures = ^" + bound + ")")));
            if (!bound.equals("2147483647")) {
                rows.add(bad("an input of " + bound, "input-size", "@Network(input = ^" + bound + ") class Net { @ReLU Layer act; }"));
                rows.add(bad("channels of " + bound, "attribute", image.formatted("@Conv2d(outChannels = ^" + bound + ", kernelSize = 2)")));
                rows.add(bad("features of " + bound, "attribute", image.formatted("@Linear(outFeatures = ^" + bound + ")")));
            }
            if (!bound.equals("0") && !bound.equals("-1")) {
                rows.add(bad("a dimension of " + bound, "attribute", image.formatted("@Softmax(dim = ^" + bound + ")")));
                rows.add(bad("a first dimension of " + bound, "attribute", image.formatted("@Flatten(startDim = ^" + bound + ")")));
            }
            if (!bound.equals("0")) {
                rows.add(bad("padding of " + bound, "attribute", image.formatted("@Conv2d(outChannels = 2, kernelSize = 2, padding = ^" + bound + ")")));
            }
        }
        rows.add(bad("channels of the largest int", large, image.formatted("^@Conv2d(outChannels = 2147483647, kernelSize = 2)")));
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
        rows.add(bad("SAME beside a number", "attribute",
                image.formatted("@Conv2d(outChannels = 2, kernelSize = 3, padding = ^{Conv2d.SAME, 1})")));
        rows.add(bad("VALID beside a number", "attribute",
                image.formatted("@Conv2d(outChannels = 2, kernelSize = 3, padding = ^{1, Conv2d.VALID})")));
        rows.add(bad("a kernel SAME", "attribute", image.formatted("@Conv2d(outChannels = 2, kernelSize = Conv2d^.SAME)")));
        rows.add(bad("a pool's padding SAME", "attribute", image.formatted("@MaxPool2d(kernelSize = 2, padding = Conv2d^.SAME)")));
        rows.add(bad("outputSize SAME", "attribute", image.formatted("@AdaptiveAvgPool2d(outputSize = Conv2d^.SAME)")));
        rows.add(bad("an input KEEP", "input-size", "@Network(input = AdaptiveAvgPool2d^.KEEP) class Net { @ReLU Layer act; }"));
        rows.add(bad("features KEEP", "attribute", image.formatted("@Linear(outFeatures = AdaptiveAvgPool2d^.KEEP)")));
        return rows.stream();
    }

    private static Stream<Hostile> numbers() {
        List<String> attributes = List.of(
                "@PReLU(init = ?)", "@LeakyReLU(negativeSlope = ?)", "@BatchNorm2d(eps = ?)", "@BatchNorm2d(momentum = ?)",
                "@GroupNorm(numGroups = 1, eps = ?)", "@Dropout(p = ?)", "@Normalize(mean = ?, std = 1)",
                "@Normalize(mean = 0, std = ?)", "@Pad(padding = 1, value = ?)".replace("= 1,", "= {1, 1},"));
        List<String> losses = List.of(
                "@CrossEntropyLoss(weight = ?)", "@CrossEntropyLoss(labelSmoothing = ?)", "@NLLLoss(weight = ?)",
                "@BCEWithLogitsLoss(weight = ?)", "@BCEWithLogitsLoss(posWeight = ?)");
        List<String> scales = List.of("@MSELoss(scale = ?)", "@L1Loss(scale = ?)", "@CrossEntropyLoss(scale = ?)",
                "@NLLLoss(scale = ?)", "@BCEWithLogitsLoss(scale = ?)");
        List<Hostile> rows = new ArrayList<>();
        for (String value : List.of("^1e300", "^-1e39", "Double^.NaN", "Double^.POSITIVE_INFINITY", "Double^.NEGATIVE_INFINITY")) {
            for (String attribute : attributes) {
                if (!attribute.contains("Pad") || !value.contains("INFINITY")) {
                    rows.add(bad(attribute + " " + value, "attribute",
                            "@Network(input = {3, 8, 8}) class Net { " + attribute.replace("?", value) + " Layer it; }"));
                }
            }
            for (String loss : losses) {
                rows.add(bad(loss + " " + value, "attribute",
                        "@Network(input = 1) " + loss.replace("?", value) + " class Net { @Identity Layer it; }"));
            }
            for (String loss : scales) {
                rows.add(bad(loss + " " + value, "loss-scale",
                        "@Network(input = 1) " + loss.replace("?", value) + " class Net { @Identity Layer it; }"));
            }
        }
        for (String value : List.of("^1e-50", "^0", "^-1")) {
            rows.add(bad("eps of " + value, "attribute", "@Network(input = {3, 8, 8}) class Net { @BatchNorm2d(eps = " + value + ") Layer it; }"));
        }
        rows.add(bad("a deviation of 1e-50", "attribute",
                "@Network(input = {3, 8, 8}) class Net { @Normalize(mean = 0, std = ^1e-50) Layer it; }"));
        List<String> pads =
                List.of("Double.POSITIVE_INFINITY", "Double.NEGATIVE_INFINITY", "-0.0", "1e-50", "3.4028234663852886e38");
        rows.add(good("pads", "@Network(input = {3, 8, 8}) class Net {\n"
                + lines(pads.size(), i -> "    @Pad(padding = {1, 1}, value = " + pads.get(i) + ") Layer pad" + i + ";\n")
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
