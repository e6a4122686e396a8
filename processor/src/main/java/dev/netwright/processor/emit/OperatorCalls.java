package dev.netwright.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.TypeSpec;
import dev.netwright.processor.graph.OperatorClass;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.plan.OperatorCall;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** What calls of operators of the user's refer to: shapes as constants, so that a call makes no array, and the classes. */
final class OperatorCalls {
    private final Map<Shape, String> fields = new LinkedHashMap<>();
    private final NameAllocator names = new NameAllocator();

    /** By simple name, the one class that is imported by it; another of that name is written with its package. */
    private final Map<String, ClassName> imported = new HashMap<>();

    OperatorCalls(KernelNames kernels) {
        SourceText.IN_WORDS.forEach(type -> imported.put(type.simpleName(), type));
        imported.put(Arrays.class.getSimpleName(), ClassName.get(Arrays.class));
        kernels.all(OperatorCall.class).forEach((call, kernelName) -> {
            call.shapes().forEach(shape -> fields.computeIfAbsent(shape, this::name));
            ClassName outer = name(call.operator()).topLevelClassName();
            imported.putIfAbsent(outer.simpleName(), outer);
        });
    }

    private String name(Shape shape) {
        String sizes = shape.sizes().stream().map(String::valueOf).collect(Collectors.joining("_"));
        return names.newName("SHAPE_" + sizes);
    }

    static ClassName name(OperatorClass operator) {
        List<String> classes = operator.names();
        return ClassName.get(
                operator.packageName(),
                classes.get(0),
                classes.subList(1, classes.size()).toArray(String[]::new));
    }

    /** The class as code within a file of kernels. */
    Code type(OperatorClass operator) {
        ClassName type = name(operator);
        ClassName outer = type.topLevelClassName();
        return outer.equals(imported.get(outer.simpleName())) ? Code.of("$T", type) : Code.of("$L", operator);
    }

    String field(Shape shape) {
        return fields.get(shape);
    }

    /** Adds the fields to an interface. */
    void addTo(TypeSpec.Builder type) {
        fields.forEach((shape, field) -> type.addField(FieldSpec.builder(
                        int[].class, field, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .initializer("{$L}", shape.sizes().stream().map(String::valueOf).collect(Collectors.joining(", ")))
                .build()));
    }
}
