package dev.netwright.processor.build;

import dev.netwright.processor.declared.DeclaredPatterns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which parameters are not trained, by patterns of their keys; and which patterns match none. */
final class Frozen {
    private final DeclaredPatterns declared;
    private final List<Pattern> patterns;
    private final Set<Integer> used = new TreeSet<>();

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

    boolean matches(String key) {
        boolean any = false;
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matcher(key).matches()) {
                used.add(i);
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

    /** Indices of the patterns that nothing matched. */
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
