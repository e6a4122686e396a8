package dev.netwright.training.trainer;

import dev.netwright.runtime.LossDefinition;
import dev.netwright.runtime.LossDefinition.Reduction;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.ModelDefinition;
import dev.netwright.runtime.Port;
import dev.netwright.runtime.StepLengths;
import dev.netwright.runtime.optim.Optimizer;
import dev.netwright.training.data.Batch;
import dev.netwright.training.metrics.Predictions;
import java.util.List;

/** Gives batches to a model whose generated type is not known here, without copying them. */
final class BatchFeed {
    private final Model model;
    private final ModelDefinition definition;
    private final int[] outputSizes;
    private final float[][] outputs;
    /** Null where the first targets are no classes of the first output's scores. */
    private final LabelledScores classification;

    private final boolean summed;
    private final boolean weighted;
    private int capacity;

    BatchFeed(Model model) {
        this.model = model;
        this.definition = model.definition();
        this.outputSizes =
                definition.outputs().stream().mapToInt(BatchFeed::elements).toArray();
        this.outputs = new float[outputSizes.length][];
        this.classification = classification();
        List<LossDefinition> losses = definition.losses();
        this.summed = hasLoss() && losses.stream().allMatch(loss -> loss.reduction() == Reduction.SUM);
        this.weighted = losses.size() == 1
                && (losses.get(0).hasIndices() || losses.get(0).lengths() != null)
                && losses.get(0).reduction() == Reduction.MEAN;
    }

    private LabelledScores classification() {
        if (!hasLoss()) {
            return null;
        }
        LossDefinition loss = definition.losses().get(0);
        int places = 1;
        for (int extent : loss.targetShape()) {
            places *= extent;
        }
        boolean fits = loss.hasIndices() && (long) loss.classes() * places == outputSizes[0];
        return fits ? new LabelledScores(loss, places) : null;
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

    /** Whether the first output scores the classes of the first target. */
    boolean classifies() {
        return classification != null;
    }

    /** Classes of a network that {@link #classifies()}. */
    int classes() {
        return definition.losses().get(0).classes();
    }

    /**
     * A batch's loss as a mean that can be joined with others by {@link #weight}. One that is summed would grow with the
     * batch.
     */
    double mean(double loss, Batch batch) {
        return summed ? loss / batch.size() : loss;
    }

    /**
     * What a batch's loss counts beside those of others, so that their mean does not depend on how samples are cut into
     * batches: what the one loss was divided by, such as the sum of the labels' class weights. Of several losses only
     * the sum is known, so their samples count alike.
     */
    double weight(Batch batch) {
        if (!weighted) {
            return batch.size();
        }
        int[] labels = definition.losses().get(0).hasIndices() ? (int[]) batch.targetArrays()[0] : null;
        return model.lossDivisor(0, batch.size(), batch.inputArrays(), labels);
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

    /** The first output beside the first target; of classes, a row for every label that counts. */
    Predictions predict(Batch batch) {
        if (batch.size() > capacity) {
            capacity = batch.size();
            for (int i = 0; i < outputs.length; i++) {
                outputs[i] = new float[Math.multiplyExact(capacity, outputSizes[i])];
            }
        }
        if (batch.targetArrays().length == 0) {
            throw new IllegalArgumentException(
                    "A metric compares the first output with the first target, but these samples have no target.");
        }
        model.predict(batch.inputArrays(), batch.size(), outputs);
        Object target = batch.targetArrays()[0];
        return classification != null
                ? classification.of(outputs[0], (int[]) target, batch.size(), steps(batch))
                : new Predictions(outputs[0], outputSizes[0], target, batch.size());
    }

    /** How many steps of each sample the first loss counts; null where it counts all. */
    private int[] steps(Batch batch) {
        StepLengths lengths = definition.losses().get(0).lengths();
        return lengths == null ? null : (int[]) batch.inputArrays()[lengths.input()];
    }
}
