package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * The product of matrices, which are the last two dimensions of its inputs; the leading ones are stretched where they have
 * the size 1.
 *
 * @param a shape of one sample of the first
 * @param b of the second
 * @param transposeA whether the first's rows and columns are exchanged before
 * @param transposeB the second's
 */
public record MatMul(Shape a, Shape b, boolean transposeA, boolean transposeB) implements Derived {
    static MatMul create(Attributes attributes, List<Shape> inputs) {
        if (inputs.size() != 2) {
            throw LayerException.shape(
                    "from",
                    "%s multiplies two inputs but is given " + inputs.size(),
                    "Name them: from = {\"first\", \"second\"}.");
        }
        MatMul made =
                new MatMul(inputs.get(0), inputs.get(1), attributes.flag("transposeA"), attributes.flag("transposeB"));
        made.check();
        return made;
    }

    private void check() {
        String both = ", but input 1 is " + a + " and input 2 is " + b;
        int rank = a.rank();
        if (rank < 2 || b.rank() < 2) {
            throw LayerException.shape(
                    "from",
                    "%s needs matrices" + both,
                    "PyTorch would take the batch for a dimension of theirs. Give it layers of two dimensions or more;"
                            + " @Unflatten makes them.");
        }
        if (rank != b.rank()) {
            throw LayerException.shape(
                    "from",
                    "%s needs inputs with the same number of dimensions" + both,
                    "PyTorch would align the batch of one with a dimension of the other. Give it layers with equally"
                            + " many.");
        }
        if (left().size(rank - 1) != right().size(rank - 2)) {
            throw LayerException.shape(
                            "from",
                            "%s needs as many columns in the first matrix as rows in the second, but they are " + left()
                                    + " and " + right(),
                            advice())
                    .besides("transposeA", "transposeB");
        }
        if (Shape.broadcast(List.of(leading(a), leading(b))).isEmpty()) {
            throw LayerException.shape(
                    "from",
                    "%s needs leading dimensions whose sizes are equal or 1" + both,
                    "Give it equally many matrices, or one of them for all.");
        }
    }

    private String advice() {
        int rank = a.rank();
        if (left().size(rank - 1) == right().size(rank - 1)) {
            return "Write transposeB = " + !transposeB + ".";
        }
        return left().size(rank - 2) == right().size(rank - 2)
                ? "Write transposeA = " + !transposeA + "."
                : "Give it matrices that share a size.";
    }

    private static Shape leading(Shape shape) {
        return new Shape(shape.sizes().subList(0, shape.rank() - 2));
    }

    private Shape left() {
        return transposeA ? a.transposed() : a;
    }

    private Shape right() {
        return transposeB ? b.transposed() : b;
    }

    @Override
    public String name() {
        return "MatMul";
    }

    @Override
    public Shape output() {
        Shape leading = Shape.broadcast(List.of(leading(a), leading(b))).orElseThrow();
        int rank = a.rank();
        return leading.and(List.of(left().size(rank - 2), right().size(rank - 1)));
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(
                named("transpose_a", transposeA).unless(false),
                named("transpose_b", transposeB).unless(false));
    }

    @Override
    public long flops() {
        return 2L * output().elements() * left().size(a.rank() - 1);
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        Value left = transposeA ? l.transposed(inputs.get(0)) : inputs.get(0);
        Value right = transposeB ? l.transposed(inputs.get(1)) : inputs.get(1);
        return l.matMul("", left, right, output());
    }
}
