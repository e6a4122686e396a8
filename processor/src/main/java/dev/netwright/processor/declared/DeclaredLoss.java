package dev.netwright.processor.declared;

import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.graph.Attributes;
import java.util.List;

/**
 * A loss annotation.
 *
 * @param annotation its simple name
 * @param attributes of that annotation
 * @param of the outputs it judges; none for the only one
 * @param scale its weight in the sum of the losses
 * @param origin the annotation
 */
public record DeclaredLoss(String annotation, Attributes attributes, List<String> of, double scale, Origin origin) {
    public DeclaredLoss {
        of = List.copyOf(of);
    }
}
