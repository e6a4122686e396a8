package dev.netwright.processor.declared;

import dev.netwright.processor.diagnostic.Origin;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The body of a block.
 *
 * @param name the annotation's simple name
 * @param qualifiedName with its package
 * @param placeholders the attribute that each placeholder stands for, by its value: an Integer or a Double
 * @param inputs their names
 * @param layers in source order
 * @param companion what was generated beside it
 * @param source whether it is compiled along with what uses it
 * @param suppressed ids of the lints that it silences
 * @param origin the annotation's declaration
 */
public record DeclaredBlock(
        String name,
        String qualifiedName,
        Map<Object, String> placeholders,
        List<String> inputs,
        List<DeclaredLayer> layers,
        Companion companion,
        boolean source,
        Set<String> suppressed,
        Origin origin) {
    public DeclaredBlock {
        placeholders = Map.copyOf(placeholders);
        inputs = List.copyOf(inputs);
        layers = List.copyOf(layers);
        suppressed = Set.copyOf(suppressed);
    }
}
