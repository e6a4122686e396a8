package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;
import static dev.netwright.processor.graph.Expr.constant;

import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.Functions;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.ParameterDeclaration;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Recurrence.Part;
import dev.netwright.processor.graph.RecurrenceBuilder;
import dev.netwright.processor.graph.RecurrenceBuilder.State;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A layer over time: the product with what it reads is one over all steps, that with its state is part of the loop. Layers
 * lie one upon the other, each perhaps with one that goes back from the last step. Formulas are those of PyTorch's
 * documentation of {@code RNN}, {@code LSTM} and {@code GRU}.
 */
interface Recurrent extends Derived, StepReader {
    Stack stack();

    /** States besides the hidden one, by the names of what they are at last. */
    default List<String> cells() {
        return List.of();
    }

    @Override
    default List<Limit> limits() {
        return stack().masked() ? List.of(new Limit(LENGTHS, stack().steps())) : List.of();
    }

    /** Rows of a weight for each feature of the state. */
    int gates();

    /** Whether the products with what is read and with the state are only added. */
    default boolean addsProducts() {
        return true;
    }

    /** Writes what a step makes of its gates. */
    void step(Direction d);

    /**
     * Parameters of one direction.
     *
     * @param ofInput by which what is read is multiplied
     * @param ofState by which the state is
     * @param biasOfInput null for none
     * @param biasOfState null for none
     * @param projection by which the result is; null for none
     */
    record Weights(Value ofInput, Value ofState, Value biasOfInput, Value biasOfState, Value projection) {
        /** With the sum of both biases in the product over all steps. */
        Weights biasedOnce(Lowering l, String suffix) {
            if (biasOfInput == null) {
                return this;
            }
            Value bias = l.map(suffix + ".bias", Dual.variable(0).plus(Dual.variable(1)), biasOfInput, biasOfState);
            return new Weights(ofInput, ofState, bias, null, projection);
        }
    }

    /**
     * One direction of one layer, while it is written.
     *
     * @param suffix of the names of its values
     * @param loop what it is written to
     * @param rows what it reads: the product of each step, bias included
     * @param hidden what it gives
     * @param cells further states
     * @param weights by which states are multiplied
     * @param mask 1 where a step is within its sample; null where all are
     */
    record Direction(
            String suffix,
            RecurrenceBuilder loop,
            Part rows,
            State hidden,
            List<State> cells,
            Weights weights,
            Part mask) {
        /** A step's gates: the product with the state, added to what it reads. */
        Part gates() {
            return loop.product(suffix + ".gates", hidden.previous(), weights.ofState(), weights.biasOfState(), rows);
        }

        /** The product with the state alone. */
        Part products() {
            return loop.product(suffix + ".products", hidden.previous(), weights.ofState(), weights.biasOfState());
        }

        Part elements(String name, Dual formula, Part... arguments) {
            return loop.elements(suffix + "." + name, formula, arguments);
        }

        /** A state's new elements; where the step is beyond its sample it stays. */
        void become(State state, String name, Dual formula, Part... arguments) {
            if (mask == null) {
                loop.assign(suffix + "." + name, state, formula, arguments);
                return;
            }
            Part computed = elements(name + "New", formula, arguments);
            keep(state, name, computed);
        }

        private void keep(State state, String name, Part computed) {
            Dual kept = Dual.select(Comparison.GT, arg(2), constant(0), Dual.variable(0), Dual.variable(1));
            loop.assign(suffix + "." + name, state, kept, computed, state.previous(), mask);
        }

        /** The hidden state's new elements, perhaps projected. */
        void give(Dual formula, Part... arguments) {
            if (weights.projection() == null) {
                become(hidden, "hidden", formula, arguments);
                return;
            }
            Part wide = elements("wide", formula, arguments);
            if (mask == null) {
                loop.product(suffix + ".hidden", hidden, wide, weights.projection());
            } else {
                keep(hidden, "hidden", loop.product(suffix + ".narrow", wide, weights.projection(), null));
            }
        }
    }

    @Override
    default Shape output() {
        Stack stack = stack();
        return Shape.of(stack.steps(), stack.directions() * stack.width());
    }

    @Override
    default Map<String, Shape> further() {
        Stack stack = stack();
        Map<String, Shape> further = new LinkedHashMap<>();
        int rows = stack.layers() * stack.directions();
        further.put("hn", Shape.of(rows, stack.width()));
        cells().forEach(name -> further.put(name, Shape.of(rows, stack.hidden())));
        return further;
    }

    @Override
    default List<ParameterDeclaration> parameters() {
        return stack().parameters(gates());
    }

    @Override
    default List<LayerAttribute> attributes() {
        return stack().attributes();
    }

    @Override
    default long flops() {
        return stack().flops(gates());
    }

    @Override
    default Value forward(Lowering l, List<Value> inputs) {
        List<List<Value>> last = new ArrayList<>();
        Value y = forward(l, inputs, l::parameter, last);
        List<String> names = List.copyOf(further().keySet());
        for (int i = 0; i < names.size(); i++) {
            int state = i;
            List<Value> rows = last.stream().map(each -> each.get(state)).toList();
            l.give(names.get(i), joined(l, "." + names.get(i), 0, rows));
        }
        return y;
    }

    /** What the states of the only layer are at last, each a row. */
    default List<Value> states(Lowering l, List<Value> inputs, Function<String, Value> parameters) {
        List<List<Value>> last = new ArrayList<>();
        forward(l, inputs, parameters, last);
        return last.get(0);
    }

    /**
     * Writes all layers.
     *
     * @param parameters by name
     * @param last what the states of each layer and direction are at last, which is added to
     * @return what the last layer gives at each step
     */
    private Value forward(Lowering l, List<Value> inputs, Function<String, Value> parameters, List<List<Value>> last) {
        Stack stack = stack();
        Value x = inputs.get(0);
        List<Value> initial = stack.initial() ? inputs.subList(1, 2 + cells().size()) : List.of();
        Value lengths = stack.masked() ? l.reshape(lengths(inputs, 0), Shape.of(1, 1)) : null;
        Value mask = lengths == null ? null : StepReader.mask(l, lengths, 0, stack.steps());
        List<Value> cuts = cuts(l, lengths);
        for (int layer = 0; layer < stack.layers(); layer++) {
            List<Value> both = new ArrayList<>();
            for (int direction = 0; direction < stack.directions(); direction++) {
                int row = layer * stack.directions() + direction;
                List<Value> first = initial.stream()
                        .map(value -> l.reshape(
                                rows(l, value, row, 1), Shape.of(value.shape().size(1))))
                        .toList();
                String suffix = stack.suffix(layer, direction);
                Weights weights = new Weights(
                        parameters.apply("weight_ih" + suffix),
                        parameters.apply("weight_hh" + suffix),
                        stack.bias() ? parameters.apply("bias_ih" + suffix) : null,
                        stack.bias() ? parameters.apply("bias_hh" + suffix) : null,
                        stack.projects() ? parameters.apply("weight_hr" + suffix) : null);
                Value cut = cuts.isEmpty() ? null : cuts.get(direction);
                both.add(direction(l, x, suffix, direction == 1, weights, first, mask, cut, last));
            }
            x = joined(l, "", 1, both);
            if (layer < stack.layers() - 1) {
                x = l.part("dropout" + layer, new Dropout(x.shape(), stack.dropout()), x);
            }
        }
        return x;
    }

    /** Writes a loop, adds its states' last rows, and returns what it gives at each step. */
    private Value direction(
            Lowering l,
            Value x,
            String suffix,
            boolean back,
            Weights weights,
            List<Value> first,
            Value mask,
            Value cut,
            List<List<Value>> last) {
        Stack stack = stack();
        int steps = stack.steps();
        Weights added = addsProducts() ? weights.biasedOnce(l, suffix) : weights;
        Value rows = l.product(
                suffix + ".rows", x, added.ofInput(), added.biasOfInput(), Shape.of(steps, gates() * stack.hidden()));
        RecurrenceBuilder loop = new RecurrenceBuilder(l, steps, back);
        List<State> states = new ArrayList<>();
        states.add(loop.state(suffix + ".h", stack.width(), first.isEmpty() ? null : first.get(0)));
        for (int i = 0; i < cells().size(); i++) {
            String name = suffix + "." + cells().get(i).charAt(0);
            states.add(loop.state(name, stack.hidden(), first.isEmpty() ? null : first.get(i + 1)));
        }
        Direction d = new Direction(
                suffix,
                loop,
                loop.given(rows),
                states.get(0),
                states.subList(1, states.size()),
                added,
                mask == null ? null : loop.given(mask));
        step(d);
        if (cut != null) {
            loop.cut(cut);
        }
        Value y = mask == null
                ? null
                : loop.sequence(
                        suffix + ".y",
                        Dual.select(Comparison.GT, arg(1), constant(0), Dual.variable(0), Dual.fixed(0)),
                        states.get(0).made(),
                        d.mask());
        loop.write();
        last.add(states.stream()
                .map(state -> rows(l, state.value(), back ? 0 : steps, 1))
                .toList());
        return y != null ? y : rows(l, states.get(0).value(), back ? 0 : 1, steps);
    }

    /**
     * Of each direction, 1 where gradients are cut: every so many steps from where a sample's first one is. Empty where they
     * never are.
     *
     * @param lengths null where all steps are within
     */
    private List<Value> cuts(Lowering l, Value lengths) {
        Stack stack = stack();
        int last = stack.steps() - 1;
        if (!l.differentiates() || stack.truncated() == 0 || stack.truncated() > last) {
            return List.of();
        }
        List<Value> cuts = new ArrayList<>();
        for (int direction = 0; direction < stack.directions(); direction++) {
            if (lengths == null) {
                boolean back = direction == 1;
                cuts.add(column(
                        l,
                        IntStream.rangeClosed(0, last)
                                .map(t -> back ? last - t : t)
                                .map(t -> t > 0 && t % stack.truncated() == 0 ? 1 : 0)));
            } else {
                Expr passed = direction == 1 ? arg(0).minus(constant(1)).minus(arg(1)) : arg(1);
                Expr within = Expr.select(Comparison.LT, arg(1), arg(0), passed, constant(0));
                Expr times = Functions.floor(within.dividedBy(constant(stack.truncated())));
                Expr whole =
                        Expr.select(Comparison.EQ, times.times(stack.truncated()), within, constant(1), constant(0));
                Expr cut = Expr.select(Comparison.GT, within, constant(0), whole, constant(0));
                cuts.add(l.map(
                        ".cuts" + direction, Dual.fixed(cut), lengths, column(l, IntStream.range(0, stack.steps()))));
            }
        }
        return cuts;
    }

    private static Value column(Lowering l, IntStream rows) {
        Value table = l.table(rows);
        return l.reshape(table, Shape.of(table.shape().size(0), 1));
    }

    private static Value rows(Lowering l, Value value, int from, int count) {
        return value.shape().size(0) == count ? value : l.slice(value, 0, from, count);
    }

    private static Value joined(Lowering l, String suffix, int dimension, List<Value> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        int size = parts.stream().mapToInt(part -> part.shape().size(dimension)).sum();
        Shape shape = parts.get(0).shape().with(dimension, size);
        return l.apply(new Primitive.Concatenate(dimension), suffix, shape, true, parts);
    }
}
