package dev.netwright.processor.declared;

import dev.netwright.processor.diagnostic.Origin;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a network may need.
 *
 * @param limits by the attributes that were written, in the order in which they are told
 * @param batch samples of a training step
 * @param fails whether more is an error
 * @param origin the annotation
 */
public record DeclaredBudget(Map<String, Long> limits, int batch, boolean fails, Origin origin) {
    public DeclaredBudget {
        limits = Collections.unmodifiableMap(new LinkedHashMap<>(limits));
    }
}
