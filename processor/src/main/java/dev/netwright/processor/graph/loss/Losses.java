package dev.netwright.processor.graph.loss;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.Shape;
import java.util.Map;
import java.util.Set;

/** The catalogue of losses: an annotation's simple name and the factory of its operator. */
public final class Losses {
    /**
     * Makes a loss from an annotation's attributes and the shape of what it judges, or says with a {@link
     * dev.netwright.processor.graph.LayerException} why not.
     */
    @FunctionalInterface
    public interface Factory {
        Loss create(Attributes attributes, Shape input);
    }

    private static final Map<String, Factory> CATALOGUE = Map.of(
            "CrossEntropyLoss", CrossEntropyLoss::create,
            "NLLLoss", NLLLoss::create,
            "MSELoss", MSELoss::create,
            "L1Loss", L1Loss::create,
            "BCEWithLogitsLoss", BCEWithLogitsLoss::create);

    private Losses() {}

    public static Set<String> names() {
        return CATALOGUE.keySet();
    }

    public static Factory factory(String annotation) {
        return CATALOGUE.get(annotation);
    }
}
