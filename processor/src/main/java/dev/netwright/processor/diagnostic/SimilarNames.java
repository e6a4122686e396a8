package dev.netwright.processor.diagnostic;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a misspelt name was perhaps meant to be. */
public final class SimilarNames {
    private static final int MOST_LISTED = 8;

    private SimilarNames() {}

    /**
     * The known name with the fewest edits from this one, if they are at most a third of its length; of equals the
     * first.
     */
    public static Optional<String> nearest(String name, Collection<String> known) {
        int most = Math.max(1, name.length() / 3);
        return known.stream()
                .filter(candidate -> Math.abs(name.length() - candidate.length()) <= most)
                .filter(candidate -> distance(name, candidate) <= most)
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
    }

    /** In brackets, behind a list of all that is known: the nearest, or nothing. */
    public static String didYouMean(String name, Collection<String> known) {
        return nearest(name, known)
                .map(found -> " (did you mean \"" + found + "\"?)")
                .orElse("");
    }

    /** A sentence that suggests the nearest name, or lists the first few where none is near. */
    public static String suggestion(String name, Collection<String> known) {
        return nearest(name, known)
                .map(found -> "Did you mean \"" + found + "\"?")
                .orElseGet(() -> "Known are: " + list(known) + ".");
    }

    /** The first few of some names. */
    public static String list(Collection<String> names) {
        List<String> first = names.stream().limit(MOST_LISTED).toList();
        int others = names.size() - first.size();
        return String.join(", ", first) + (others > 0 ? " and " + others + " others" : "");
    }

    /** Insertions, deletions, replacements and swaps of neighbours; case does not count. */
    static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
