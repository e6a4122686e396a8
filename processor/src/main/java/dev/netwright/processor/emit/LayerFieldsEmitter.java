package dev.netwright.processor.emit;

import static dev.netwright.processor.emit.RuntimeNames.LAYER_VIEW;
import static dev.netwright.processor.emit.RuntimeNames.MODEL_BASE;
import static dev.netwright.processor.emit.RuntimeNames.TENSOR;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.ParameterDeclaration;
import dev.netwright.processor.graph.ParameterDeclaration.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** A public field per layer, of a type that has just the parameters which layers of its kind have. */
final class LayerFieldsEmitter {
    /** Characters of a layer's arguments that are worth reading. */
    private static final int LONGEST = 400;

    private final NetworkFacts network;

    LayerFieldsEmitter(NetworkFacts network) {
        this.network = network;
    }

    void addTo(TypeSpec.Builder model) {
        Map<List<String>, ClassName> types = new LinkedHashMap<>();
        int index = 0;
        for (Node node : network.layers().nodes()) {
            Layer layer = (Layer) node.operator();
            List<String> parameters = layer.parameters().stream()
                    .filter(declaration -> declaration.kind() != Kind.COUNTER)
                    .map(ParameterDeclaration::name)
                    .toList();
            List<String> kind = new java.util.ArrayList<>(parameters);
            kind.add(0, layer.name());
            ClassName type = types.computeIfAbsent(kind, k -> {
                ClassName fresh = ClassName.get("", unused(layer.name() + "Layer", types));
                model.addType(type(fresh, layer.name(), parameters));
                return fresh;
            });
            model.addField(FieldSpec.builder(type, node.name(), Modifier.PUBLIC, Modifier.FINAL)
                    .addJavadoc("$L($L), output $L.\n", layer.name(), shortened(layer.arguments()), layer.output())
                    .initializer("new $T(this, $L)", type, index++)
                    .build());
        }
    }

    private static String shortened(String arguments) {
        return arguments.length() <= LONGEST ? arguments : arguments.substring(0, LONGEST) + "...";
    }

    private static String unused(String name, Map<List<String>, ClassName> types) {
        String candidate = name;
        for (int i = 2; isTaken(candidate, types); i++) {
            candidate = name + i;
        }
        return candidate;
    }

    private static boolean isTaken(String name, Map<List<String>, ClassName> types) {
        return types.values().stream().anyMatch(type -> type.simpleName().equals(name));
    }

    private static TypeSpec type(ClassName name, String layer, List<String> parameters) {
        TypeSpec.Builder type = TypeSpec.classBuilder(name)
                .addJavadoc("A {@code $L} layer of this network.\n", layer)
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .superclass(LAYER_VIEW)
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .addParameter(MODEL_BASE, "model")
                        .addParameter(TypeName.INT, "layer")
                        .addStatement("super(model, layer)")
                        .build());
        for (String parameter : parameters) {
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
