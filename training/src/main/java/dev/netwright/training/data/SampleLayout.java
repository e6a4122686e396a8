package dev.netwright.training.data;

import java.util.List;

/**
 * What each sample of a data set consists of.
 *
 * @param inputs in the order in which the network declares its inputs; at least one
 * @param targets in the order of its losses; none for data to predict on
 */
public record SampleLayout(List<Field> inputs, List<Field> targets) {

    /**
     * Copies the lists.
     *
     * @param inputs at least one
     * @param targets may be empty
     * @throws IllegalArgumentException if there is no input
     */
    public SampleLayout {
        inputs = List.copyOf(inputs);
        targets = List.copyOf(targets);
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("A sample has at least one input.");
        }
    }

    /**
     * One input and a class.
     *
     * @param input the input
     * @return the layout
     */
    public static SampleLayout labelled(Field input) {
        return new SampleLayout(List.of(input), List.of(Field.LABEL));
    }
}
