package dev.netwright.processor.graph.layer;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.reference.AnnotationAttributes;
import java.util.Arrays;
import java.util.Map;

/** Layers made as from an annotation, by themselves. */
final class LayerMaking {
    private LayerMaking() {}

    static Layer layer(String annotation, Map<String, Object> written, Shape... inputs) {
        return Layers.factory(annotation).create(AnnotationAttributes.of(annotation, written), Arrays.asList(inputs));
    }

    static LayerException refused(String annotation, Map<String, Object> written, Shape... inputs) {
        return catchThrowableOfType(LayerException.class, () -> layer(annotation, written, inputs));
    }
}
