package dev.netwright.processor.emit;

import static dev.netwright.processor.emit.RuntimeNames.STRIDED_VIEW;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.netwright.processor.plan.Axis;
import dev.netwright.processor.plan.Place;
import dev.netwright.processor.plan.Plan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Methods of a program that tell where values lie which the user can read after a run. */
final class ViewsEmitter {
    private final TypeSpec.Builder type;
    private final NetworkFacts network;
    private final PlaceNames names;

    ViewsEmitter(TypeSpec.Builder type, NetworkFacts network, PlaceNames names) {
        this.type = type;
        this.network = network;
        this.names = names;
    }

    /**
     * A value that can be read.
     *
     * @param number of the layer that it is of, or of the input
     * @param name of that
     * @param gradient whether it is a gradient, behind the last step, and not an output
     */
    private record View(int number, String name, Place place, boolean gradient) {}

    /** A method that tells where layers' outputs lie, if there are any. */
    void addOutputs(String method, List<Plan.Kept> outputs) {
        add(
                method,
                "layer",
                outputs.stream()
                        .sorted(Comparator.comparingInt(Plan.Kept::layer))
                        .map(kept -> new View(
                                kept.layer(), network.layers().get(kept.layer()).name(), kept.place(), false))
                        .toList());
    }

    /** A method that tells where the inputs' gradients lie, if there are any. */
    void addGradients(String method, List<Place> gradients) {
        List<View> views = new ArrayList<>();
        for (int i = 0; i < gradients.size(); i++) {
            views.add(new View(i, network.inputs().get(i).name(), gradients.get(i), true));
        }
        add(method, "input", views);
    }

    /** Where there are many it asks others. */
    private void add(String method, String parameter, List<View> views) {
        if (views.isEmpty()) {
            return;
        }
        Code code = new MethodParts<View>(type, method) {
            @Override
            Code code(String part, List<View> some) {
                Code.Builder code = Code.builder();
                some.forEach(view -> code.add(view(parameter, view)));
                return code.add("return null;\n").build();
            }

            @Override
            int bytecodes(View view) {
                return Bytecodes.of(view(parameter, view));
            }

            @Override
            MethodSpec.Builder method(String part) {
                return signature(part, parameter).addModifiers(Modifier.PRIVATE, Modifier.STATIC);
            }

            @Override
            Code call(String part, List<View> some) {
                int last = some.get(some.size() - 1).number();
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
        }.of(views);
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

    private Code view(String parameter, View view) {
        Place place = view.place();
        List<Axis> axes =
                place.layout().dimensions().stream().flatMap(List::stream).toList();
        return Code.builder()
                .beginControlFlow("if ($L == $L)", parameter, view.number())
                .add("// $L\n", SourceText.comment(view.name()))
                .addStatement(
                        "return new $T($L,$Wnew int[] {$L},$Wnew int[] {$L},$W$L,$W$L)",
                        STRIDED_VIEW,
                        names.base(place, view.gradient()),
                        join(axes, Axis::extent),
                        join(axes, Axis::stride),
                        names.start(place),
                        place.sampleStride())
                .endControlFlow()
                .build();
    }

    private static String join(List<Axis> axes, ToIntFunction<Axis> part) {
        return axes.stream().map(axis -> String.valueOf(part.applyAsInt(axis))).collect(Collectors.joining(", "));
    }
}
