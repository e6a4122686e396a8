package dev.netwright.processor.build;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerException;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Makes what an annotation declares, or tells all that is wrong with the annotation: an attribute at fault is left out,
 * and what does not rest on it is still checked.
 *
 * @param <T> a layer or a loss
 */
final class Maker<T> {
    /** Attributes that name other values: without them nothing is known of the shapes. */
    private static final Set<String> SOURCES = Set.of("from", "of");

    private final Function<Attributes, T> onInputs;
    private final Function<Attributes, T> onStandIns;

    /**
     * @param onInputs makes it, or throws what is wrong; null where the inputs are not known
     * @param onStandIns makes it on shapes of which nothing is to be told
     */
    Maker(Function<Attributes, T> onInputs, Function<Attributes, T> onStandIns) {
        this.onInputs = onInputs;
        this.onStandIns = onStandIns;
    }

    /**
     * @param mistakes takes what is wrong
     * @throws ArithmeticException if it would be larger than anything can be
     */
    Optional<T> make(Attributes declared, Consumer<LayerException> mistakes) {
        Attributes attributes = declared;
        Function<Attributes, T> factory = onInputs == null ? onStandIns : onInputs;
        while (true) {
            try {
                T made = factory.apply(attributes);
                boolean right = factory == onInputs && attributes.unknown().isEmpty();
                return right ? Optional.of(made) : Optional.empty();
            } catch (LayerException e) {
                boolean told = factory == onInputs || e.isOfValue();
                if (told && Collections.disjoint(attributes.unknown(), e.attributes())) {
                    mistakes.accept(e);
                }
                boolean ofInputs = e.attribute() == null || SOURCES.contains(e.attribute());
                if (ofInputs && factory == onInputs) {
                    factory = onStandIns;
                } else if (ofInputs || attributes.unknown().contains(e.attribute())) {
                    return Optional.empty();
                } else {
                    attributes = attributes.without(e.attribute());
                }
            } catch (ArithmeticException e) {
                if (factory == onInputs && attributes.unknown().isEmpty()) {
                    throw e;
                }
                return Optional.empty();
            }
        }
    }
}
