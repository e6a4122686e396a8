package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;
import static dev.netwright.processor.graph.Expr.constant;
import static dev.netwright.processor.graph.LayerAttribute.list;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * (x - mean) / std of each channel, x / 255 taking x's place where the layer reads an input of bytes.
 * Its gradient is its own: it reads an input where the caller has it, which no other forward does.
 *
 * @param output shape of one sample
 * @param mean one for all channels, or one for each
 * @param std likewise
 * @param bytes whether it reads an input of bytes
 */
public record Normalize(Shape output, List<Double> mean, List<Double> std, boolean bytes) implements Layer {
    /** Each takes 1 KB. */
    private static final int MOST_TABLES = 64;

    public Normalize {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
    }

    static Normalize create(Attributes a, List<Shape> inputs) {
        Shape input = Activation.single(inputs);
        int channels = input.rank() == 0 ? 1 : input.size(0);
        return new Normalize(input, perChannel(a, "mean", channels), deviations(a, channels), false);
    }

    private static List<Double> perChannel(Attributes a, String name, int channels) {
        List<Double> values = Reals.allFinite(a, name);
        if (values.size() != 1 && values.size() != channels) {
            throw new LayerException(
                    name,
                    name + " of %s has " + values.size() + " values, but its input has " + channels + " channels",
                    "Write one value for each of the " + channels + ", or a single one for all.");
        }
        return values;
    }

    private static List<Double> deviations(Attributes a, int channels) {
        List<Double> values = perChannel(a, "std", channels);
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).floatValue() == 0) {
                throw LayerException.ofValue(
                        "std",
                        "std of %s is " + values.get(i) + (values.size() == 1 ? "" : " for channel " + i)
                                + ", but is divided by and may not be 0",
                        "Write the standard deviation of the values, such as std = 0.25.");
            }
        }
        return values;
    }

    @Override
    public Layer reading(List<Value> inputs) {
        return new Normalize(output, mean, std, inputs.get(0).type() == ElementType.UINT8);
    }

    @Override
    public String name() {
        return "Normalize";
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(list("mean", mean), list("std", std));
    }

    @Override
    public long flops() {
        return 2L * output.elements();
    }

    /** Sets of mean and deviation. */
    private int sets() {
        return Math.max(mean.size(), std.size());
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        Value x = inputs.get(0);
        if (bytes && sets() <= MOST_TABLES) {
            Value table = l.apply(
                    new Primitive.ByteTable(floats(mean), floats(std)),
                    ".table",
                    Shape.of(sets(), 256),
                    false,
                    List.of());
            return l.apply(new Primitive.Lookup(), "", output, true, List.of(x, table));
        }
        List<Value> arguments = new ArrayList<>(List.of(x));
        Expr scaled = bytes ? arg(0).dividedBy(constant(255)) : arg(0);
        Expr centred = scaled.minus(operand(l, ".mean", mean, arguments));
        Expr y = centred.dividedBy(operand(l, ".std", std, arguments));
        return x.role() == Value.Role.INPUT
                ? l.apply(new Primitive.Load(y), "", output, true, arguments)
                : l.map(y, arguments.toArray(Value[]::new));
    }

    /** A constant, or a further argument with a value for each channel. */
    private Expr operand(Lowering l, String suffix, List<Double> values, List<Value> arguments) {
        if (values.size() == 1) {
            return constant(values.get(0));
        }
        Value table = l.apply(new Primitive.Table(floats(values)), suffix, Shape.of(values.size()), false, List.of());
        arguments.add(l.perChannel(table, output));
        return arg(arguments.size() - 1);
    }

    /** As many as there are sets. */
    private List<Float> floats(List<Double> values) {
        List<Double> all = values.size() == sets() ? values : Collections.nCopies(sets(), values.get(0));
        return all.stream().map(Double::floatValue).toList();
    }

    @Override
    public List<Value> backward(Lowering l, Forward f, Value gradient) {
        if (!l.needsGradient(0)) {
            return Collections.singletonList(null);
        }
        List<Value> arguments = new ArrayList<>(List.of(gradient));
        Expr byInput = arg(0).dividedBy(operand(l, ".std", std, arguments));
        return List.of(l.map(".grad", byInput, arguments.toArray(Value[]::new)));
    }
}
