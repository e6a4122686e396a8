package dev.netwright.processor.emit;

import static dev.netwright.processor.emit.RuntimeNames.OPTIMIZER;
import static dev.netwright.processor.emit.RuntimeNames.OUTPUT_TEXT;
import static dev.netwright.processor.emit.RuntimeNames.TENSOR;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.Loss.Targets;
import dev.netwright.processor.graph.Value;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/** The methods whose parameters depend on the network: predict, train, evaluate. */
final class TypedMethodsEmitter {
    private static final TypeName FLOATS = ArrayTypeName.of(TypeName.FLOAT);
    private static final TypeName INTS = ArrayTypeName.of(TypeName.INT);

    private final GeneratedNames names;
    private final NetworkFacts network;
    private final MethodNames variables;

    TypedMethodsEmitter(GeneratedNames names, NetworkFacts network) {
        this.names = names;
        this.network = network;
        this.variables = new MethodNames(network);
    }

    void addTo(TypeSpec.Builder type) {
        type.addField(names.predictor(), variables.defaultPredictor(), Modifier.PRIVATE, Modifier.FINAL);
        if (network.outputs().size() > 1) {
            type.addType(outputsRecord());
        }
        addPredictions(type, false);
        type.addMethod(MethodSpec.methodBuilder("newPredictor")
                .addJavadoc("A predictor with its own workspace, for another thread; weights are shared.\n\n"
                        + "@return the predictor\n")
                .addModifiers(Modifier.PUBLIC)
                .returns(names.predictor())
                .addStatement("return new $T(this, $T.newInference())", names.predictor(), names.definition())
                .build());
        if (network.losses().isEmpty() || network.unreduced()) {
            new NoLossEmitter(names, network, variables, inputs()).addTo(type);
        } else {
            addEvaluation(type);
        }
        if (network.unreduced()) {
            addUnreducedEvaluation(type);
        }
        new LossWeightsEmitter(network).addTo(type);
        if (network.trains()) {
            addTraining(type);
        }
    }

    private void addTraining(TypeSpec.Builder type) {
        if (network.losses().isEmpty()) {
            addForwardAndBackward(type);
        } else if (network.unreduced()) {
            addUnreducedLosses(type);
        } else {
            addLosses(type);
        }
        if (network.inputGradient()) {
            addInputGradients(type);
        }
    }

    private TypeSpec outputsRecord() {
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder();
        StringBuilder tags = new StringBuilder();
        for (Value output : network.outputs()) {
            constructor.addParameter(FLOATS, variables.component(output));
            tags.append("@param ")
                    .append(variables.component(output))
                    .append(" n times ")
                    .append(output.shape())
                    .append('\n');
        }
        return TypeSpec.recordBuilder(names.outputs())
                .addAnnotation(RuntimeNames.GENERATED)
                .addJavadoc("The network's outputs, row-major.\n\n$L", tags)
                .addModifiers(Modifier.PUBLIC)
                .recordConstructor(constructor.build())
                .addMethod(outputsText())
                .build();
    }

    private MethodSpec outputsText() {
        CodeBlock labels = network.outputs().stream()
                .map(output -> CodeBlock.of("$S", variables.component(output)))
                .collect(CodeBlock.joining(", "));
        String arrays = network.outputs().stream().map(variables::component).collect(Collectors.joining(", "));
        return MethodSpec.methodBuilder("toString")
                .addJavadoc("A line for each output, with its first values.\n\n@return lines of at most 80 columns\n")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(String.class)
                .addStatement("return $T.of(new String[] {$L}, $L)", OUTPUT_TEXT, labels, arrays)
                .build();
    }

    /** The two forms of predict: with a fresh result, and into the caller's arrays. */
    void addPredictions(TypeSpec.Builder type, boolean predictor) {
        List<ParameterSpec> results = network.outputs().stream()
                .map(output ->
                        ParameterSpec.builder(FLOATS, variables.output(output)).build())
                .toList();
        MethodSpec.Builder into = MethodSpec.methodBuilder("predict")
                .addJavadoc("Evaluates the network without allocating.\n\n$L$L$L", inputTags(), nTag(), resultTags())
                .addModifiers(Modifier.PUBLIC)
                .addParameters(inputs())
                .addParameter(TypeName.INT, variables.n())
                .addParameters(results);
        if (predictor) {
            into.addCode(predictorBody());
        } else {
            into.addStatement(
                    "this.$L.predict($L, $L, $L)",
                    variables.defaultPredictor(),
                    variables.inputs(),
                    variables.n(),
                    variables.outputs());
        }
        type.addMethod(into.build());

        TypeName returned = network.outputs().size() == 1 ? FLOATS : names.outputs();
        MethodSpec.Builder fresh = MethodSpec.methodBuilder("predict")
                .addJavadoc(
                        "Evaluates the network.\n\n$L$L@return the output$L\n",
                        inputTags(),
                        nTag(),
                        network.outputs().size() == 1
                                ? ", n times " + network.outputs().get(0).shape()
                                : "s")
                .addModifiers(Modifier.PUBLIC)
                .addParameters(inputs())
                .addParameter(TypeName.INT, variables.n())
                .returns(returned);
        fresh.addCode(allocated());
        fresh.addStatement("predict($L, $L, $L)", variables.inputs(), variables.n(), variables.outputs());
        type.addMethod(fresh.addStatement("return $L", collected()).build());
    }

    private CodeBlock predictorBody() {
        CodeBlock.Builder code = CodeBlock.builder().beginControlFlow("synchronized (this.lock)");
        for (int i = 0; i < network.inputs().size(); i++) {
            Value input = network.inputs().get(i);
            String arrays = switch (input.type()) {
                case FLOAT32 -> "inputs";
                case UINT8 -> "byteInputs";
                case INT32 -> "intInputs";
            };
            code.addStatement("this.$L[$L] = $L", arrays, i, variables.input(input));
        }
        for (int i = 0; i < network.outputs().size(); i++) {
            code.addStatement(
                    "this.outputs[$L] = $L",
                    i,
                    variables.output(network.outputs().get(i)));
        }
        return code.addStatement("run($L)", variables.n()).endControlFlow().build();
    }

    private CodeBlock allocated() {
        CodeBlock.Builder code = CodeBlock.builder();
        for (int i = 0; i < network.outputs().size(); i++) {
            code.addStatement(
                    "float[] $L = newOutput($L, $L)",
                    variables.output(network.outputs().get(i)),
                    i,
                    variables.n());
        }
        return code.build();
    }

    private CodeBlock collected() {
        return network.outputs().size() == 1
                ? CodeBlock.of("$L", variables.outputs())
                : CodeBlock.of("new $T($L)", names.outputs(), variables.outputs());
    }

    private void addLosses(TypeSpec.Builder type) {
        type.addMethod(method("trainStep")
                .addJavadoc(
                        "Forward, backward and update in one.\n\n$L$L$L@param $L what updates the weights\n"
                                + "@return the loss before the update\n",
                        inputTags(),
                        targetTags(),
                        nTag(),
                        variables.optimizer())
                .addParameter(OPTIMIZER, variables.optimizer())
                .returns(TypeName.FLOAT)
                .addStatement("$L", given("training()"))
                .addStatement("return trainStep($L, $L)", variables.n(), variables.optimizer())
                .build());
        type.addMethod(method("loss")
                .addJavadoc(
                        "The training loss; {@link #backward()} may follow.\n\n$L$L$L@return the loss\n",
                        inputTags(),
                        targetTags(),
                        nTag())
                .returns(TypeName.FLOAT)
                .addStatement("$L", given("training()"))
                .addStatement("return lossValue($L)", variables.n())
                .build());
    }

    /** Its kernels cost a network that only predicts next to nothing: 50 of VGG16's 9,200 lines. */
    private void addEvaluation(TypeSpec.Builder type) {
        type.addMethod(method("evaluate")
                .addJavadoc(
                        "The loss in evaluation; nothing changes.\n\n$L$L$L@return the loss\n",
                        inputTags(),
                        targetTags(),
                        nTag())
                .returns(TypeName.FLOAT)
                .beginControlFlow("synchronized (inference())")
                .addStatement("$L", given("inference()"))
                .addStatement("return evaluateLoss($L)", variables.n())
                .endControlFlow()
                .build());
    }

    private void addUnreducedLosses(TypeSpec.Builder type) {
        List<String> gradients = gradientsOfLosses();
        String types = gradients.stream().map(gradient -> "float[]").collect(Collectors.joining(", "));
        type.addMethod(method("losses")
                .addJavadoc(
                        "The training losses, not reduced; {@link #backward($L)} may follow.\n\n$L$L$L@return $L\n",
                        types,
                        inputTags(),
                        targetTags(),
                        nTag(),
                        lossesText())
                .returns(lossesType())
                .addStatement("$L", given("training()"))
                .addStatement("return lossValues($L)$L", variables.n(), onlyOne())
                .build());
        MethodSpec.Builder backward = MethodSpec.methodBuilder("backward")
                .addJavadoc(
                        "Adds to the gradients.$L\n\n",
                        gradients.size() < network.losses().size() ? " Losses that are one number count once." : "")
                .addModifiers(Modifier.PUBLIC);
        for (String gradient : gradients) {
            backward.addJavadoc(
                    "@param $L of a number by each of the losses$L\n",
                    gradient,
                    isOnlyLoss() ? "" : " of " + gradient.replace("gradient", "loss "));
            backward.addParameter(FLOATS, gradient);
        }
        type.addMethod(backward.addStatement("backwardLosses($L)", String.join(", ", gradients))
                .build());
    }

    private boolean isOnlyLoss() {
        return network.losses().size() == 1;
    }

    /** Names of the gradients by losses that stay apart, numbered as all losses are. */
    private List<String> gradientsOfLosses() {
        return IntStream.range(0, network.losses().size())
                .filter(i -> network.losses().get(i).loss().isApart())
                .mapToObj(i -> isOnlyLoss() ? "gradient" : "gradient" + (i + 1))
                .toList();
    }

    /** An array for each loss, but for the only one its own. */
    private TypeName lossesType() {
        return isOnlyLoss() ? FLOATS : ArrayTypeName.of(FLOATS);
    }

    private String onlyOne() {
        return isOnlyLoss() ? "[0]" : "";
    }

    private String lossesText() {
        return isOnlyLoss() ? "the losses" : "of each loss those of its elements, or its one number";
    }

    private void addUnreducedEvaluation(TypeSpec.Builder type) {
        type.addMethod(method("evaluateLosses")
                .addJavadoc(
                        "The losses in evaluation; nothing changes.\n\n$L$L$L@return $L\n",
                        inputTags(),
                        targetTags(),
                        nTag(),
                        lossesText())
                .returns(lossesType())
                .beginControlFlow("synchronized (inference())")
                .addStatement("$L", given("inference()"))
                .addStatement("return super.evaluateLosses($L)$L", variables.n(), onlyOne())
                .endControlFlow()
                .build());
    }

    private void addForwardAndBackward(TypeSpec.Builder type) {
        boolean one = network.outputs().size() == 1;
        type.addMethod(method("forward")
                .addJavadoc(
                        "Evaluates the network in the model's mode; in training, a backward may follow.\n\n$L$L@return the output\n",
                        inputTags(),
                        nTag())
                .returns(one ? FLOATS : names.outputs())
                .beginControlFlow("if (evaluates())")
                .addStatement("return predict($L, $L)", variables.inputs(), variables.n())
                .endControlFlow()
                .addCode(allocated())
                .addStatement("$L", given("training()"))
                .addStatement("forwardTraining($L, new float[][] {$L})", variables.n(), variables.outputs())
                .addStatement("return $L", collected())
                .build());
        MethodSpec.Builder backward = MethodSpec.methodBuilder("backward")
                .addJavadoc(
                        "Adds to the gradients, from given gradients of the outputs.\n\n$L$L", gradientTags(), nTag())
                .addModifiers(Modifier.PUBLIC);
        network.outputs().forEach(output -> backward.addParameter(FLOATS, variables.gradientOf(output)));
        type.addMethod(backward.addParameter(TypeName.INT, variables.n())
                .addStatement("backwardFrom($L, $L)", variables.n(), variables.gradients())
                .build());
    }

    private void addInputGradients(TypeSpec.Builder type) {
        boolean one = network.inputs().size() == 1;
        for (int i = 0; i < network.inputs().size(); i++) {
            String input = network.inputs().get(i).name();
            String accessor = one ? "inputGradient" : input + "Gradient";
            type.addMethod(MethodSpec.methodBuilder(accessor)
                    .addJavadoc(
                            "The gradient by {@code $L} of the last backward.\n\n@return n times $L\n",
                            input,
                            network.inputs().get(i).shape())
                    .addModifiers(Modifier.PUBLIC)
                    .returns(TENSOR)
                    .addStatement("return inputGradient($L)", i)
                    .build());
        }
    }

    /** A public method with the inputs, the targets and n. */
    private MethodSpec.Builder method(String name) {
        MethodSpec.Builder method =
                MethodSpec.methodBuilder(name).addModifiers(Modifier.PUBLIC).addParameters(inputs());
        for (LossTerm term : network.targeted()) {
            method.addParameter(term.loss().indices() ? INTS : FLOATS, variables.target(term));
        }
        return method.addParameter(TypeName.INT, variables.n());
    }

    private String given(String program) {
        StringBuilder text = new StringBuilder(program);
        for (int i = 0; i < network.inputs().size(); i++) {
            text.append(".input(")
                    .append(i)
                    .append(", ")
                    .append(variables.input(network.inputs().get(i)))
                    .append(')');
        }
        for (int i = 0; i < network.losses().size(); i++) {
            LossTerm term = network.losses().get(i);
            if (term.target() != null) {
                text.append(".target(")
                        .append(i)
                        .append(", ")
                        .append(variables.target(term))
                        .append(')');
            }
        }
        return text.toString();
    }

    private List<ParameterSpec> inputs() {
        return network.inputs().stream()
                .map(input -> ParameterSpec.builder(Operands.array(input.type()), variables.input(input))
                        .build())
                .toList();
    }

    private String inputTags() {
        return network.inputs().stream()
                .map(input -> "@param " + variables.input(input) + " n times " + input.shape() + ", row-major"
                        + (input.type() == ElementType.UINT8 ? "; bytes count from 0 to 255\n" : "\n"))
                .collect(Collectors.joining());
    }

    private String targetTags() {
        return network.targeted().stream()
                .map(term -> "@param " + variables.target(term) + " n times "
                        + term.target().shape() + targetText(term.loss().targets()))
                .collect(Collectors.joining());
    }

    private static String targetText(Targets targets) {
        return targets instanceof Targets.Labels || targets instanceof Targets.Sequence
                ? " classes, from 0; -1 ends those of a sample\n"
                : targets instanceof Targets.Classes ? " classes, from 0\n" : "\n";
    }

    private String resultTags() {
        return network.outputs().stream()
                .map(output -> "@param " + variables.output(output) + " takes n times " + output.shape() + "\n")
                .collect(Collectors.joining());
    }

    private String gradientTags() {
        return network.outputs().stream()
                .map(output -> "@param " + variables.gradientOf(output) + " n times " + output.shape() + "\n")
                .collect(Collectors.joining());
    }

    private String nTag() {
        return "@param " + variables.n() + " number of samples, at least 1\n";
    }
}
