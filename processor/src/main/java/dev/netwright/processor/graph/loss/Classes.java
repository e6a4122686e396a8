package dev.netwright.processor.graph.loss;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Loss.Judged;
import dev.netwright.processor.graph.Loss.Reduction;
import dev.netwright.processor.graph.Loss.Terms;
import dev.netwright.processor.graph.LossWeights;
import dev.netwright.processor.graph.LossWeights.Kind;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Primitive.CrossEntropy;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.List;

/** What the losses over classes in dimension 0 of the sample have in common. */
final class Classes {
    private Classes() {}

    static void check(Shape input) {
        if (input.rank() == 0) {
            throw LayerException.shape(
                    "of", "%s needs a score for each class but receives a single number", "Give it a vector.");
        }
    }

    /** The same, for losses that know no places. */
    static void checkVector(Shape input) {
        if (input.rank() != 1) {
            throw LayerException.shape(
                    "of",
                    "%s needs a vector with a score for each class but receives the shape " + input,
                    "Flatten it first.");
        }
    }

    /** One target for each place. */
    static Shape places(Shape input) {
        return new Shape(input.sizes().subList(1, input.rank()));
    }

    static LossWeights weights(Attributes a, int classes) {
        List<Float> weights = numbers(a, "weight");
        if (!weights.isEmpty() && weights.size() != classes) {
            throw LayerException.shape(
                    "weight",
                    "weight of %s has " + weights.size() + " values, but there are " + classes + " classes",
                    "Write one value for each class.");
        }
        return LossWeights.of(Kind.CLASS, weights, classes);
    }

    static List<Float> numbers(Attributes a, String name) {
        return Reals.allFinite(a, name).stream().map(Double::floatValue).toList();
    }

    /** Writes cross entropy, whose primitive has the gradient too. */
    static Terms lower(Lowering lowering, Judged judged, CrossEntropy loss) {
        Value x = judged.inputs().get(0);
        Shape apart = x.shape().with(0, 1);
        Value losses = lowering.value("", loss.perElement() ? apart : Shape.of(), true);
        List<Value> inputs =
                new ArrayList<>(List.of(x, judged.target(), judged.weights().get(0)));
        if (!judged.trains()) {
            lowering.node(loss, inputs, List.of(losses));
            return new Terms(losses, List.of());
        }
        inputs.add(judged.factor());
        Value gradient = lowering.value(".grad", x.shape(), true);
        lowering.node(loss, inputs, List.of(losses, gradient));
        return new Terms(losses, List.of(gradient));
    }

    static Reduction reduction(Attributes a) {
        Reduction reduction = Reduction.valueOf(a.text("reduction"));
        if (reduction == Reduction.BATCHMEAN) {
            throw LayerException.ofValue(
                    "reduction",
                    "reduction of %s is BATCHMEAN, which KLDivLoss alone has",
                    "Write reduction = Reduction.MEAN, or SUM with a scale.");
        }
        return reduction;
    }
}
