package dev.netwright.processor.graph;

import java.util.List;
import java.util.stream.Stream;

/**
 * A loop over time: what is done at each of some steps, with rows of values that were computed before the loop, and with
 * states that each step makes of those of the step before. Values are a node's inputs, then its outputs. One of two
 * dimensions has rows: one for each step, or, a state, one more: what the first step begins with, and what each leaves. One of one
 * dimension has the same place at each step.
 *
 * @param steps number of steps
 * @param descending whether the last row is the first step's
 * @param before what is done once before the first step, with its rows
 * @param body what is done at each step, in order
 * @param cut above 0 at steps to which no gradient flows back through the states that they read; null for none
 */
public record Recurrence(int steps, boolean descending, List<Action> before, List<Action> body, Part cut) {
    public Recurrence {
        before = List.copyOf(before);
        body = List.copyOf(body);
    }

    /**
     * Some features of a value's row.
     *
     * @param value number of the input or output
     * @param row rows further than the step's
     * @param from first feature
     * @param size features; one is stretched to those of what is assigned
     */
    public record Part(int value, int row, int from, int size) {
        /** Some of these. */
        public Part part(int first, int count) {
            return new Part(value, row, from + first, count);
        }

        boolean holds(Part other) {
            return value == other.value
                    && row == other.row
                    && from <= other.from
                    && other.from + other.size <= from + size;
        }
    }

    /** Something that is done at a step. */
    public sealed interface Action {
        /** What tells it from others, as a part of a name. */
        String name();

        /** What it writes. */
        Part to();

        /** What it reads, but weights and biases. */
        Stream<Part> read();
    }

    /**
     * Element by element.
     *
     * @param formula of the arguments
     * @param arguments each of as many features as the result, or of one
     */
    public record Assign(String name, Part to, Dual formula, List<Part> arguments) implements Action {
        public Assign {
            arguments = List.copyOf(arguments);
        }

        @Override
        public Stream<Part> read() {
            return arguments.stream();
        }
    }

    /**
     * A product with a weight, to which others are added.
     *
     * @param to a whole row
     * @param x a whole row
     * @param weight number of the input
     * @param bias number of the input; {@link #NONE} for none
     * @param transposed whether it is the gradient by the product's input
     * @param addends whole rows
     */
    public record Multiply(String name, Part to, Part x, int weight, int bias, boolean transposed, List<Part> addends)
            implements Action {
        public static final int NONE = -1;

        public Multiply {
            addends = List.copyOf(addends);
        }

        @Override
        public Stream<Part> read() {
            return Stream.concat(Stream.of(x), addends.stream());
        }
    }

    /** The row of a state that a step makes; the other one is what it reads. */
    public int made() {
        return descending ? 0 : 1;
    }

    /** All that is done, in order. */
    public Stream<Action> actions() {
        return Stream.concat(before.stream(), body.stream());
    }

    /** The products. */
    public Stream<Multiply> products() {
        return actions().filter(Multiply.class::isInstance).map(Multiply.class::cast);
    }

    /** Whether a value has a row for what the first step begins with. */
    public boolean isState(Value value) {
        return value.shape().rank() == 2 && value.shape().size(0) == steps + 1;
    }

    /** A node's value by its number. */
    public static Value value(Node node, int number) {
        int inputs = node.inputs().size();
        return number < inputs ? node.inputs().get(number) : node.outputs().get(number - inputs);
    }
}
