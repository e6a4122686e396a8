package dev.netwright.training;

import dev.netwright.runtime.Model;
import dev.netwright.runtime.ModelDefinition;
import dev.netwright.runtime.Optimizer;
import dev.netwright.runtime.Port;

/** Gives batches to a model whose generated type is not known here, without copying or allocating. */
final class BatchFeed {
    private final Model model;
    private final ModelDefinition definition;
    private final int[] outputSizes;
    private final float[][] outputs;
    private int capacity;

    BatchFeed(Model model) {
        this.model = model;
        this.definition = model.definition();
        this.outputSizes =
                definition.outputs().stream().mapToInt(BatchFeed::elements).toArray();
        this.outputs = new float[outputSizes.length][];
    }

    private static int elements(Port port) {
        int elements = 1;
        for (int extent : port.shape()) {
            elements *= extent;
        }
        return elements;
    }

    boolean hasLoss() {
        return !definition.losses().isEmpty();
    }

    /** Whether the first target is a class label for each sample. */
    boolean classifies() {
        return hasLoss()
                && definition.losses().get(0).hasIndices()
                && definition.losses().get(0).targetShape().length == 0;
    }

    /** Floats of one sample of the first output. */
    int outputSize() {
        return outputSizes[0];
    }

    double trainStep(Batch batch, Optimizer optimizer) {
        return model.trainStep(batch.inputArrays(), batch.targetArrays(), batch.size(), optimizer);
    }

    double loss(Batch batch) {
        return model.loss(batch.inputArrays(), batch.targetArrays(), batch.size());
    }

    double evaluate(Batch batch) {
        return model.evaluate(batch.inputArrays(), batch.targetArrays(), batch.size());
    }

    /** The first output beside the first target. */
    Predictions predict(Batch batch) {
        if (batch.size() > capacity) {
            capacity = batch.size();
            for (int i = 0; i < outputs.length; i++) {
                outputs[i] = new float[Math.multiplyExact(capacity, outputSizes[i])];
            }
        }
        model.predict(batch.inputArrays(), batch.size(), outputs);
        return new Predictions(outputs[0], outputSizes[0], batch.targetArrays()[0], batch.size());
    }
}
