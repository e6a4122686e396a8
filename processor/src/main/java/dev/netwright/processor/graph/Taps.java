package dev.netwright.processor.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Along one dimension, the inputs that each output is a weighted sum of.
 *
 * @param inputs how many inputs there are
 * @param outputs the taps of each output, in the order in which they are added
 */
public record Taps(int inputs, List<List<Tap>> outputs) {
    /**
     * One term of an output.
     *
     * @param input which input
     * @param weight what it is multiplied with
     */
    public record Tap(int input, float weight) {}

    /** One output, which is the only input. */
    public static final Taps SINGLE = new Taps(1, List.of(List.of(new Tap(0, 1))));

    public Taps {
        outputs = outputs.stream().map(List::copyOf).toList();
    }

    public int size() {
        return outputs.size();
    }

    /** Taps of the output that has most. */
    public int most() {
        return outputs.stream().mapToInt(List::size).max().orElse(0);
    }

    /** The gradient by the inputs: each is the weighted sum of the outputs that it is a term of. */
    public Taps transposed() {
        List<List<Tap>> byInput = new ArrayList<>();
        for (int i = 0; i < inputs; i++) {
            byInput.add(new ArrayList<>());
        }
        for (int o = 0; o < outputs.size(); o++) {
            for (Tap tap : outputs.get(o)) {
                byInput.get(tap.input()).add(new Tap(o, tap.weight()));
            }
        }
        return new Taps(outputs.size(), byInput);
    }

    /** Of pairs of outputs, the second's going fastest: the products of their taps. */
    public Taps times(Taps second) {
        List<List<Tap>> pairs = new ArrayList<>();
        for (List<Tap> some : outputs) {
            for (List<Tap> others : second.outputs) {
                List<Tap> products = new ArrayList<>();
                for (Tap a : some) {
                    for (Tap b : others) {
                        products.add(new Tap(a.input() * second.inputs + b.input(), a.weight() * b.weight()));
                    }
                }
                pairs.add(products);
            }
        }
        return new Taps(inputs * second.inputs, pairs);
    }

    /** How many neighbouring outputs each input is copied to, where that is the same for all; else 0. */
    public int repeats() {
        int each = outputs.size() / inputs;
        boolean even = each * inputs == outputs.size()
                && IntStream.range(0, outputs.size())
                        .allMatch(o -> outputs.get(o).equals(List.of(new Tap(o / each, 1))));
        return even ? each : 0;
    }

    /** Whether all outputs are copies. */
    public boolean copies() {
        return outputs.stream().allMatch(taps -> taps.size() == 1 && taps.get(0).weight() == 1);
    }
}
