package dev.netwright.processor.declared;

import dev.netwright.processor.diagnostic.Origin;
import java.util.List;

/**
 * An annotation on a class that names several things of it, such as {@code @Remove} and {@code @Frozen}.
 *
 * @param values names, or patterns
 * @param evaluation whether frozen layers evaluate
 * @param origin the annotation
 */
public record DeclaredPatterns(List<String> values, boolean evaluation, Origin origin) {
    public DeclaredPatterns {
        values = List.copyOf(values);
    }
}
