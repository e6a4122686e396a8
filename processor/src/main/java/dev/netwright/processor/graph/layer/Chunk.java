package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Shape;
import java.util.List;

/**
 * One of the parts of a dimension that all have the same size but perhaps the last.
 *
 * @param input shape of one sample
 * @param dimension of the sample
 * @param chunks as written, for printing
 * @param dim as written, for printing
 * @param index which part
 */
public record Chunk(Shape input, int dimension, int chunks, int dim, int index) implements Part {
    static Chunk create(Attributes a, List<Shape> inputs) {
        Shape input = Activation.single(inputs);
        int dimension = Dimensions.ofSample(a, "dim", input);
        int chunks = Images.atLeastOne(a, "chunks");
        Chunk chunk = new Chunk(input, dimension, chunks, a.integer("dim"), a.integer("index"));
        int size = input.size(dimension);
        int parts = (size - 1) / chunk.largest() + 1;
        if (chunk.index < 0 || chunk.index >= parts) {
            throw LayerException.shape(
                            "index",
                            "index of %s is " + chunk.index + ", but " + size + " elements in " + chunks
                                    + " chunks are " + parts + " of up to " + chunk.largest(),
                            parts == 1 ? "Write index = 0." : "Write 0 to " + (parts - 1) + ".")
                    .besides("chunks", "dim");
        }
        return chunk;
    }

    private int largest() {
        return (input.size(dimension) - 1) / chunks + 1;
    }

    @Override
    public int start() {
        return index * largest();
    }

    @Override
    public int size() {
        return Math.min(largest(), input.size(dimension) - start());
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(named("chunks", chunks), named("dim", dim), named("index", index));
    }
}
