package dev.netwright.runtime;

import dev.netwright.runtime.check.SimilarKeys;
import java.util.ArrayList;
import java.util.List;

/**
 * What did not fit when a state dict was loaded.
 *
 * @param missing keys of the model that the state does not have; they keep their values
 * @param unexpected keys of the state that the model does not have
 * @param mismatched keys of both whose shape or type differs; they keep their values
 */
public record LoadResult(List<Missing> missing, List<String> unexpected, List<Mismatched> mismatched) {
    private static final int MAX_LINES = 20;

    /**
     * A key that the state does not have.
     *
     * @param key the model's key
     * @param similar the most similar unexpected key, or null if none is near
     */
    public record Missing(String key, String similar) {}

    /**
     * An entry whose shape or type differs.
     *
     * @param key the key
     * @param expected type and shape in the model
     * @param found type and shape in the state
     */
    public record Mismatched(String key, String expected, String found) {}

    /**
     * Copies the lists.
     *
     * @param missing keys that the state does not have
     * @param unexpected keys that the model does not have
     * @param mismatched keys whose shape or type differs
     */
    public LoadResult {
        missing = List.copyOf(missing);
        unexpected = List.copyOf(unexpected);
        mismatched = List.copyOf(mismatched);
    }

    /**
     * Whether everything fitted.
     *
     * @return true if all lists are empty
     */
    public boolean complete() {
        return missing.isEmpty() && unexpected.isEmpty() && mismatched.isEmpty();
    }

    /** What stands before a missing key in every unexpected one; null if there is no such prefix. */
    String prefix() {
        return SimilarKeys.commonPrefix(missing.stream().map(Missing::key).toList(), unexpected);
    }

    /**
     * One line for each key, at most 20 of a list.
     *
     * @return "everything fitted" if it did
     */
    @Override
    public String toString() {
        if (complete()) {
            return "everything fitted";
        }
        List<String> lines = new ArrayList<>();
        String prefix = prefix();
        if (prefix != null) {
            lines.add("every unexpected key is a missing one behind \"" + prefix + "\": KeyMapping.of().stripPrefix(\""
                    + prefix + "\").apply(state) takes it off");
        }
        List<String> missingLines = new ArrayList<>();
        for (Missing one : missing) {
            missingLines.add("missing " + one.key()
                    + (one.similar() == null ? "" : " (did you mean " + one.similar() + ", which is unexpected?)"));
        }
        List<String> unexpectedLines = new ArrayList<>();
        unexpected.forEach(key -> unexpectedLines.add("unexpected " + key));
        List<String> mismatchedLines = new ArrayList<>();
        for (Mismatched one : mismatched) {
            mismatchedLines.add(
                    "mismatch " + one.key() + ": the model has " + one.expected() + ", the state has " + one.found());
        }
        addCapped(lines, missingLines);
        addCapped(lines, unexpectedLines);
        addCapped(lines, mismatchedLines);
        return String.join("\n", lines);
    }

    private static void addCapped(List<String> lines, List<String> more) {
        lines.addAll(more.subList(0, Math.min(MAX_LINES, more.size())));
        if (more.size() > MAX_LINES) {
            lines.add("and " + (more.size() - MAX_LINES) + " more");
        }
    }
}
