package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.positional;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * A row of the weight for each index.
 *
 * @param input shape of one sample's indices
 * @param rows of the weight
 * @param rowLength elements of a row
 * @param padding the row whose gradient stays zero; -1 for none
 * @param scaled whether gradients of a row are divided by how often the batch names it
 * @param sparse whether its gradient is what PyTorch calls sparse
 */
public record Embedding(Shape input, int rows, int rowLength, int padding, boolean scaled, boolean sparse)
        implements RowReader {
    static Embedding create(Attributes a, List<Shape> inputs) {
        RowReader.refuseMaxNorm(a);
        int rows = Images.atLeastOne(a, "numEmbeddings");
        return new Embedding(
                Activation.single(inputs),
                rows,
                Images.atLeastOne(a, "embeddingDim"),
                RowReader.padding(a, rows),
                RowReader.scaled(a),
                a.flag("sparse"));
    }

    @Override
    public String name() {
        return "Embedding";
    }

    @Override
    public Shape output() {
        return input.and(List.of(rowLength));
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(
                positional("num_embeddings", rows),
                positional("embedding_dim", rowLength),
                named("padding_idx", padding == NONE ? null : padding).unless(null),
                named("scale_grad_by_freq", scaled).unless(false),
                named("sparse", sparse).unless(false));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        return l.gather(inputs.get(0), l.parameter("weight"));
    }

    @Override
    public List<Value> backward(Lowering l, Forward f, Value gradient) {
        return backwardToRows(l, f.input(), gradient);
    }
}
