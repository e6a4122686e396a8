package dev.netwright.runtime.check;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Finds the key somebody probably meant. */
public final class SimilarKeys {
    /** Beyond this many candidates the quadratic search would be slower than the load it explains. */
    private static final int MAX_CANDIDATES = 2_000;

    private SimilarKeys() {}

    /** The nearest candidate within a third of the key's length in edits; null if there is none. */
    public static String nearest(String key, Collection<String> candidates) {
        if (candidates.size() > MAX_CANDIDATES) {
            return null;
        }
        String nearest = null;
        int least = key.length() / 3 + 1;
        for (String candidate : candidates) {
            if (Math.abs(candidate.length() - key.length()) < least) {
                int distance = distance(key, candidate);
                if (distance < least) {
                    least = distance;
                    nearest = candidate;
                }
            }
        }
        return nearest != null ? nearest : sameTail(key, candidates);
    }

    /** Wrappers such as DataParallel put a prefix before every key. */
    private static String sameTail(String key, Collection<String> candidates) {
        for (String candidate : candidates) {
            if (candidate.endsWith("." + key) || key.endsWith("." + candidate)) {
                return candidate;
            }
        }
        return null;
    }

    /** What stands before a missing key in every unexpected one; null if there is no such prefix. */
    public static String commonPrefix(Collection<String> missing, Collection<String> unexpected) {
        if (missing.isEmpty() || unexpected.isEmpty()) {
            return null;
        }
        String first = unexpected.iterator().next();
        Set<String> wanted = new HashSet<>(missing);
        for (int dot = first.indexOf('.') + 1; dot > 0; dot = first.indexOf('.', dot) + 1) {
            String prefix = first.substring(0, dot);
            boolean everywhere = unexpected.stream()
                    .allMatch(key -> key.startsWith(prefix) && wanted.contains(key.substring(prefix.length())));
            if (everywhere) {
                return prefix;
            }
        }
        return null;
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
