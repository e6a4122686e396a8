package dev.netwright.benchmarks.subject;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts clocks into the source of a generated program: one at the start of each method, one behind each meeting of the workers, one at
 * the end of each loop over samples and of each method. A step is what lies between, named by the comments in front of it.
 */
final class Profiled {
    private static final Pattern PLACE =
            Pattern.compile("(?:protected|private) void (\\w+?)(?:\\d+_from_\\w+)?\\(Worker worker\\) \\{|//([^\\n]*)"
                    + "|worker\\.(?:barrier|meet)\\([^;]*\\);|\\w+\\.link\\(samples\\);|\\n {4}(?: {4})?(\\})");

    /**
     * A step.
     *
     * @param method the program's method
     * @param label what the generated comment says
     */
    record Step(String method, String label) {
        /** Whether it only moves data between the caller's arrays and the network's layout. */
        boolean boundary(boolean first) {
            return label.contains("from the caller")
                    || label.contains("to the caller")
                    || first && method.equals("backward");
        }
    }

    private Profiled() {}

    /** The source with clocks; adds its steps to those known so far. */
    static String source(String text, List<Step> steps) {
        Matcher place = PLACE.matcher(text);
        StringBuilder result = new StringBuilder();
        String method = "";
        List<String> comments = new ArrayList<>();
        while (place.find()) {
            String clock = "";
            if (place.group(1) != null) {
                method = place.group(1);
                comments.clear();
                clock = "\ndev.netwright.benchmarks.subject.StepClock.begin(worker);";
            } else if (place.group(2) != null) {
                comments.add(place.group(2).strip());
            } else if (!method.isEmpty()) {
                clock = "\ndev.netwright.benchmarks.subject.StepClock.mark(worker, " + steps.size() + ");";
                steps.add(new Step(method, String.join("; ", comments)));
                comments.clear();
            }
            boolean end = place.group(3) != null;
            if (place.group().equals("\n    }")) {
                // the caller's barrier is behind the method, and worker 0 may have had nothing to do
                clock = method.isEmpty() ? "" : "\nworker.barrier();" + clock;
                method = "";
            }
            place.appendReplacement(
                    result, Matcher.quoteReplacement(end ? clock + place.group() : place.group() + clock));
        }
        return place.appendTail(result).toString();
    }
}
