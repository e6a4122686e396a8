package dev.netwright.processor.emit;

import static dev.netwright.processor.emit.RuntimeNames.STRIDED_VIEW;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.netwright.processor.plan.Axis;
import dev.netwright.processor.plan.Place;
import dev.netwright.processor.plan.Plan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Methods of a program that tell where values lie which the user can read after a run. */
final class ViewsEmitter {
    /** Values in one method; one takes up to 80 bytecodes. */
    private static final int VIEWS = 70;

    private final TypeSpec.Builder type;

    ViewsEmitter(TypeSpec.Builder type) {
        this.type = type;
    }

    /** Places by the index of their layer. */
    static Map<Integer, Place> byLayer(List<Plan.Kept> outputs, List<String> layers) {
        Map<String, Integer> indices = new HashMap<>();
        layers.forEach(layer -> indices.put(layer, indices.size()));
        Map<Integer, Place> places = new TreeMap<>();
        for (Plan.Kept output : outputs) {
            if (indices.containsKey(output.layer())) {
                places.put(indices.get(output.layer()), output.place());
            }
        }
        return places;
    }

    /** A method that tells where values lie, if there are any; where there are many it asks others. */
    void add(String method, String parameter, Map<Integer, Place> places) {
        if (places.isEmpty()) {
            return;
        }
        List<Integer> indices = List.copyOf(places.keySet());
        MethodSpec.Builder whole = MethodSpec.methodBuilder(method)
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PROTECTED)
                .addParameter(TypeName.INT, parameter)
                .returns(STRIDED_VIEW);
        if (indices.size() <= VIEWS) {
            type.addMethod(whole.addCode(views(parameter, places, indices)).build());
            return;
        }
        for (int first = 0, part = 1; first < indices.size(); first += VIEWS, part++) {
            List<Integer> some = indices.subList(first, Math.min(first + VIEWS, indices.size()));
            whole.beginControlFlow("if ($L <= $L)", parameter, some.get(some.size() - 1))
                    .addStatement("return $L$L($L)", method, part, parameter)
                    .endControlFlow();
            type.addMethod(MethodSpec.methodBuilder(method + part)
                    .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                    .addParameter(TypeName.INT, parameter)
                    .returns(STRIDED_VIEW)
                    .addCode(views(parameter, places, some))
                    .build());
        }
        type.addMethod(whole.addStatement("return null").build());
    }

    private static CodeBlock views(String parameter, Map<Integer, Place> places, List<Integer> indices) {
        CodeBlock.Builder code = CodeBlock.builder();
        for (int index : indices) {
            Place place = places.get(index);
            List<Axis> axes =
                    place.layout().dimensions().stream().flatMap(List::stream).toList();
            code.beginControlFlow("if ($L == $L)", parameter, index)
                    .addStatement(
                            "return new $T($L, new int[] {$L}, new int[] {$L}, $L, $L)",
                            STRIDED_VIEW,
                            place.base(),
                            join(axes, Axis::extent),
                            join(axes, Axis::stride),
                            ProgramEmitter.LEAD + place.layout().offset(),
                            place.sampleStride())
                    .endControlFlow();
        }
        return code.addStatement("return null").build();
    }

    private static String join(List<Axis> axes, ToIntFunction<Axis> part) {
        return axes.stream().map(axis -> String.valueOf(part.applyAsInt(axis))).collect(Collectors.joining(", "));
    }
}
