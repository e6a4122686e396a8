package dev.netwright.runtime;

import java.util.Objects;

/**
 * Who reads how many steps each sample has, as an input of ints tells.
 *
 * @param reader the layer's name, or the loss's
 * @param input the input's number
 * @param steps how many there are at most
 */
public record StepLengths(String reader, int input, int steps) {
    /**
     * Refuses a name that is null.
     *
     * @param reader the layer's name, or the loss's
     * @param input the input's number
     * @param steps how many there are at most
     */
    public StepLengths {
        Objects.requireNonNull(reader, "reader");
    }

    /**
     * Refuses numbers of steps that are out of range.
     *
     * @param n number of samples
     * @param inputs the network's inputs that are ints, in declared order of all inputs
     * @throws IllegalArgumentException if a sample has no step, or more than there are; the message names it
     */
    public void check(int n, int[][] inputs) {
        int[] lengths = inputs[input];
        for (int s = 0; s < n; s++) {
            if (lengths[s] < 1 || lengths[s] > steps) {
                throw new IllegalArgumentException("The length " + lengths[s] + " of sample " + s + " for " + reader
                        + " must be from 1 to " + steps + ", the steps of a sample.");
            }
        }
    }
}
