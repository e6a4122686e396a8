package dev.netwright.processor.declared;

import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.graph.Attributes;
import java.util.List;
import java.util.Set;

/**
 * A field that declares a layer.
 *
 * @param fieldName its name in the model
 * @param writtenKey its name in the state dict, or null where that is the field's
 * @param annotation the layer annotation's simple name; null where there is not exactly one, which has been reported
 * @param block what the annotation stands for where it is a block of the user's; null for ours
 * @param attributes of that annotation
 * @param from names of its inputs as written, or null for the layer before
 * @param repeat how often it stands in a row, or null for once
 * @param insertAfter the inherited layer that it is put behind, or null
 * @param keepOutput whether its last output can be asked for
 * @param output whether it is marked as an output of the network
 * @param inits how its parameters start, where not as the layer's default
 * @param suppressed ids of the lints that the field silences
 * @param origin the layer annotation
 * @param keyOrigin what gives the key
 * @param insertOrigin what names the layer before
 */
public record DeclaredLayer(
        String fieldName,
        String writtenKey,
        String annotation,
        DeclaredBlock block,
        Attributes attributes,
        List<String> from,
        DeclaredRepeat repeat,
        String insertAfter,
        boolean keepOutput,
        boolean output,
        List<DeclaredInit> inits,
        Set<String> suppressed,
        Origin origin,
        Origin keyOrigin,
        Origin insertOrigin) {
    /** The annotation of a layer that has another one's weights. */
    public static final String SHARED = "Shared";

    public DeclaredLayer {
        from = from == null ? null : List.copyOf(from);
        inits = List.copyOf(inits);
        suppressed = Set.copyOf(suppressed);
    }

    public String key() {
        return writtenKey == null ? fieldName : writtenKey;
    }

    public boolean isShared() {
        return SHARED.equals(annotation);
    }
}
