package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A layer over steps, whose last inputs may tell how many of them each sample has. */
public interface StepReader extends Layer {
    /** The attribute that names them. */
    String LENGTHS = "lengths";

    /** The same of what a decoder attends to. */
    String MEMORY_LENGTHS = "memoryLengths";

    /** 1 where a place, the second argument, is within a length, the first; else 0. */
    Expr WITHIN = Expr.select(Comparison.LT, Expr.arg(1), Expr.arg(0), Expr.constant(1), Expr.constant(0));

    /**
     * 1 where a step is within its sample, else 0: with the shape of the lengths, but for the dimension of the steps.
     *
     * @param lengths with sizes of 1 alone
     */
    static Value mask(Lowering l, Value lengths, int dimension, int steps) {
        Shape shape = lengths.shape().with(dimension, steps);
        return l.map(".mask", Dual.fixed(WITHIN), lengths, l.reshape(l.table(IntStream.range(0, steps)), shape));
    }

    /** An input that tells them. */
    String NUMBER = "@Input(name = \"length\", shape = 1, type = InputType.INT32)";

    /**
     * What an attribute limits.
     *
     * @param attribute that names the input
     * @param steps of a sample at most
     */
    record Limit(String attribute, int steps) {}

    /** Those that are given, in the order of the last inputs. */
    List<Limit> limits();

    /** The input that tells one of them. */
    default Value lengths(List<Value> inputs, int limit) {
        return inputs.get(inputs.size() - limits().size() + limit);
    }

    /** What a layer reads besides what tells lengths. */
    static <T> List<T> others(List<T> inputs, List<Limit> limits) {
        return inputs.subList(0, inputs.size() - limits.size());
    }

    /** Refuses lengths that are not one number. */
    static void check(String attribute, Shape given) {
        if (given.elements() != 1) {
            throw LayerException.shape(
                    attribute,
                    attribute + " of %s are one number for each sample, but receive " + given,
                    "Name an input of one number: " + NUMBER + ".");
        }
    }

    /** Those of some attributes that are written, whose inputs are checked. */
    static List<Limit> limits(Attributes a, List<Shape> inputs, List<Limit> possible) {
        List<Limit> written = new ArrayList<>(possible);
        written.removeIf(limit -> !a.isWritten(limit.attribute()));
        int first = inputs.size() - written.size();
        for (int i = 0; i < written.size(); i++) {
            check(written.get(i).attribute(), inputs.get(first + i));
        }
        return written;
    }

    @Override
    default Layer reading(List<Value> inputs) {
        for (int i = 0; i < limits().size(); i++) {
            Value given = lengths(inputs, i);
            String attribute = limits().get(i).attribute();
            if (given.type() != ElementType.INT32) {
                throw new LayerException(
                        attribute,
                        attribute + " of %s are whole numbers, but " + given.name() + " is "
                                + (given.role() == Value.Role.INPUT
                                        ? "an input of floats or bytes"
                                        : "what a layer computes"),
                        "Name an input of ints: " + NUMBER + ".");
            }
        }
        return this;
    }
}
