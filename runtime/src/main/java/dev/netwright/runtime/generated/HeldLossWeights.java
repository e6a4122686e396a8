package dev.netwright.runtime.generated;

import dev.netwright.runtime.LossDefinition;
import dev.netwright.runtime.LossWeights;
import dev.netwright.runtime.MalformedFileException;
import dev.netwright.runtime.ModelDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a model's losses weigh classes by. Weights that are given are a new array, so that a pass ends with those that it
 * began with.
 */
final class HeldLossWeights {
    /** One loss's. */
    private record Entry(String key, String loss, LossWeights weights) {}

    private final List<Entry> entries = new ArrayList<>();
    /** Those that were given, as files keep them, by key. */
    private final TreeMap<String, String> given = new TreeMap<>();

    private volatile float[] values;

    HeldLossWeights(ModelDefinition definition) {
        int end = 0;
        for (int l = 0; l < definition.losses().size(); l++) {
            LossDefinition loss = definition.losses().get(l);
            for (LossWeights weights : loss.weights()) {
                entries.add(new Entry((l + 1) + "." + weights.kind().method(), loss.name(), weights));
                end = weights.offset() + weights.count();
            }
        }
        float[] start = new float[entries.isEmpty() ? 0 : end + Program.SLACK];
        entries.forEach(entry ->
                System.arraycopy(entry.weights.start(), 0, start, entry.weights.offset(), entry.weights.count()));
        values = start;
    }

    /** Those in force, each where its definition says. */
    float[] values() {
        return values;
    }

    /** Gives the one loss that takes such weights others. */
    void give(LossWeights.Kind kind, float[] weights) {
        give(kind, entries.stream().filter(e -> e.weights.kind() == kind).toList(), weights);
    }

    /** Gives those losses of an output that take such weights others. */
    void give(LossWeights.Kind kind, String of, float[] weights) {
        List<Entry> taking =
                entries.stream().filter(e -> e.weights.kind() == kind).toList();
        List<Entry> chosen =
                taking.stream().filter(e -> e.weights.of().equals(of)).toList();
        if (chosen.isEmpty()) {
            String names = taking.stream()
                    .map(e -> "\"" + e.weights.of() + "\"")
                    .distinct()
                    .collect(Collectors.joining(", "));
            throw new IllegalArgumentException("No loss that takes " + kind.method() + " judges \"" + of
                    + "\"; there are such losses of " + names + ".");
        }
        give(kind, chosen, weights);
    }

    private synchronized void give(LossWeights.Kind kind, List<Entry> chosen, float[] weights) {
        Objects.requireNonNull(weights, kind.method());
        chosen.forEach(entry -> check(entry, weights));
        float[] next = values.clone();
        for (Entry entry : chosen) {
            put(entry, weights, next);
        }
        values = next;
    }

    private static void check(Entry entry, float[] weights) {
        int count = entry.weights.count();
        boolean oneForAll = entry.weights.kind() == LossWeights.Kind.POSITIVE && weights.length == 1;
        String what = entry.weights.kind().method() + " of " + entry.loss;
        if (weights.length != count && !oneForAll) {
            throw new IllegalArgumentException(what + " has " + weights.length + " values, but must have " + count
                    + (entry.weights.kind() == LossWeights.Kind.CLASS ? ", one for each class." : ".")
                    + " Nothing was changed.");
        }
        for (int i = 0; i < weights.length; i++) {
            if (!(weights[i] >= 0 && weights[i] < Float.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(what + " is " + weights[i] + " at position " + i
                        + ", but each must be a finite number of at least 0. Nothing was changed.");
            }
        }
    }

    private void put(Entry entry, float[] weights, float[] into) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < entry.weights.count(); i++) {
            float weight = weights[weights.length == 1 ? 0 : i];
            into[entry.weights.offset() + i] = weight;
            text.append(i == 0 ? "" : " ").append(weight);
        }
        given.put(entry.key, text.toString());
    }

    /** Those that were given, a line for each loss, for files; empty if none were. */
    synchronized String text() {
        return given.entrySet().stream()
                .map(entry -> entry.getKey() + ' ' + entry.getValue())
                .collect(Collectors.joining("\n"));
    }

    /** Checks what {@link #text()} gave and changes nothing yet. */
    Runnable prepare(String source, String text) throws MalformedFileException {
        List<Runnable> prepared = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] words = line.split(" ");
            Entry entry = entries.stream()
                    .filter(e -> e.key.equals(words[0]))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(source + " has " + words[0]
                            + " of a loss, which this network has not; nothing was changed. To take over the weights"
                            + " of the layers alone: model.loadStateDict(StateDicts.read(path), true)."));
            float[] weights = new float[words.length - 1];
            try {
                for (int i = 0; i < weights.length; i++) {
                    weights[i] = Float.parseFloat(words[i + 1]);
                }
            } catch (NumberFormatException malformed) {
                throw new MalformedFileException(source + " is damaged: its " + words[0] + " are no numbers.");
            }
            try {
                check(entry, weights);
            } catch (IllegalArgumentException mismatch) {
                throw new IllegalArgumentException(source + ": " + mismatch.getMessage(), mismatch);
            }
            prepared.add(() -> give(entry.weights.kind(), List.of(entry), weights));
        }
        return () -> prepared.forEach(Runnable::run);
    }
}
