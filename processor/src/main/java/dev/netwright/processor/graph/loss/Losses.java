package dev.netwright.processor.graph.loss;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** The catalogue of losses: an annotation's simple name, how many outputs it judges, and the factory of its operator. */
public final class Losses {
    /**
     * Makes a loss from an annotation's attributes and the shapes of what it judges, or says with a {@link
     * dev.netwright.processor.graph.LayerException} why not.
     */
    @FunctionalInterface
    public interface Factory {
        Loss create(Attributes attributes, List<Shape> inputs);
    }

    private static final Losses ALL = new Losses();

    private final Map<String, Factory> factories = new HashMap<>();
    private final Map<String, Integer> outputs = new HashMap<>();

    private Losses() {
        steps("BCELoss", BCELoss::create);
        steps("BCEWithLogitsLoss", BCEWithLogitsLoss::create);
        several("CTCLoss", 1, CTCLoss::create);
        several("CosineEmbeddingLoss", 2, CosineEmbeddingLoss::create);
        steps("CrossEntropyLoss", CrossEntropyLoss::create);
        several("GaussianNLLLoss", 2, StepLoss.of(GaussianNLLLoss::create, 2));
        steps("HingeEmbeddingLoss", HingeEmbeddingLoss::create);
        steps("HuberLoss", HuberLoss::create);
        steps("KLDivLoss", KLDivLoss::create);
        steps("L1Loss", L1Loss::create);
        steps("MSELoss", MSELoss::create);
        several("MarginRankingLoss", 2, StepLoss.of(MarginRankingLoss::create, 2));
        one("MultiLabelMarginLoss", MultiLabelMarginLoss::create);
        steps("MultiLabelSoftMarginLoss", MultiLabelSoftMarginLoss::create);
        one("MultiMarginLoss", MultiMarginLoss::create);
        steps("NLLLoss", NLLLoss::create);
        steps("PoissonNLLLoss", PoissonNLLLoss::create);
        steps("SmoothL1Loss", SmoothL1Loss::create);
        steps("SoftMarginLoss", SoftMarginLoss::create);
        several("TripletMarginLoss", 3, TripletMarginLoss::create);
        several("TripletMarginWithDistanceLoss", 3, TripletMarginWithDistanceLoss::create);
    }

    private void one(String annotation, BiFunction<Attributes, Shape, Loss> factory) {
        several(annotation, 1, (attributes, inputs) -> factory.apply(attributes, inputs.get(0)));
    }

    /** One whose losses may be those of steps. */
    private void steps(String annotation, BiFunction<Attributes, Shape, Loss> factory) {
        several(annotation, 1, StepLoss.of((attributes, inputs) -> factory.apply(attributes, inputs.get(0)), 1));
    }

    private void several(String annotation, int judged, Factory factory) {
        factories.put(annotation, factory);
        outputs.put(annotation, judged);
    }

    public static Set<String> names() {
        return ALL.factories.keySet();
    }

    public static Factory factory(String annotation) {
        return ALL.factories.get(annotation);
    }

    /** How many outputs a loss judges at once. */
    public static int outputs(String annotation) {
        return ALL.outputs.getOrDefault(annotation, 1);
    }
}
