package dev.netwright.processor.emit;

import static dev.netwright.processor.emit.RuntimeNames.KERNEL_CHOICE;
import static dev.netwright.processor.emit.RuntimeNames.LAYER_VIEW;
import static dev.netwright.processor.emit.RuntimeNames.MODEL_BASE;
import static dev.netwright.processor.emit.RuntimeNames.MODEL_DEFINITION;
import static dev.netwright.processor.emit.RuntimeNames.OPTIONS;
import static dev.netwright.processor.emit.RuntimeNames.PROGRAM;
import static dev.netwright.processor.emit.RuntimeNames.TENSOR;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.ParameterDeclaration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private final GeneratedNames names;
    private final Map<Kind, ClassName> types = new LinkedHashMap<>();
    private final List<List<FieldSpec>> groups;

    /** Layers whose views have the same methods. */
    private record Kind(String layer, List<String> parameters) {}

    LayerFieldsEmitter(GeneratedNames names, NetworkFacts network) {
        this.names = names;
        List<FieldSpec> fields = new ArrayList<>();
        for (LayerNode node : network.layers()) {
            fields.add(field(node));
        }
        this.groups = MethodParts.groups(fields, field -> Bytecodes.of(field.initializer()) + SET);
    }

    private FieldSpec field(LayerNode node) {
        Layer layer = node.layer();
        List<String> parameters = layer.parameters().stream()
                .filter(declaration -> declaration.kind() != ParameterDeclaration.Kind.COUNTER)
                .map(ParameterDeclaration::name)
                .toList();
        Kind kind = new Kind(layer.name(), parameters);
        if (!types.containsKey(kind)) {
            types.put(kind, names.model().nestedClass(unused(layer.name() + "Layer", types)));
        }
        return FieldSpec.builder(types.get(kind), node.name(), Modifier.PUBLIC, Modifier.FINAL)
                .addJavadoc("$L($L), output $L.\n", layer.name(), shortened(layer.arguments()), layer.output())
                .initializer("new $T(this, $L)", types.get(kind), node.id())
                .build();
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

    private TypeSpec type(ClassName name, Kind kind) {
        // the model's supertypes make some, too
        Modifier[] access = groups.size() > 1 ? new Modifier[0] : new Modifier[] {Modifier.PRIVATE};
        TypeSpec.Builder type = TypeSpec.classBuilder(name)
                .addAnnotation(RuntimeNames.GENERATED)
                .addJavadoc("A {@code $L} layer of this network.\n", kind.layer())
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .superclass(LAYER_VIEW)
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(access)
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

    private static String camelCase(String name) {
        StringBuilder text = new StringBuilder();
        for (String part : name.split("_")) {
            text.append(text.length() == 0 ? part : Character.toUpperCase(part.charAt(0)) + part.substring(1));
        }
        return text.toString();
    }
}
