package dev.netwright.processor.emit;

import static dev.netwright.processor.emit.RuntimeNames.KERNEL_CHOICE;
import static dev.netwright.processor.emit.RuntimeNames.LAYER_VIEW;
import static dev.netwright.processor.emit.RuntimeNames.MODEL_BASE;
import static dev.netwright.processor.emit.RuntimeNames.MODEL_DEFINITION;
import static dev.netwright.processor.emit.RuntimeNames.OPTIONS;
import static dev.netwright.processor.emit.RuntimeNames.PROGRAM;
import static dev.netwright.processor.emit.RuntimeNames.TENSOR;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.Member;
import dev.netwright.processor.graph.Member.Form;
import dev.netwright.processor.graph.ParameterDeclaration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * A public field per layer, of a type that has just the parameters which layers of its kind have. The constructor of a
 * class has to set all of its fields, so those of many layers are in several classes: each extends the one before, and
 * the model the last.
 */
final class LayerFieldsEmitter {
    /** Characters of a layer's arguments that are worth reading. */
    private static final int LONGEST = 400;

    /** Bytecodes to set a field beside those of its value. */
    private static final int SET = 4;

    private static final ClassName LIST = ClassName.get(List.class);

    private final GeneratedNames names;
    private final NetworkFacts network;
    private final Map<Kind, ClassName> types = new LinkedHashMap<>();
    /** One of each kind. */
    private final Map<Kind, Member> samples = new HashMap<>();

    private final List<List<FieldSpec>> groups;

    /**
     * What has the same members: layers whose views have the same methods, blocks of such layers, rows of either.
     *
     * @param type PyTorch's name of the layer's type, or the block's; how many they are, of a row
     * @param parameters of a layer
     * @param names of the members of a block
     * @param children what these are; of a row one, which all of it are
     */
    private record Kind(Form form, String type, List<String> parameters, List<String> names, List<Kind> children) {}

    LayerFieldsEmitter(GeneratedNames names, NetworkFacts network) {
        this.names = names;
        this.network = network;
        List<FieldSpec> fields = new ArrayList<>();
        for (Member member : network.members()) {
            Kind kind = kind(member);
            fields.add(FieldSpec.builder(typeName(kind), member.name(), Modifier.PUBLIC, Modifier.FINAL)
                    .addJavadoc("$L", description(member))
                    .initializer(made(member, kind, CodeBlock.of("this"), CodeBlock.of("$L", member.layer()), 1))
                    .build());
        }
        this.groups = MethodParts.groups(
                fields, field -> Bytecodes.of(field.initializer().toString()) + SET);
    }

    private Kind kind(Member member) {
        Kind kind = switch (member.form()) {
            case LAYER -> new Kind(Form.LAYER, member.type(), parameters(member), List.of(), List.of());
            case BLOCK ->
                new Kind(
                        Form.BLOCK,
                        member.type(),
                        List.of(),
                        member.children().stream().map(Member::name).toList(),
                        member.children().stream().map(this::kind).toList());
            case ROW ->
                new Kind(
                        Form.ROW,
                        String.valueOf(member.children().size()),
                        List.of(),
                        List.of(),
                        List.of(kind(member.children().get(0))));
        };
        if (kind.form() != Form.ROW && !types.containsKey(kind)) {
            String name = kind.type() + (kind.form() == Form.LAYER ? "Layer" : "Block");
            types.put(kind, names.model().nestedClass(unused(name, types)));
            samples.put(kind, member);
        }
        return kind;
    }

    private List<String> parameters(Member member) {
        return network.layers().get(member.layer()).layer().parameters().stream()
                .filter(declaration -> declaration.kind() != ParameterDeclaration.Kind.COUNTER)
                .map(ParameterDeclaration::name)
                .toList();
    }

    private TypeName typeName(Kind kind) {
        return kind.form() == Form.ROW
                ? ParameterizedTypeName.get(
                        LIST, typeName(kind.children().get(0)).box())
                : types.get(kind);
    }

    private String description(Member member) {
        if (member.form() == Form.LAYER) {
            Layer layer = network.layers().get(member.layer()).layer();
            return layer.name() + "(" + shortened(attributes(layer)) + "), output " + layer.output() + ".\n";
        }
        int times = member.children().size();
        return member.form() == Form.BLOCK
                ? "A block of type " + member.type() + ".\n"
                : times + " in a row of type " + member.children().get(0).type() + ".\n";
    }

    /**
     * The expression that makes a member's view.
     *
     * @param depth of rows within rows, whose variables must differ
     */
    private CodeBlock made(Member member, Kind kind, CodeBlock model, CodeBlock first, int depth) {
        if (kind.form() != Form.ROW) {
            return CodeBlock.of("new $T($L, $L)", types.get(kind), model, first);
        }
        // all have as many layers, so that they are at even distances
        List<Member> children = member.children();
        int stride =
                children.size() > 1 ? children.get(1).layer() - children.get(0).layer() : 0;
        String layer = depth == 1 ? "layer" : "layer" + depth;
        CodeBlock one = made(children.get(0), kind.children().get(0), model, CodeBlock.of(layer), depth + 1);
        return CodeBlock.of("$T.row($L, $L, $L, $L -> $L)", LAYER_VIEW, children.size(), first, stride, layer, one);
    }

    /** The classes between the runtime's model and this network's, from the top. */
    List<TypeSpec> supertypes() {
        List<TypeSpec> supertypes = new ArrayList<>();
        for (int i = 0; i < groups.size() - 1; i++) {
            supertypes.add(TypeSpec.classBuilder(names.layers(i + 1))
                    .addModifiers(Modifier.PUBLIC, Modifier.ABSTRACT)
                    .superclass(i == 0 ? MODEL_BASE : names.layers(i))
                    .addJavadoc("Some of the layers of {@link $T}, which are too many for one class.\n", names.model())
                    .addFields(groups.get(i))
                    .addMethod(constructor())
                    .build());
        }
        return supertypes;
    }

    private static MethodSpec constructor() {
        return MethodSpec.constructorBuilder()
                .addParameter(MODEL_DEFINITION, "definition")
                .addParameter(KERNEL_CHOICE, "kernels")
                .addParameter(TypeName.LONG, "seed")
                .addParameter(OPTIONS, "options")
                .addParameter(PROGRAM, "inference")
                .addParameter(PROGRAM, "training")
                .addStatement("super(definition, kernels, seed, options, inference, training)")
                .build();
    }

    /** What has the fields that the model does not get itself. */
    ClassName supertype() {
        return groups.size() <= 1 ? MODEL_BASE : names.layers(groups.size() - 1);
    }

    void addTo(TypeSpec.Builder model) {
        types.forEach((kind, type) -> model.addType(type(type, kind)));
        if (!groups.isEmpty()) {
            model.addFields(groups.get(groups.size() - 1));
        }
    }

    private static String attributes(Layer layer) {
        return layer.attributes().stream()
                .filter(LayerAttribute::isPrinted)
                .map(LayerAttribute::toString)
                .collect(Collectors.joining(", "));
    }

    private static String shortened(String arguments) {
        return arguments.length() <= LONGEST ? arguments : arguments.substring(0, LONGEST) + "...";
    }

    private static String unused(String name, Map<Kind, ClassName> types) {
        String candidate = name;
        for (int i = 2; isTaken(candidate, types); i++) {
            candidate = name + i;
        }
        return candidate;
    }

    private static boolean isTaken(String name, Map<Kind, ClassName> types) {
        return types.values().stream().anyMatch(type -> type.simpleName().equals(name));
    }

    /** The model's supertypes make some, too. */
    private MethodSpec.Builder constructorOfType() {
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder();
        return groups.size() > 1 ? constructor : constructor.addModifiers(Modifier.PRIVATE);
    }

    private TypeSpec type(ClassName name, Kind kind) {
        return kind.form() == Form.LAYER ? layerType(name, kind) : blockType(name, kind);
    }

    private TypeSpec blockType(ClassName name, Kind kind) {
        Member sample = samples.get(kind);
        TypeSpec.Builder type = TypeSpec.classBuilder(name)
                .addAnnotation(RuntimeNames.GENERATED)
                .addJavadoc("The layers of a block of type {@code $L}.\n", kind.type())
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL);
        MethodSpec.Builder constructor =
                constructorOfType().addParameter(MODEL_BASE, "model").addParameter(TypeName.INT, "first");
        for (int i = 0; i < kind.names().size(); i++) {
            Member child = sample.children().get(i);
            Kind of = kind.children().get(i);
            int offset = child.layer() - sample.layer();
            type.addField(FieldSpec.builder(typeName(of), child.name(), Modifier.PUBLIC, Modifier.FINAL)
                    .addJavadoc("$L of the block.\n", child.form() == Form.ROW ? "A row" : "A " + child.type())
                    .build());
            CodeBlock at = offset == 0 ? CodeBlock.of("first") : CodeBlock.of("first + $L", offset);
            constructor.addStatement("this.$N = $L", child.name(), made(child, of, CodeBlock.of("model"), at, 1));
        }
        return type.addMethod(constructor.build()).build();
    }

    private TypeSpec layerType(ClassName name, Kind kind) {
        TypeSpec.Builder type = TypeSpec.classBuilder(name)
                .addAnnotation(RuntimeNames.GENERATED)
                .addJavadoc("A {@code $L} layer of this network.\n", kind.type())
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .superclass(LAYER_VIEW)
                .addMethod(constructorOfType()
                        .addParameter(MODEL_BASE, "model")
                        .addParameter(TypeName.INT, "layer")
                        .addStatement("super(model, layer)")
                        .build());
        for (String parameter : kind.parameters()) {
            String accessor = camelCase(parameter);
            type.addMethod(MethodSpec.methodBuilder(accessor)
                    .addJavadoc("A copy of {@code $L} in PyTorch's layout.\n\n@return the values\n", parameter)
                    .addModifiers(Modifier.PUBLIC)
                    .returns(TENSOR)
                    .addStatement("return get($S)", parameter)
                    .build());
            type.addMethod(MethodSpec.methodBuilder(accessor)
                    .addJavadoc("Sets {@code $L}.\n\n@param value in PyTorch's layout, of the same shape\n", parameter)
                    .addModifiers(Modifier.PUBLIC)
                    .addParameter(TENSOR, "value")
                    .addStatement("set($S, value)", parameter)
                    .build());
        }
        return type.build();
    }

    /** A parameter by itself has no name of its own. */
    private static String camelCase(String name) {
        if (name.isEmpty()) {
            return "value";
        }
        StringBuilder text = new StringBuilder();
        for (String part : name.split("[_.]")) {
            text.append(text.length() == 0 ? part : Character.toUpperCase(part.charAt(0)) + part.substring(1));
        }
        return text.toString();
    }
}
