package dev.netwright.processor.pass;

import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.ExprProgram;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Taps;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Value.Role;
import dev.netwright.processor.reference.ReferenceCustom;
import dev.netwright.runtime.generated.Support;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a lowered program by naive loops, expressions in float and sums in double: what a pass did can be checked
 * without generating code. Of convolutions and losses
 * it knows nothing; they have rules of their own that only kernels need.
 */
final class ProgramInterpreter {
    private final int samples;
    private final Map<String, double[]> given;
    private final Map<Value, double[]> values = new HashMap<>();
    private final Map<String, double[]> gradients = new HashMap<>();

    /** @param given inputs, parameters, seeds and what is drawn, by name */
    ProgramInterpreter(int samples, Map<String, double[]> given) {
        this.samples = samples;
        this.given = given;
    }

    void run(Graph program) {
        for (Node node : program.nodes()) {
            if (node.phase() != Node.Phase.COMMIT) {
                run(node);
            }
        }
    }

    double[] value(Value value) {
        boolean external = value.role() != Role.ACTIVATION;
        return external ? given.get(value.name()) : values.get(value);
    }

    /** Sums of gradients by the parameter's name. */
    Map<String, double[]> gradients() {
        return gradients;
    }

    private void run(Node node) {
        Primitive primitive = node.operator();
        if (primitive instanceof Primitive.CustomGradient custom) {
            customGradient(custom, node);
            return;
        }
        if (primitive instanceof Primitive.Scan) {
            List<double[]> made = new Loops(node, samples, this::value).run();
            for (int i = 0; i < made.size(); i++) {
                values.put(node.outputs().get(i), made.get(i));
            }
            return;
        }
        Value output = node.output();
        if (output.role() == Role.GRADIENT) {
            double[] sum = gradients.computeIfAbsent(
                    output.name(), name -> new double[output.shape().elements()]);
            double[] part = compute(primitive, node);
            Arrays.setAll(sum, i -> sum[i] + part[i]);
            return;
        }
        values.put(output, compute(primitive, node));
    }

    private void customGradient(Primitive.CustomGradient custom, Node node) {
        List<Value> inputs = node.inputs().subList(0, node.outputs().size());
        double[] gradient = value(node.inputs().get(node.inputs().size() - 1));
        List<double[]> gradients = ReferenceCustom.gradients(
                custom.operator(),
                inputs.stream().map(Value::shape).toList(),
                inputs.stream().map(this::value).toList(),
                gradient);
        for (int i = 0; i < gradients.size(); i++) {
            values.put(node.outputs().get(i), gradients.get(i));
        }
    }

    private double[] compute(Primitive primitive, Node node) {
        Value output = node.output();
        double[] first = node.inputs().isEmpty() ? null : value(node.inputs().get(0));
        if (primitive instanceof Primitive.Map map) {
            return new Elements(map.expr(), node.inputs()).all(output.shape(), output.batched());
        }
        if (primitive instanceof Primitive.Load load) {
            return new Elements(load.expr(), node.inputs()).all(output.shape(), output.batched());
        }
        if (primitive instanceof Primitive.Table table) {
            return table.values().stream().mapToDouble(Float::doubleValue).toArray();
        }
        if (primitive instanceof Reduce reduce) {
            return reduce(reduce, node);
        }
        if (primitive instanceof Primitive.Reshape || primitive instanceof Primitive.Accumulate) {
            return first.clone();
        }
        if (primitive instanceof Primitive.DivideByCount divide) {
            return Arrays.stream(first)
                    .map(v -> v / ((double) samples * divide.perSample()))
                    .toArray();
        }
        if (primitive instanceof Primitive.Draw draw) {
            if (draw.sharing() == Primitive.Draw.Sharing.PASSES) {
                return constant(draw, output.shape().elements());
            }
            double[] drawn = given.get(output.name());
            double[] numbers = new double[samples * output.shape().elements()];
            Arrays.setAll(numbers, i -> drawn[i * (drawn.length / numbers.length)]);
            return numbers;
        }
        if (primitive instanceof Primitive.Gather) {
            return gather(first, value(node.inputs().get(1)), node);
        }
        if (primitive instanceof Primitive.GatherGradient gradient) {
            return scatter(gradient, first, value(node.inputs().get(1)), output);
        }
        if (primitive instanceof Primitive.MaxPool pool) {
            Pools pools = new Pools(node, samples, this::value);
            values.put(node.outputs().get(1), pools.places(pool));
            return pools.largest(pool);
        }
        if (primitive instanceof Primitive.MaxPoolGradient pool) {
            return new Pools(node, samples, this::value).gradient(pool);
        }
        if (primitive instanceof Primitive.AveragePool pool) {
            return new Pools(node, samples, this::value).average(pool, false);
        }
        if (primitive instanceof Primitive.AveragePoolGradient pool) {
            return new Pools(node, samples, this::value)
                    .average(new Primitive.AveragePool(pool.windows(), pool.countIncludePad(), pool.divisor()), true);
        }
        if (primitive instanceof Primitive.Custom custom) {
            return ReferenceCustom.forward(
                    custom.operator(),
                    node.inputs().stream().map(Value::shape).toList(),
                    node.inputs().stream().map(this::value).toList(),
                    samples);
        }
        if (primitive instanceof Primitive.Product
                || primitive instanceof Primitive.ProductInputGradient
                || primitive instanceof Primitive.ProductWeightGradient) {
            double[] bias = node.inputs().size() > 2 ? value(node.inputs().get(2)) : null;
            return new Products(node, first, value(node.inputs().get(1))).compute(bias);
        }
        if (primitive instanceof Primitive.MatMul) {
            return new Matrices(node, samples)
                    .product(first, value(node.inputs().get(1)));
        }
        if (primitive instanceof Primitive.Resample resample) {
            return resample(resample, node);
        }
        if (primitive instanceof Primitive.Pad pad) {
            return pad(pad, node, false);
        }
        if (primitive instanceof Primitive.PadGradient gradient) {
            return pad(gradient.pad(), node, true);
        }
        if (primitive instanceof Primitive.Concatenate concatenate) {
            return concatenate(concatenate.dimension(), node);
        }
        if (primitive instanceof Primitive.Permute permute) {
            return permute(permute.order(), node);
        }
        if (primitive instanceof Primitive.Slice slice) {
            return slice(slice, node);
        }
        throw new IllegalArgumentException("no rule for " + primitive);
    }

    /** What is drawn once and for all. */
    private double[] constant(Primitive.Draw draw, int size) {
        float[] drawn = new float[samples * size];
        Support.draw(drawn, 0, size, draw.stream(), true, 0, 0, 0, samples);
        double[] numbers = new double[drawn.length];
        Arrays.setAll(numbers, i -> drawn[i]);
        return numbers;
    }

    private static double[] gather(double[] indices, double[] weight, Node node) {
        int length = node.inputs().get(1).shape().size(1);
        double[] rows = new double[indices.length * length];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(weight, (int) indices[i] * length, rows, i * length, length);
        }
        return rows;
    }

    private static double[] scatter(Primitive.GatherGradient how, double[] indices, double[] gradient, Value to) {
        int length = to.shape().size(1);
        double[] sums = new double[to.shape().elements()];
        int shared = indices.length * length / gradient.length;
        for (int i = 0; i < indices.length * length; i++) {
            int row = (int) indices[i / length];
            double one = gradient[i / length / shared * length + i % length];
            long named = how.byFrequency()
                    ? Arrays.stream(indices).filter(index -> index == row).count()
                    : 1;
            sums[row * length + i % length] += row == how.padding() ? 0 : one / named;
        }
        return sums;
    }

    /** An expression over values that are broadcast. */
    private final class Elements {
        private final ExprProgram program;
        private final List<Value> arguments;
        private final float[] elements;

        Elements(Expr expr, List<Value> arguments) {
            this.program = new ExprProgram(expr);
            this.arguments = arguments;
            this.elements = new float[arguments.size()];
        }

        float at(int sample, int[] index) {
            for (int i = 0; i < elements.length; i++) {
                Value argument = arguments.get(i);
                int offset = 0;
                int missing = index.length - argument.shape().rank();
                for (int d = 0; d < argument.shape().rank(); d++) {
                    int size = argument.shape().size(d);
                    offset = offset * size + (size == 1 ? 0 : index[missing + d]);
                }
                int start = argument.batched() ? sample * argument.shape().elements() : 0;
                elements[i] = (float) value(argument)[start + offset];
            }
            return program.evaluate(elements);
        }

        double[] all(Shape shape, boolean batched) {
            int size = shape.elements();
            double[] result = new double[batched ? samples * size : size];
            Arrays.setAll(result, i -> at(i / size, index(shape, i % size)));
            return result;
        }
    }

    private static int[] index(Shape shape, int element) {
        int[] index = new int[shape.rank()];
        int rest = element;
        for (int d = shape.rank() - 1; d >= 0; d--) {
            index[d] = rest % shape.size(d);
            rest /= shape.size(d);
        }
        return index;
    }

    private static int offset(Shape shape, int[] index) {
        int offset = 0;
        for (int d = 0; d < index.length; d++) {
            offset = offset * shape.size(d) + index[d];
        }
        return offset;
    }

    private double[] reduce(Reduce reduce, Node node) {
        Shape shape = node.space();
        Shape small = node.output().shape();
        double[] result = new double[(reduce.overBatch() ? 1 : samples) * small.elements()];
        Arrays.fill(result, reduce.kind() == Reduce.Kind.MAX ? Double.NEGATIVE_INFINITY : 0);
        Elements elements = new Elements(reduce.expr(), node.inputs());
        for (int i = 0; i < samples * shape.elements(); i++) {
            int sample = i / shape.elements();
            int[] index = index(shape, i % shape.elements());
            double element = elements.at(sample, index);
            reduce.dimensions().forEach(d -> index[d] = 0);
            int at = (reduce.overBatch() ? 0 : sample * small.elements()) + offset(small, index);
            result[at] = reduce.kind() == Reduce.Kind.MAX ? Math.max(result[at], element) : result[at] + element;
        }
        double count = (reduce.overBatch() ? samples : 1) * (double) shape.elements() / small.elements();
        return reduce.kind() == Reduce.Kind.MEAN
                ? Arrays.stream(result).map(v -> v / count).toArray()
                : result;
    }

    private double[] resample(Primitive.Resample resample, Node node) {
        Taps rows = resample.rows();
        Taps columns = resample.columns();
        double[] x = value(node.inputs().get(0));
        double[] y = new double[samples * node.output().shape().elements()];
        for (int i = 0; i < y.length; i++) {
            int plane = i / columns.size() / rows.size();
            for (Taps.Tap row : rows.outputs().get(i / columns.size() % rows.size())) {
                for (Taps.Tap column : columns.outputs().get(i % columns.size())) {
                    int from = (plane * rows.inputs() + row.input()) * columns.inputs() + column.input();
                    y[i] += (double) row.weight() * column.weight() * x[from];
                }
            }
        }
        return y;
    }

    private double[] pad(Primitive.Pad pad, Node node, boolean backward) {
        Shape small = backward ? node.output().shape() : node.inputs().get(0).shape();
        Shape large = backward ? node.inputs().get(0).shape() : node.output().shape();
        double[] from = value(node.inputs().get(0));
        double[] result = new double[times(node) * node.output().shape().elements()];
        for (int i = 0; i < times(node) * large.elements(); i++) {
            int[] index = index(large, i % large.elements());
            boolean constant = false;
            for (int d = 0; d < index.length; d++) {
                int size = small.size(d);
                int place = index[d] - pad.before().get(d);
                index[d] = place >= 0 && place < size
                        ? place
                        : switch (pad.mode()) {
                            case CONSTANT -> -1;
                            case REFLECT -> place < 0 ? -place : 2 * size - 2 - place;
                            case REPLICATE -> place < 0 ? 0 : size - 1;
                            case CIRCULAR -> Math.floorMod(place, size);
                        };
                constant |= index[d] < 0;
            }
            if (constant) {
                if (!backward) {
                    result[i] = pad.value();
                }
                continue;
            }
            int inner = i / large.elements() * small.elements() + offset(small, index);
            if (backward) {
                result[inner] += from[i];
            } else {
                result[i] = from[inner];
            }
        }
        return result;
    }

    private double[] concatenate(int dimension, Node node) {
        Shape shape = node.output().shape();
        double[] result = new double[times(node) * shape.elements()];
        int start = 0;
        for (Value part : node.inputs()) {
            for (int i = 0; i < value(part).length; i++) {
                int[] index = index(part.shape(), i % part.shape().elements());
                index[dimension] += start;
                result[i / part.shape().elements() * shape.elements() + offset(shape, index)] = value(part)[i];
            }
            start += part.shape().size(dimension);
        }
        return result;
    }

    private double[] permute(List<Integer> order, Node node) {
        Shape from = node.inputs().get(0).shape();
        Shape shape = node.output().shape();
        double[] result = new double[times(node) * shape.elements()];
        for (int i = 0; i < result.length; i++) {
            int[] index = index(shape, i % shape.elements());
            int[] source = new int[index.length];
            for (int d = 0; d < index.length; d++) {
                source[order.get(d)] = index[d];
            }
            result[i] = value(node.inputs().get(0))[i / shape.elements() * from.elements() + offset(from, source)];
        }
        return result;
    }

    private double[] slice(Primitive.Slice slice, Node node) {
        Shape from = node.inputs().get(0).shape();
        Shape shape = node.output().shape();
        double[] result = new double[times(node) * shape.elements()];
        for (int i = 0; i < result.length; i++) {
            int[] index = index(shape, i % shape.elements());
            index[slice.dimension()] += slice.from();
            result[i] = value(node.inputs().get(0))[i / shape.elements() * from.elements() + offset(from, index)];
        }
        return result;
    }

    /** How often there is the result: once for each sample, or once for all. */
    private int times(Node node) {
        return node.output().batched() ? samples : 1;
    }
}
