package dev.netwright.processor.emit;

import static dev.netwright.processor.emit.RuntimeNames.DTYPE;
import static dev.netwright.processor.emit.RuntimeNames.KERNEL_CHOICE;
import static dev.netwright.processor.emit.RuntimeNames.LAYER_ATTRIBUTES;
import static dev.netwright.processor.emit.RuntimeNames.LAYER_DEFINITION;
import static dev.netwright.processor.emit.RuntimeNames.LOSS_DEFINITION;
import static dev.netwright.processor.emit.RuntimeNames.LOSS_REDUCTION;
import static dev.netwright.processor.emit.RuntimeNames.LOSS_WEIGHTS;
import static dev.netwright.processor.emit.RuntimeNames.LOSS_WEIGHTS_KIND;
import static dev.netwright.processor.emit.RuntimeNames.MODEL_DEFINITION;
import static dev.netwright.processor.emit.RuntimeNames.OPTIONS;
import static dev.netwright.processor.emit.RuntimeNames.PARAMETER_SPEC;
import static dev.netwright.processor.emit.RuntimeNames.PROGRAM;
import static dev.netwright.processor.emit.RuntimeNames.STORAGE_LAYOUT;
import static dev.netwright.processor.emit.RuntimeNames.WEIGHTS_RESOURCE;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.netwright.processor.emit.NetworkFacts.CompiledWeights;
import dev.netwright.processor.emit.NetworkFacts.Dependency;
import dev.netwright.processor.graph.CompilerVersion;
import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerAttribute.Form;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Loss.Targets;
import dev.netwright.processor.graph.LossWeights;
import dev.netwright.processor.graph.Member;
import dev.netwright.processor.graph.OperatorClass;
import dev.netwright.processor.graph.ParameterDeclaration;
import dev.netwright.processor.graph.ParameterDeclaration.Initial;
import dev.netwright.processor.graph.ParameterDeclaration.Kind;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.layer.Custom;
import dev.netwright.processor.graph.layer.RowReader;
import dev.netwright.processor.graph.layer.StepReader;
import dev.netwright.processor.plan.LossWeightsPlan;
import dev.netwright.processor.plan.ParameterPlan;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.plan.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * What all models of a network share: the table of inputs, layers, parameters and losses that the runtime works from,
 * and the choice of kernels. It is a class of its own, as a variable hides a type of the same name: among the model's
 * fields, which the user names, no static member of any class could be relied on.
 */
final class DefinitionEmitter {
    private final GeneratedNames names;
    private final NetworkFacts network;
    private final TypeSpec.Builder type;
    /** Which of its layer's outputs a value is. */
    private final Map<Value, Integer> outputs = new HashMap<>();

    private int tables;

    DefinitionEmitter(GeneratedNames names, NetworkFacts network) {
        this.names = names;
        this.network = network;
        this.type = TypeSpec.classBuilder(names.definition()).addModifiers(Modifier.FINAL);
    }

    TypeSpec emit() {
        type.addField(FieldSpec.builder(MODEL_DEFINITION, "DEFINITION", Modifier.STATIC, Modifier.FINAL)
                .initializer("newDefinition()")
                .build());
        type.addField(FieldSpec.builder(KERNEL_CHOICE, "CHOICE", Modifier.STATIC, Modifier.FINAL)
                .initializer("$T.decide($L, $T.class.getModule())", KERNEL_CHOICE, network.vector(), names.model())
                .build());
        type.addMethod(
                MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
        type.addMethod(MethodSpec.methodBuilder("options")
                .addModifiers(Modifier.STATIC)
                .returns(OPTIONS)
                .addStatement("return $T.defaults()", OPTIONS)
                .build());
        programs();
        if (network.weights() != null) {
            weights(network.weights());
        }
        table();
        return type.build();
    }

    private void programs() {
        MethodSpec.Builder kernels = MethodSpec.methodBuilder("newKernels")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(names.kernels());
        if (network.vector()) {
            kernels.addStatement(
                    "return CHOICE.vector() ? new $T() : new $T()", names.vectorKernels(), names.scalarKernels());
        } else {
            kernels.addStatement("return new $T()", names.scalarKernels());
        }
        type.addMethod(kernels.build());
        program("newInference", names.inference());
        if (network.trains()) {
            program("newTraining", names.training());
        }
    }

    private void weights(CompiledWeights weights) {
        Code header = Code.join(
                weights.header().stream()
                        .map(SourceText::literal)
                        .map(text -> Code.of("$L", text))
                        .toList(),
                ",$W");
        type.addMethod(MethodSpec.methodBuilder("weights")
                .addModifiers(Modifier.STATIC)
                .returns(WEIGHTS_RESOURCE)
                .addCode(Code.builder()
                        .addStatement(
                                "return $T.of($L,$W$L,$W$T.class.getResource($L),$W$L,$W$S,$W$L)",
                                WEIGHTS_RESOURCE,
                                SourceText.literal(weights.name()),
                                weights.entry() == null ? "null" : SourceText.literal(weights.entry()),
                                names.definition(),
                                SourceText.literal(weights.name()),
                                weights.strict(),
                                weights.fingerprint(),
                                header)
                        .build()
                        .block())
                .build());
    }

    private void program(String method, ClassName program) {
        type.addMethod(MethodSpec.methodBuilder(method)
                .addModifiers(Modifier.STATIC)
                .returns(PROGRAM)
                .addStatement("return new $T(newKernels())", program)
                .build());
    }

    private void lengths(LayerNode node, StepReader reader, List<Code> entries) {
        for (int i = 0; i < reader.limits().size(); i++) {
            StepReader.Limit limit = reader.limits().get(i);
            String of = limit.attribute().equals(StepReader.LENGTHS) ? "" : "." + limit.attribute();
            entries.add(Code.of(
                    "definition.lengths($L,$W$L,$W$L)",
                    SourceText.literal(node.name() + of),
                    network.inputs().indexOf(reader.lengths(node.inputs(), i)),
                    limit.steps()));
        }
    }

    private void table() {
        List<Code> entries = new ArrayList<>();
        for (Value input : network.inputs()) {
            entries.add(input(input));
        }
        for (Value output : network.outputs()) {
            entries.add(Code.of("definition.output($L$L)", SourceText.literal(output.name()), sizes(output.shape())));
        }
        for (ParameterPlan.Entry entry : network.plan().parameters().entries()) {
            entries.add(Code.of("definition.parameter($L)", parameter(entry)));
        }
        Map<Value, Integer> sources = sources();
        for (LayerNode node : network.layers()) {
            entries.add(Code.of("definition.layer($L)", layer(node, sources)));
            if (node.layer() instanceof Custom custom && custom.hasRule()) {
                entries.add(outputShape(node, custom));
            }
            if (node.layer() instanceof StepReader reader) {
                lengths(node, reader, entries);
            }
            if (node.layer() instanceof RowReader reader) {
                entries.add(Code.of(
                        "definition.rows($L,$W$L,$W$L,$W$L,$W$L,$W$L)",
                        SourceText.literal(node.name()),
                        SourceText.literal(node.parameters().get(0).key()),
                        network.inputs().indexOf(node.inputs().get(0)),
                        reader.rows(),
                        reader.padding(),
                        reader.scaled()));
            }
        }
        network.members().forEach(member -> blocks(member, entries));
        for (Dependency dependency : network.dependencies()) {
            entries.add(Code.of(
                    "definition.requires($L,$W$S,$W$T.fingerprint())",
                    SourceText.literal(dependency.name()),
                    dependency.fingerprint(),
                    ClassName.get(dependency.packageName(), dependency.companion())));
        }
        List<List<Integer>> offsets = LossWeightsPlan.offsets(network.losses());
        for (int i = 0; i < network.losses().size(); i++) {
            LossTerm term = network.losses().get(i);
            entries.add(Code.of("definition.loss($L)", told(term, weighted(term, offsets.get(i), loss(term)))));
        }
        MethodSpec.Builder whole = MethodSpec.methodBuilder("newDefinition")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(MODEL_DEFINITION)
                .addStatement(
                        "$T.Builder definition = $T.builder($L, $S)",
                        MODEL_DEFINITION,
                        MODEL_DEFINITION,
                        SourceText.literal(network.name()),
                        CompilerVersion.VERSION);
        whole.addCode(MethodParts.statements(
                        type,
                        "definition",
                        part -> MethodSpec.methodBuilder(part)
                                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                                .addParameter(MODEL_DEFINITION.nestedClass("Builder"), "definition"),
                        "definition",
                        entries.stream()
                                .map(entry -> Code.builder().addStatement(entry).build())
                                .toList())
                .block());
        whole.addStatement(
                "definition.memory(/* inferenceFloatsPerSample */ $LL,$W/* trainingFloatsPerSample */ $LL)",
                network.plan().inference().arena(),
                network.plan().training().map(Plan.Program::arena).orElse(0));
        type.addMethod(whole.addStatement("return definition.build()").build());
    }

    private static Code outputShape(LayerNode node, Custom custom) {
        return Code.of(
                "definition.outputShape($L,$W$S,$W$T.$L($L),$W$L)",
                SourceText.literal(node.name()),
                custom.operator().simpleName(),
                OperatorCalls.name(custom.operator()),
                OperatorClass.OUTPUT_SHAPE,
                Code.join(
                        custom.inputs().stream()
                                .map(shape -> array(shape.toArray()))
                                .toList(),
                        ",$W"),
                list(custom.output().toArray()));
    }

    private static void blocks(Member member, List<Code> entries) {
        if (member.form() == Member.Form.BLOCK) {
            entries.add(Code.of(
                    "definition.block($L, $L)", SourceText.literal(member.key()), SourceText.literal(member.type())));
        }
        member.children().forEach(child -> blocks(child, entries));
    }

    private static Code parameter(ParameterPlan.Entry entry) {
        ParameterDeclaration declaration = entry.parameter().declaration();
        String key = SourceText.literal(entry.parameter().key());
        if (declaration.kind() == Kind.COUNTER) {
            return Code.of("$T.counter($L, $L)", PARAMETER_SPEC, key, entry.offset());
        }
        Code shape = array(declaration.shape().toArray());
        if (declaration.kind() == Kind.BUFFER) {
            return Code.of(
                    "$T.buffer($L,$W$L,$W/* offset */ $L,$W$L,$W$L)",
                    PARAMETER_SPEC,
                    key,
                    shape,
                    entry.offset(),
                    storage(entry),
                    ExprEmitter.literal(((Initial.Constant) declaration.initial()).value()));
        }
        Code parameter = Code.of(
                "$T.parameter($L,$W$L,$W/* offset */ $L,$W$L,$W$L)",
                PARAMETER_SPEC,
                key,
                shape,
                entry.offset(),
                storage(entry),
                InitialEmitter.of(declaration.initial()));
        Code drawn = drawn(declaration, read(declaration, parameter));
        if (!entry.parameter().trained()) {
            return Code.of("$L.frozen()", drawn);
        }
        return entry.gradientOffset() == entry.offset()
                ? drawn
                : Code.of("$L.gradientAt($L)", drawn, entry.gradientOffset());
    }

    private static Code read(ParameterDeclaration declaration, Code parameter) {
        return declaration.reading() == ParameterDeclaration.Reading.WHOLE
                ? parameter
                : Code.of(
                        "$L.read($T.$L)",
                        parameter,
                        PARAMETER_SPEC.nestedClass("Reading"),
                        declaration.reading().name());
    }

    private static Code drawn(ParameterDeclaration declaration, Code always) {
        Code parameter =
                declaration.drawnAfter() == 0 ? always : Code.of("$L.drawnAfter($L)", always, declaration.drawnAfter());
        Code added = declaration.turn() == 0 ? parameter : Code.of("$L.added($L)", parameter, declaration.turn());
        if (declaration.redraw() == null) {
            return added;
        }
        Code by = InitialEmitter.of(declaration.redraw());
        return declaration.redrawTurn() == declaration.turn()
                ? Code.of("$L.redrawn($L)", added, by)
                : Code.of("$L.redrawn($L, $L)", added, by, declaration.redrawTurn());
    }

    private static Code storage(ParameterPlan.Entry entry) {
        Shape shape = entry.parameter().declaration().shape();
        Weights weights = entry.weights();
        if (weights != null) {
            int[] extents =
                    weights.inputs().stream().mapToInt(axis -> axis.extent()).toArray();
            int[] strides =
                    weights.inputs().stream().mapToInt(axis -> axis.stride()).toArray();
            return Code.of(
                    "$T.blocked($L,$W$L,$W$L,$W$L)",
                    STORAGE_LAYOUT,
                    weights.outputs(),
                    weights.width(),
                    array(extents),
                    array(strides));
        } else if (shape.rank() == 1) {
            return Code.of("$T.vector($L)", STORAGE_LAYOUT, shape.elements());
        }
        return Code.of("$T.rowMajor($L)", STORAGE_LAYOUT, list(shape.toArray()));
    }

    private static Code input(Value input) {
        String name = SourceText.literal(input.name());
        String sizes = sizes(input.shape());
        return switch (input.type()) {
            case FLOAT32 -> Code.of("definition.input($L$L)", name, sizes);
            case UINT8 -> Code.of("definition.input($T.U8, $L$L)", DTYPE, name, sizes);
            case INT32 -> Code.of("definition.input($T.I32, $L$L)", DTYPE, name, sizes);
        };
    }

    private Code layer(LayerNode node, Map<Value, Integer> sources) {
        Layer layer = node.layer();
        long parameters = layer.parameters().stream()
                .filter(declaration -> declaration.kind() == Kind.PARAMETER)
                .mapToLong(declaration -> declaration.shape().elements())
                .sum();
        int[] inputs = node.inputs().stream().mapToInt(sources::get).toArray();
        Code definition = Code.of(
                "$T.of($L,$W$L,$W$S,$W$L,$W/* outputShape */ $L,$W/* parameters */ $LL,$W/* flops */ $LL,$W/* inputs */ $L)",
                LAYER_DEFINITION,
                SourceText.literal(node.name()),
                SourceText.literal(node.key()),
                layer.name(),
                attributes(layer),
                array(layer.output().toArray()),
                parameters,
                layer.flops(),
                array(inputs));
        Code whole = withChildren(definition, "", layer);
        int[] read = node.inputs().stream()
                .mapToInt(value -> outputs.getOrDefault(value, 0))
                .toArray();
        Code reading = Arrays.stream(read).allMatch(output -> output == 0)
                ? whole
                : Code.of("$L.reading($L)", whole, array(read));
        return node.shared() ? Code.of("$L.shared()", reading) : reading;
    }

    private static Code withChildren(Code definition, String prefix, Layer layer) {
        Code all = definition;
        for (Layer.Child child : layer.children()) {
            String key = prefix + child.key();
            all = Code.of("$L.child($S,$W$S,$W$L)", all, key, child.type(), attributes(child.layer()));
            all = withChildren(all, key + ".", child.layer());
        }
        return all;
    }

    private static Code attributes(Layer layer) {
        Code all = Code.of("$T.NONE", LAYER_ATTRIBUTES);
        for (LayerAttribute attribute : layer.attributes()) {
            all = Code.of(
                    "$L.$L($S,$W$L)",
                    all,
                    attribute.form().name().toLowerCase(Locale.ROOT),
                    attribute.name(),
                    attribute.form() == Form.LIST ? listText(attribute.value()) : literal(attribute.value()));
        }
        return all;
    }

    /** A class has room for fewer numbers than such a list may have. */
    private static Code listText(Object values) {
        return literal(((List<?>) values).stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }

    private static Code literal(Object value) {
        if (value instanceof String text) {
            return Code.of("$L", SourceText.literal(text));
        } else if (value instanceof Double real) {
            return Code.of("$L", ExprEmitter.literal(real));
        } else if (value instanceof List<?> list) {
            return Code.of(
                    "new $L[] {$L}",
                    list.isEmpty() || list.get(0) instanceof Integer ? "int" : "double",
                    Code.join(list.stream().map(DefinitionEmitter::literal).toList(), ", "));
        }
        return Code.of("$L", value);
    }

    /** For each value the index of the layer that it comes from, or -1 - i for input i. */
    private Map<Value, Integer> sources() {
        Map<Value, Integer> sources = new HashMap<>();
        network.inputs().forEach(input -> sources.put(input, -1 - sources.size()));
        for (LayerNode node : network.layers()) {
            for (int i = 0; i < node.outputs().size(); i++) {
                sources.put(node.outputs().get(i), node.id());
                outputs.put(node.outputs().get(i), i);
            }
        }
        return sources;
    }

    private Code loss(LossTerm term) {
        Code shape = array(term.loss().target().toArray());
        String scale = ExprEmitter.literal(term.scale());
        Code reduction = Code.of("$T.$L", LOSS_REDUCTION, term.loss().reduction());
        String name = term.loss().name();
        Targets targets = term.loss().targets();
        if (targets instanceof Targets.None) {
            int losses = term.loss().losses().elements();
            return Code.of("$T.withoutTarget($S, $L, $L, $L)", LOSS_DEFINITION, name, losses, scale, reduction);
        } else if (targets instanceof Targets.Classes classes) {
            return Code.of(
                    "$T.indices($S,$W/* classes */ $L,$W$L,$W/* scale */ $L,$W$L,$W/* ignoreIndex */ $L,$W/* weighted */ $L)",
                    LOSS_DEFINITION,
                    name,
                    classes.count(),
                    shape,
                    scale,
                    reduction,
                    classes.ignoreIndex(),
                    classes.weighted());
        } else if (targets instanceof Targets.Labels labels) {
            return Code.of("$T.labels($S, $L, $L, $L)", LOSS_DEFINITION, name, labels.classes(), scale, reduction);
        } else if (targets instanceof Targets.Sequence sequence) {
            return Code.of(
                    "$T.sequence($S, $L, $L, $L, $L, $L)",
                    LOSS_DEFINITION,
                    name,
                    sequence.classes(),
                    sequence.blank(),
                    term.loss().target().size(0),
                    scale,
                    reduction);
        } else if (targets instanceof Targets.Probabilities probabilities) {
            return Code.of(
                    "$T.probabilities($S, $L, $L, $L, $L)",
                    LOSS_DEFINITION,
                    name,
                    probabilities.classes(),
                    shape,
                    scale,
                    reduction);
        } else {
            int losses = term.loss().losses().elements();
            return Code.of("$T.elements($S, $L, $L, $L, $L)", LOSS_DEFINITION, name, shape, losses, scale, reduction);
        }
    }

    /** With the input that tells how many steps of each sample count. */
    private Code told(LossTerm term, Code loss) {
        int steps = term.loss().steps();
        Value lengths = term.inputs().get(term.inputs().size() - 1);
        return steps == 0
                ? loss
                : Code.of("$L.lengths($L, $L)", loss, network.inputs().indexOf(lengths), steps);
    }

    /** With the weights that may be given at run time, and what they are until then unless they are ones. */
    private Code weighted(LossTerm term, List<Integer> offsets, Code loss) {
        Code all = loss;
        for (int i = 0; i < offsets.size(); i++) {
            LossWeights weights = term.loss().runTimeWeights().get(i);
            Code start = weights.areOnes()
                    ? Code.of("$L", weights.count())
                    : new Tables(type).floats("weights" + ++tables, weights.start());
            all = Code.of(
                    "$L.weights($T.$L($T.$L,$W$L,$W$L,$W$L))",
                    all,
                    LOSS_WEIGHTS,
                    weights.areOnes() ? "ones" : "of",
                    LOSS_WEIGHTS_KIND,
                    weights.kind(),
                    SourceText.literal(term.inputs().get(0).name()),
                    offsets.get(i),
                    start);
        }
        return all;
    }

    private static Code array(int[] values) {
        return values.length == 0 ? Code.of("new int[0]") : Code.of("new int[] {$L}", list(values));
    }

    private static String list(int[] values) {
        return Arrays.stream(values).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String sizes(Shape shape) {
        return shape.rank() == 0 ? "" : ", " + list(shape.toArray());
    }
}
