package dev.netwright.runtime.files;

import dev.netwright.runtime.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Renames the keys of a state dict, so that weights saved under other names fit a network. Rules apply one after the
 * other, each to the result of those before it.
 *
 * <pre>{@code
 * KeyMapping mapping = KeyMapping.of().stripPrefix("module.").rename("fc.*", "classifier.6.*").drop("aux.*");
 * net.loadStateDict(mapping.apply(StateDicts.read(path)));
 * }</pre>
 */
public final class KeyMapping {
    /** Gives the new key; null drops the entry. */
    private final List<UnaryOperator<String>> rules;

    private KeyMapping(List<UnaryOperator<String>> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * Without rules: every key stays.
     *
     * @return a mapping to add rules to
     */
    public static KeyMapping of() {
        return new KeyMapping(List.of());
    }

    private KeyMapping with(UnaryOperator<String> rule) {
        List<UnaryOperator<String>> more = new ArrayList<>(rules);
        more.add(rule);
        return new KeyMapping(more);
    }

    /**
     * Takes a prefix off the keys that have it, such as {@code module.}, which {@code DataParallel} puts before them.
     *
     * @param prefix as it stands in the keys, usually with a dot at its end
     * @return a mapping with this rule too
     */
    public KeyMapping stripPrefix(String prefix) {
        return with(key -> key.startsWith(prefix) ? key.substring(prefix.length()) : key);
    }

    /**
     * Puts a prefix before every key.
     *
     * @param prefix usually with a dot at its end
     * @return a mapping with this rule too
     */
    public KeyMapping addPrefix(String prefix) {
        return with(key -> prefix + key);
    }

    /**
     * Renames the keys that match a pattern.
     *
     * @param from a key, or a pattern with one {@code *} that stands for any text, dots included
     * @param to the new key; its {@code *} stands for the same text
     * @return a mapping with this rule too
     * @throws IllegalArgumentException if the two do not have the same number of stars, none or one
     */
    public KeyMapping rename(String from, String to) {
        int star = from.indexOf('*');
        if (star != from.lastIndexOf('*')
                || to.indexOf('*') != to.lastIndexOf('*')
                || star < 0 != to.indexOf('*') < 0) {
            throw new IllegalArgumentException(
                    "rename takes two keys, or two patterns with one * each, but was given \"" + from + "\" and \"" + to
                            + "\".");
        }
        return with(key -> {
            String middle = matched(from, key);
            return middle == null ? key : to.replace("*", middle);
        });
    }

    /**
     * Leaves out the keys that match a pattern.
     *
     * @param pattern a key, or a pattern with one {@code *} that stands for any text, dots included
     * @return a mapping with this rule too
     */
    public KeyMapping drop(String pattern) {
        return with(key -> matched(pattern, key) == null ? key : null);
    }

    /** What the star stands for, empty without one; null if the pattern does not match. */
    private static String matched(String pattern, String key) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(key) ? "" : null;
        }
        String head = pattern.substring(0, star);
        String tail = pattern.substring(star + 1);
        boolean matches = key.length() >= head.length() + tail.length() && key.startsWith(head) && key.endsWith(tail);
        return matches ? key.substring(star, key.length() - tail.length()) : null;
    }

    /**
     * Renames the keys of a state dict.
     *
     * @param state tensors by key
     * @return the same tensors under their new keys, in the same order
     * @throws IllegalArgumentException if two keys become the same
     */
    public Map<String, Tensor> apply(Map<String, Tensor> state) {
        Map<String, Tensor> renamed = new LinkedHashMap<>();
        Map<String, String> origins = new LinkedHashMap<>();
        state.forEach((key, tensor) -> {
            String target = key;
            for (UnaryOperator<String> rule : rules) {
                target = target == null ? null : rule.apply(target);
            }
            if (target == null) {
                return;
            }
            String other = origins.putIfAbsent(target, key);
            if (other != null) {
                throw new IllegalArgumentException(
                        "The mapping gives \"" + other + "\" and \"" + key + "\" the same name \"" + target + "\".");
            }
            renamed.put(target, tensor);
        });
        return renamed;
    }
}
