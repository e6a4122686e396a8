package dev.netwright.processor.declared;

import static dev.netwright.processor.declared.Hostile.FC;
import static dev.netwright.processor.declared.Hostile.bad;
import static dev.netwright.processor.declared.Hostile.good;
import static dev.netwright.processor.declared.Hostile.lines;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names that something else has already: a variable, a member, a type of generated code. */
final class HostileNames {
    /** Names that generated methods have for parameters, variables, fields and types. */
    private static final List<String> NAMES = List.of(
            "n",
            "target",
            "target1",
            "optimizer",
            "inputs",
            "outputs",
            "lock",
            "byteInputs",
            "intInputs",
            "seed",
            "options",
            "model",
            "program",
            "definition",
            "defaultPredictor",
            "DEFINITION",
            "CHOICE",
            "gradient",
            "run",
            "predict",
            "path",
            "in",
            "buffer",
            "layer",
            "value",
            "result",
            "fcGradient",
            "Options",
            "Mode",
            "Model",
            "KernelChoice",
            "ModelDefinition",
            "LayerAttributes",
            "LayerDefinition",
            "ParameterSpec",
            "Initial",
            "Gain",
            "StorageLayout",
            "LossDefinition",
            "DType",
            "Tensor",
            "Program",
            "Predictor",
            "Outputs",
            "LinearLayer",
            "Float",
            "Math",
            "String",
            "Object",
            "System",
            "Override",
            "java",
            "dev",
            "netwright",
            "NetModel",
            "NetDefinition",
            "NetTraining",
            "NetKernels",
            "var",
            "yield",
            "record",
            "sealed",
            "permits",
            "hashCode",
            "toString",
            "getClass",
            "wait",
            "equals",
            "a$b",
            "$",
            "$L",
            "$T",
            "__",
            "a_",
            "größe",
            "Ω",
            "数",
            "\uD835\uDC00");

    private HostileNames() {}

    static Stream<Hostile> rows() {
        return Stream.of(inputs(), layers(), outputs(), classes()).flatMap(each -> each);
    }

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
        for (String name : List.of(
                "class",
                "null",
                "_",
                "a.b",
                "",
                "a b",
                "1",
                "a\\\"b",
                "*/",
                "a\\nb",
                "a\\u0001b",
                "a\\u0085b",
                "a\\u200bb")) {
            rows.add(bad("an input " + name, "input-name", """
                    ^@Network @Input(name = "%s", shape = 3) class Net { %s }
                    """.formatted(name, FC)
                    .replace("^@Network @Input(name = ", "@Network @Input(name = ^")));
        }
        return rows.stream();
    }

    private static Stream<Hostile> layers() {
        List<Hostile> rows = new ArrayList<>();
        List<String> kinds = List.of(
                "@Conv2d(outChannels = 4, kernelSize = 3, padding = 1)",
                "@BatchNorm2d",
                "@Linear(outFeatures = 3) @Init(InitMethod.KAIMING_NORMAL)",
                "@Tanh @KeepOutput",
                "@MaxPool2d(kernelSize = 1)",
                "@Dropout",
                "@Identity");
        rows.add(good(
                "layers",
                "@Network(input = {4, 3, 3}) @CrossEntropyLoss class Net {\n"
                        + lines(
                                NAMES.size(),
                                i -> "    " + kinds.get(i % kinds.size()) + " Layer " + NAMES.get(i) + ";\n")
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
                good(
                        "outputs without losses",
                        "@Network @Input(name = \"x\", shape = 3)\nclass Net {\n" + heads + "}\n"),
                good(
                        "outputs with a loss",
                        "@Network @Input(name = \"x\", shape = 3) @MSELoss(of = \"n\") @MSELoss(of = \"wait\")\n"
                                + "class Net {\n"
                                + heads + "}\n"),
                good("one output that is a hash code", """
                        @Network(input = 3) class Net { @Linear(outFeatures = 2) Layer hashCode; }
                        """));
    }

    private static Stream<Hostile> classes() {
        List<String> java = List.of(
                "Float",
                "Double",
                "Math",
                "StrictMath",
                "Override",
                "String",
                "Object",
                "System",
                "Integer",
                "Record",
                "IndexOutOfBoundsException",
                "SuppressWarnings",
                "Class",
                "Path",
                "InputStream",
                "IOException",
                "ByteBuffer");
        List<String> runtime = List.of(
                "Model",
                "Program",
                "Tensor",
                "Options",
                "Mode",
                "Optimizer",
                "KernelChoice",
                "ModelDefinition",
                "Initial",
                "Gain",
                "LayerView",
                "Support",
                "WeightBlocks",
                "RunningStatistics",
                "Worker",
                "PredictorBase",
                "Predictor",
                "Outputs",
                "LinearLayer",
                "Conv2dLayer",
                "BatchNorm2dLayer",
                "dev",
                "java",
                "netwright",
                "jdk",
                "FloatVector",
                "VectorSpecies",
                "Kernels",
                "Definition",
                "Layer",
                "Network",
                "Linear");
        String imports = Stream.of(
                        "Layer",
                        "Network",
                        "Linear",
                        "Conv2d",
                        "Flatten",
                        "MaxPool2d",
                        "Softmax",
                        "BatchNorm2d",
                        "CrossEntropyLoss",
                        "MSELoss",
                        "BCEWithLogitsLoss",
                        "AvgPool2d",
                        "GELU",
                        "Dropout",
                        "Output",
                        "Init",
                        "InitMethod",
                        "Tanh")
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
                    @Linear(outFeatures = 10) @Init(InitMethod.KAIMING_NORMAL) Layer last;
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
                good(
                        "a network Layer",
                        "import dev.netwright.annotations.Network; @Network(input = 3) class Layer { "
                                + "@dev.netwright.annotations.ReLU dev.netwright.annotations.Layer act; }"),
                good(
                        "networks Tensor and Model",
                        "@Network(input = 3) class Tensor { @ReLU Layer act; }",
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
                bad(
                        "a class of the model's name",
                        "class-name",
                        """

                        @Network(input = 3)
                        ^class Net { @ReLU Layer act; }
                        """.replace("^", "").replace("class Net", "^class Net"),
                        "class NetModel {}"),
                bad("a class of the kernels' name", "class-name", """
                        @Network(input = 3) ^class Net { @ReLU Layer act; }
                        """, "interface NetKernels {}"),
                bad(
                        "networks whose kernels are named alike",
                        "class-name",
                        "@Network(input = 3) class NetScalar { @ReLU Layer act; }",
                        "@Network(input = 3) ^class Net { @ReLU Layer act; }"),
                bad(
                        "networks whose models are named alike",
                        "model-name",
                        "class A { @Network(input = 3) static class B { @ReLU Layer act; } }",
                        "@Network(input = 3) ^class A_B { @ReLU Layer act; }"),
                bad(
                        "networks whose models differ in case alone",
                        "model-name",
                        "@Network(input = 3) class Net { @ReLU Layer act; }",
                        "@Network(input = 3) ^class NET { @ReLU Layer act; }"));
    }
}
