package dev.netwright.processor.graph.layer;

import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Shape;

/** Attributes that name a dimension as PyTorch does: the batch is 0, negative ones count from the end. */
final class Dimensions {
    private Dimensions() {}

    /** The dimension of the sample that an attribute names, from 0. */
    static int ofSample(Attributes a, String name, Shape sample) {
        int dimension = counted(a, name, sample);
        if (dimension == 0) {
            throw new LayerException(
                    Problem.BATCH_DIMENSION,
                    name,
                    name + " of %s is " + a.integer(name) + ", the batch, but samples never mix",
                    "Write a dimension of the sample (" + sample + "): 1 to " + sample.rank()
                            + ", or -1 for the last.");
        }
        return dimension - 1;
    }

    private static int counted(Attributes a, String name, Shape sample) {
        int written = a.integer(name);
        int rank = sample.rank() + 1;
        if (sample.rank() == 0) {
            throw LayerException.shape(
                    name,
                    name + " of %s is " + written + ", but each sample is a single number",
                    "Give it an input with at least one dimension.");
        }
        if (written < -rank || written >= rank) {
            throw new LayerException(
                    name,
                    name + " of %s is " + written + ", but the sample (" + sample + ") has the dimensions 1 to "
                            + sample.rank(),
                    "Write one of them, or -1 for the last.");
        }
        return written < 0 ? written + rank : written;
    }
}
