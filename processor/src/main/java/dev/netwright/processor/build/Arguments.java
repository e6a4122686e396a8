package dev.netwright.processor.build;

import dev.netwright.processor.declared.DeclaredBlock;
import dev.netwright.processor.declared.DeclaredLayer;
import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.graph.Attributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the placeholders in the body of a block stand for where it is used. */
final class Arguments {
    /** Outside of blocks, where there are none. */
    static final Arguments NONE = new Arguments(null, null);

    private static final int LARGEST_FACTOR = 16;

    /** Below this a whole number can only be made of placeholders. */
    private static final int LEAST = -2_000_000;

    private static final double LEAST_REAL = -1e30;

    /** What stands for a number that is not known. */
    private static final Object UNKNOWN = new Object();

    private final DeclaredBlock block;
    private final Attributes attributes;

    /** @param attributes where the block is used */
    Arguments(DeclaredBlock block, Attributes attributes) {
        this.block = block;
        this.attributes = attributes;
    }

    /** A layer's attributes with all placeholders replaced; what cannot be is reported, and unknown. */
    Attributes of(DeclaredLayer layer, Site site) {
        return block == null ? layer.attributes() : of(layer.fieldName(), layer.attributes(), layer.origin(), site);
    }

    /** @param subject whose attributes these are */
    Attributes of(String subject, Attributes written, Origin origin, Site site) {
        if (block == null) {
            return written;
        }
        Map<String, Object> replaced = new LinkedHashMap<>();
        Set<String> unknown = new HashSet<>(written.unknown());
        written.written().forEach((name, value) -> {
            Object now = value instanceof List<?> several
                    ? all(name, several, subject, origin, site)
                    : one(name, value, subject, origin, site);
            if (now == UNKNOWN) {
                unknown.add(name);
            } else {
                replaced.put(name, now);
            }
        });
        return new Attributes(replaced, written.defaults(), unknown);
    }

    private Object all(String name, List<?> several, String subject, Origin origin, Site site) {
        List<Object> values = new ArrayList<>();
        for (Object value : several) {
            Object now = one(name, value, subject, origin, site);
            if (now == UNKNOWN) {
                return UNKNOWN;
            }
            values.add(now);
        }
        return values;
    }

    private Object one(String name, Object value, String subject, Origin origin, Site site) {
        if (value instanceof Integer number && number < LEAST) {
            return integer(name, number, subject, origin, site);
        } else if (value instanceof Double number && number < LEAST_REAL) {
            String attribute = block.placeholders().get(number);
            if (attribute == null) {
                site.add(Problem.PLACEHOLDER, origin.attribute(name), name, number, subject);
                return UNKNOWN;
            }
            return known(attribute);
        }
        return value;
    }

    private Object known(String attribute) {
        return attributes.unknown().contains(attribute) ? UNKNOWN : attributes.value(attribute);
    }

    private Object integer(String name, int number, String subject, Origin origin, Site site) {
        for (Map.Entry<Object, String> placeholder : block.placeholders().entrySet()) {
            if (!(placeholder.getKey() instanceof Integer of)) {
                continue;
            }
            if (number % of == 0 && number / of <= LARGEST_FACTOR) {
                Object value = known(placeholder.getValue());
                return value == UNKNOWN ? UNKNOWN : product((Integer) value, number / of);
            }
            for (int divisor = 2; divisor <= LARGEST_FACTOR; divisor++) {
                // as javac divides: 13 does not divide them, and no two quotients are equal for all that
                if (of / divisor == number) {
                    return divided(name, placeholder.getValue(), divisor, subject, origin, site);
                }
            }
        }
        site.add(Problem.PLACEHOLDER, origin.attribute(name), name, number, subject);
        return UNKNOWN;
    }

    /** One that is larger than any size is refused as a size. */
    private static Object product(int value, int factor) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, (long) value * factor));
    }

    private Object divided(String name, String attribute, int divisor, String subject, Origin origin, Site site) {
        Object value = known(attribute);
        if (value != UNKNOWN && (Integer) value % divisor != 0) {
            site.add(Problem.PLACEHOLDER_DIVIDES, origin.attribute(name), name, subject, value, divisor, attribute);
            return UNKNOWN;
        }
        return value == UNKNOWN ? UNKNOWN : (Object) ((Integer) value / divisor);
    }
}
