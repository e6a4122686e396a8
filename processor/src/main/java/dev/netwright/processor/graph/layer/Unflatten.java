package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * One dimension made several, in row-major order.
 *
 * @param input shape of one sample
 * @param dimension of the sample that is divided
 * @param sizes what it is divided into
 * @param dim as written, for printing
 * @param written the sizes as written, for printing
 */
public record Unflatten(Shape input, int dimension, List<Integer> sizes, int dim, List<Integer> written)
        implements Derived {
    /** The size that the others leave. */
    private static final int REST = -1;

    public Unflatten {
        sizes = List.copyOf(sizes);
        written = List.copyOf(written);
    }

    static Unflatten create(Attributes a, List<Shape> inputs) {
        Shape input = Activation.single(inputs);
        int dimension = Dimensions.ofSample(a, "dim", input);
        List<Integer> written = a.integers("unflattenedSize");
        return new Unflatten(input, dimension, sizes(a, written, input.size(dimension)), a.integer("dim"), written);
    }

    private static List<Integer> sizes(Attributes a, List<Integer> written, int whole) {
        long product = 1;
        int rests = 0;
        boolean allowed = !written.isEmpty();
        for (int size : written) {
            rests += size == REST ? 1 : 0;
            allowed &= size == REST || size >= 1;
            // beyond the dimension it does not matter how far
            product = Math.min(size == REST ? product : product * Math.max(1, size), Integer.MAX_VALUE);
        }
        boolean divides = rests == 0 ? product == whole : whole % product == 0;
        if (!allowed || rests > 1 || !divides) {
            throw LayerException.shape(
                            "unflattenedSize",
                            "unflattenedSize of %s is " + a.sizesText("unflattenedSize") + ", which does not make "
                                    + whole + " elements of dimension " + a.integer("dim"),
                            "Write sizes of 1 or more whose product is " + whole + "; one may be -1, what is left.")
                    .besides("dim");
        }
        int left = (int) (whole / product);
        return written.stream().map(size -> size == REST ? left : size).toList();
    }

    @Override
    public String name() {
        return "Unflatten";
    }

    @Override
    public Shape output() {
        List<Integer> all = new ArrayList<>(input.sizes().subList(0, dimension));
        all.addAll(sizes);
        all.addAll(input.sizes().subList(dimension + 1, input.rank()));
        return new Shape(all);
    }

    @Override
    public String describeOutput() {
        return input + ", unflattened";
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(named("dim", dim), named("unflattened_size", written));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        return l.reshape(inputs.get(0), output());
    }
}
