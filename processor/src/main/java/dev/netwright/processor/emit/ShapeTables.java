package dev.netwright.processor.emit;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.TypeSpec;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.plan.OperatorCall;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** The shapes that operators of the user's are called with, as constants: a call makes no array. */
final class ShapeTables {
    private final Map<Shape, String> fields = new LinkedHashMap<>();
    private final NameAllocator names = new NameAllocator();

    ShapeTables(Collection<NamedKernel> kernels) {
        for (NamedKernel named : kernels) {
            if (named.kernel() instanceof OperatorCall call) {
                call.shapes().forEach(shape -> fields.computeIfAbsent(shape, this::name));
            }
        }
    }

    private String name(Shape shape) {
        String sizes = shape.sizes().stream().map(String::valueOf).collect(Collectors.joining("_"));
        return names.newName("SHAPE_" + sizes);
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
