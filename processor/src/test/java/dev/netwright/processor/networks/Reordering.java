package dev.netwright.processor.networks;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes to generated source that leave a sum the same in exact arithmetic, and in floats nearly so. */
final class Reordering {
    private static final String LOOP = "for \\(int k%d = 0; k%<d < \\d+; k%<d\\+\\+\\) \\{";
    private static final Pattern LOOPS =
            Pattern.compile("(" + LOOP.formatted(0) + ")(\\s*)(" + LOOP.formatted(1) + ")", Pattern.DOTALL);
    private static final String SAMPLES = "for (int sample = 0; sample < samples; sample++)";

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

    /** Lets a kernel add up its samples from the last to the first. */
    static String reverseSamples(String source, String kernel) {
        int method = source.indexOf("public void " + kernel + "(");
        int loop = source.indexOf(SAMPLES, method);
        if (method < 0 || loop < 0) {
            throw new IllegalArgumentException(kernel + " has no loop over samples");
        }
        return source.substring(0, loop) + "for (int sample = samples - 1; sample >= 0; sample--)"
                + source.substring(loop + SAMPLES.length());
    }
}
