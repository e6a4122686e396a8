package dev.netwright.runtime.optim;

import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.check.SimilarKeys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/** Assigns every trained parameter to a group and joins neighbours of one group. */
final class Segments {
    private Segments() {}

    /** The first group takes what no other matches. */
    static Optimizer.Segment[] of(List<ParameterSpec> specs, List<ParameterGroup<?>> groups) {
        List<Pattern> patterns = patterns(groups);
        int[] matches = new int[groups.size()];
        List<ParameterSpec> trained = new ArrayList<>(specs);
        trained.removeIf(spec -> !spec.trained());
        trained.sort(Comparator.comparingInt(ParameterSpec::gradientOffset));
        trained.forEach(spec -> matches[groupOf(spec.key(), patterns)]++);
        for (int group = 1; group < matches.length; group++) {
            if (matches[group] == 0) {
                throw new IllegalArgumentException(noMatch(groups.get(group).pattern(), trained));
            }
        }
        return joined(trained, spec -> groupOf(spec.key(), patterns));
    }

    /** The parameters' storage, neighbours of one group together. */
    static Optimizer.Segment[] joined(List<ParameterSpec> specs, ToIntFunction<ParameterSpec> groupOf) {
        List<ParameterSpec> ordered = new ArrayList<>(specs);
        ordered.sort(Comparator.comparingInt(ParameterSpec::gradientOffset));
        List<Optimizer.Segment> segments = new ArrayList<>();
        ordered.forEach(spec -> append(segments, groupOf.applyAsInt(spec), spec));
        return segments.toArray(new Optimizer.Segment[0]);
    }

    /** The parameters of each group, frozen ones included, in the order of the state dict. */
    static List<List<ParameterSpec>> grouped(List<ParameterSpec> specs, List<ParameterGroup<?>> groups) {
        List<Pattern> patterns = patterns(groups);
        List<List<ParameterSpec>> grouped = new ArrayList<>();
        groups.forEach(group -> grouped.add(new ArrayList<>()));
        for (ParameterSpec spec : specs) {
            if (spec.kind() == ParameterSpec.Kind.PARAMETER) {
                grouped.get(groupOf(spec.key(), patterns)).add(spec);
            }
        }
        return grouped;
    }

    static int groupOf(ParameterSpec spec, List<ParameterGroup<?>> groups) {
        return groupOf(spec.key(), patterns(groups));
    }

    private static List<Pattern> patterns(List<ParameterGroup<?>> groups) {
        return groups.stream().map(group -> glob(group.pattern())).toList();
    }

    private static int groupOf(String key, List<Pattern> patterns) {
        int found = 0;
        for (int group = 1; group < patterns.size(); group++) {
            if (patterns.get(group).matcher(key).matches()) {
                if (found != 0) {
                    throw new IllegalArgumentException("The parameter " + key + " is in two groups of the optimiser,"
                            + " number " + found + " and number " + group + ". Make their patterns narrower.");
                }
                found = group;
            }
        }
        return found;
    }

    private static void append(List<Optimizer.Segment> segments, int group, ParameterSpec spec) {
        int shift = spec.offset() - spec.gradientOffset();
        Optimizer.Segment last = segments.isEmpty() ? null : segments.get(segments.size() - 1);
        boolean apart = spec.reading() != ParameterSpec.Reading.WHOLE;
        if (last != null
                && !apart
                && last.rows() == null
                && last.group() == group
                && last.shift() == shift
                && last.to() == spec.gradientOffset()) {
            segments.set(
                    segments.size() - 1, new Optimizer.Segment(group, last.from(), spec.gradientEnd(), shift, null));
        } else {
            segments.add(new Optimizer.Segment(
                    group, spec.gradientOffset(), spec.gradientEnd(), shift, apart ? spec : null));
        }
    }

    private static String noMatch(String pattern, List<ParameterSpec> trained) {
        List<String> keys = new ArrayList<>();
        trained.forEach(spec -> keys.add(spec.key()));
        String similar = SimilarKeys.nearest(pattern, keys);
        return "The optimiser's group \"" + pattern + "\" matches no trained parameter"
                + (similar != null
                        ? "; did you mean \"" + similar + "\"?"
                        : keys.isEmpty() ? "." : ", such as \"" + keys.get(0) + "\".");
    }

    static Pattern glob(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (String literal : pattern.split("\\*", -1)) {
            regex.append(regex.length() == 0 ? "" : ".*").append(Pattern.quote(literal));
        }
        return Pattern.compile(regex.toString());
    }
}
