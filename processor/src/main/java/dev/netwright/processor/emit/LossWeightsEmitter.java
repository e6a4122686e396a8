package dev.netwright.processor.emit;

import static dev.netwright.processor.emit.RuntimeNames.LOSS_WEIGHTS_KIND;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.LossWeights;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** The methods that give a loss weights at run time, of networks with a loss that takes them. */
final class LossWeightsEmitter {
    private final NetworkFacts network;

    LossWeightsEmitter(NetworkFacts network) {
        this.network = network;
    }

    void addTo(TypeSpec.Builder type) {
        for (LossWeights.Kind kind : LossWeights.Kind.values()) {
            List<LossTerm> taking = network.losses().stream()
                    .filter(term -> term.loss().runTimeWeights().stream().anyMatch(each -> each.kind() == kind))
                    .toList();
            if (taking.size() == 1) {
                type.addMethod(method(kind, taking)
                        .addParameter(float[].class, "weights")
                        .addStatement("lossWeights($T.$L, weights)", LOSS_WEIGHTS_KIND, kind)
                        .build());
            }
            if (!taking.isEmpty() && network.losses().size() > 1) {
                type.addMethod(method(kind, taking)
                        .addJavadoc("@param output whose loss\n")
                        .addParameter(String.class, "output")
                        .addParameter(float[].class, "weights")
                        .addStatement("lossWeights($T.$L, output, weights)", LOSS_WEIGHTS_KIND, kind)
                        .build());
            }
        }
    }

    private static MethodSpec.Builder method(LossWeights.Kind kind, List<LossTerm> taking) {
        boolean classes = kind == LossWeights.Kind.CLASS;
        String losses =
                taking.stream().map(term -> term.loss().name()).distinct().collect(Collectors.joining(", "));
        return MethodSpec.methodBuilder(kind.method())
                .addJavadoc(
                        "Sets what $L weighs $L by, from the next pass on. Files of the model keep it.\n\n"
                                + "@param weights one for each $L\n",
                        losses,
                        classes ? "classes" : "positive targets",
                        classes ? "class" : "of these")
                .addModifiers(Modifier.PUBLIC);
    }
}
