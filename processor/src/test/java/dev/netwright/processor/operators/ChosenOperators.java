package dev.netwright.processor.operators;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** With {@code -Dnetwright.test.operators=Permute,Slice} only these are tested, else all. */
final class ChosenOperators {
    private static final Set<String> ONLY = Arrays.stream(
                    System.getProperty("netwright.test.operators", "").split(","))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toSet());

    private ChosenOperators() {}

    static boolean has(String annotation) {
        return areAll() || ONLY.contains(annotation);
    }

    static boolean areAll() {
        return ONLY.isEmpty();
    }
}
