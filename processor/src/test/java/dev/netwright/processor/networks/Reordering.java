package dev.netwright.processor.networks;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes to generated source that leave a sum the same in exact arithmetic, and in floats nearly so. */
final class Reordering {
    private static final String LOOP = "for \\(int k%d = 0; k%<d < \\d+; k%<d\\+\\+\\) \\{";
    private static final Pattern LOOPS =
            Pattern.compile("(" + LOOP.formatted(0) + ")(\\s*)(" + LOOP.formatted(1) + ")", Pattern.DOTALL);
    private static final Pattern SAMPLES =
            Pattern.compile("for \\(int sample = (0|first); sample < (samples|end); sample\\+\\+\\)");

    private Reordering() {}

    /** Swaps the two loops of the sum in every tile whose name begins so. */
    static String swapLoops(String source, String tile) {
        Matcher names = Pattern.compile("private (static )?void " + tile).matcher(source);
        StringBuilder changed = new StringBuilder(source);
        while (names.find()) {
            Matcher loops = LOOPS.matcher(source);
            if (!loops.find(names.start())) {
                throw new IllegalArgumentException(tile + " has no two loops");
            }
            // both orders are of the same length, so later positions stay
            changed.replace(loops.start(), loops.end(), loops.group(3) + loops.group(2) + loops.group(1));
        }
        return changed.toString();
    }

    /** Lets a kernel add up the samples of each block from the last to the first. */
    static String reverseSamples(String source, String kernel) {
        int method = source.indexOf("public void " + kernel + "(");
        Matcher loop = SAMPLES.matcher(source);
        if (method < 0 || !loop.find(method)) {
            throw new IllegalArgumentException(kernel + " has no loop over samples");
        }
        return source.substring(0, loop.start())
                + "for (int sample = %s - 1; sample >= %s; sample--)".formatted(loop.group(2), loop.group(1))
                + source.substring(loop.end());
    }
}
