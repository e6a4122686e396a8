package dev.netwright.processor.declared;

import dev.netwright.processor.Compiled;
import dev.netwright.processor.diagnostic.Problem;

/**
 * A mistake.
 *
 * @param problem expected
 * @param source with {@link Compiled#CARET} before the expected place
 * @param text expected, without the id
 */
record Mistake(Problem problem, String source, String text) {
    @Override
    public String toString() {
        return problem + ": " + text.lines().findFirst().orElse("");
    }
}
