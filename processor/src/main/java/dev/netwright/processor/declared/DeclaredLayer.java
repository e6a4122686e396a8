package dev.netwright.processor.declared;

import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.graph.Attributes;
import java.util.List;
import java.util.Set;

/**
 * A field that declares a layer.
 *
 * @param fieldName its name in the model
 * @param key its name in the state dict
 * @param annotation the layer annotation's simple name; null where there is not exactly one, which has been reported
 * @param attributes of that annotation
 * @param from names of its inputs as written, or null for the layer before
 * @param keepOutput whether its last output can be asked for
 * @param output whether it is marked as an output of the network
 * @param inits how its parameters start, where not as the layer's default
 * @param suppressed ids of the lints that the field silences
 * @param origin the layer annotation
 * @param keyOrigin what gives the key
 */
public record DeclaredLayer(
        String fieldName,
        String key,
        String annotation,
        Attributes attributes,
        List<String> from,
        boolean keepOutput,
        boolean output,
        List<DeclaredInit> inits,
        Set<String> suppressed,
        Origin origin,
        Origin keyOrigin) {
    public DeclaredLayer {
        from = from == null ? null : List.copyOf(from);
        inits = List.copyOf(inits);
        suppressed = Set.copyOf(suppressed);
    }
}
