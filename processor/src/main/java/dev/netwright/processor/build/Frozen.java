package dev.netwright.processor.build;

import dev.netwright.processor.declared.DeclaredPatterns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which parameters are not trained, by patterns of their keys; and which patterns match none. */
final class Frozen {
    private final DeclaredPatterns declared;
    private final List<Pattern> patterns;
    private final Set<Integer> used = new TreeSet<>();
    private final Map<Integer, List<String>> buffers = new HashMap<>();

    /** @param declared null where everything is trained */
    Frozen(DeclaredPatterns declared) {
        this.declared = declared;
        this.patterns = declared == null
                ? List.of()
                : declared.values().stream().map(Frozen::pattern).toList();
    }

    private static Pattern pattern(String glob) {
        return Pattern.compile(
                Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    /** Whether a parameter is not trained. */
    boolean matches(String key) {
        return matches(key, used::add);
    }

    /** Of a buffer or counter, which nothing trains. */
    void passes(String key) {
        matches(
                key,
                pattern -> buffers.computeIfAbsent(pattern, any -> new ArrayList<>())
                        .add(key));
    }

    private boolean matches(String key, IntConsumer found) {
        boolean any = false;
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matcher(key).matches()) {
                found.accept(i);
                any = true;
            }
        }
        return any;
    }

    /** Whether a layer of this key, or one that has one of these parameters, computes as in evaluation. */
    boolean evaluates(String key, List<String> parameters) {
        boolean asked = declared != null && declared.evaluation();
        return asked && (matches(key) || parameters.stream().anyMatch(this::matches));
    }

    /** The keys of buffers that a pattern matched. */
    List<String> buffers(int pattern) {
        return buffers.getOrDefault(pattern, List.of());
    }

    /** Indices of the patterns that freeze nothing. */
    List<Integer> unused() {
        List<Integer> unused = new ArrayList<>();
        for (int i = 0; i < patterns.size(); i++) {
            if (!used.contains(i)) {
                unused.add(i);
            }
        }
        return unused;
    }
}
