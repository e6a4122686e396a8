package dev.netwright.processor.emit;

import static dev.netwright.processor.emit.RuntimeNames.STRIDED_VIEW;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.netwright.processor.plan.Axis;
import dev.netwright.processor.plan.Layout;
import dev.netwright.processor.plan.Place;
import dev.netwright.processor.plan.Plan;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Methods of a program that tell where values lie which the user can read after a run. */
final class ViewsEmitter {
    private final TypeSpec.Builder type;

    ViewsEmitter(TypeSpec.Builder type) {
        this.type = type;
    }

    /** Places by the number of their layer. */
    static Map<Integer, Place> byLayer(List<Plan.Kept> outputs) {
        Map<Integer, Place> places = new TreeMap<>();
        outputs.forEach(output -> places.put(output.layer(), output.place()));
        return places;
    }

    /** A method that tells where values lie, if there are any; where there are many it asks others. */
    void add(String method, String parameter, Map<Integer, Place> places) {
        if (places.isEmpty()) {
            return;
        }
        Code code = new MethodParts<Map.Entry<Integer, Place>>(type, method) {
            @Override
            Code code(String part, List<Map.Entry<Integer, Place>> some) {
                Code.Builder code = Code.builder();
                some.forEach(place -> code.add(view(parameter, place)));
                return code.add("return null;\n").build();
            }

            @Override
            int bytecodes(Map.Entry<Integer, Place> place) {
                return Bytecodes.of(view(parameter, place));
            }

            @Override
            MethodSpec.Builder method(String part) {
                return signature(part, parameter).addModifiers(Modifier.PRIVATE, Modifier.STATIC);
            }

            @Override
            Code call(String part, List<Map.Entry<Integer, Place>> some) {
                int last = some.get(some.size() - 1).getKey();
                return Code.builder()
                        .beginControlFlow("if ($L <= $L)", parameter, last)
                        .addStatement("return $L($L)", part, parameter)
                        .endControlFlow()
                        .build();
            }

            @Override
            Code end() {
                return Code.builder().addStatement("return null").build();
            }
        }.of(List.copyOf(places.entrySet()));
        type.addMethod(signature(method, parameter)
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PROTECTED)
                .addCode(code.body())
                .build());
    }

    private static MethodSpec.Builder signature(String method, String parameter) {
        return MethodSpec.methodBuilder(method)
                .addParameter(TypeName.INT, parameter)
                .returns(STRIDED_VIEW);
    }

    private static Code view(String parameter, Map.Entry<Integer, Place> view) {
        Place place = view.getValue();
        List<Axis> axes =
                place.layout().dimensions().stream().flatMap(List::stream).toList();
        return Code.builder()
                .beginControlFlow("if ($L == $L)", parameter, view.getKey())
                .addStatement(
                        "return new $T($L, new int[] {$L}, new int[] {$L}, $L, $L)",
                        STRIDED_VIEW,
                        place.base(),
                        join(axes, Axis::extent),
                        join(axes, Axis::stride),
                        Layout.LEAD + place.layout().offset(),
                        place.sampleStride())
                .endControlFlow()
                .build();
    }

    private static String join(List<Axis> axes, ToIntFunction<Axis> part) {
        return axes.stream().map(axis -> String.valueOf(part.applyAsInt(axis))).collect(Collectors.joining(", "));
    }
}
