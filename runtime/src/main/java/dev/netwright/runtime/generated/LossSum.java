package dev.netwright.runtime.generated;

import dev.netwright.runtime.LossDefinition;
import dev.netwright.runtime.ModelDefinition;
import dev.netwright.runtime.NonFiniteLossException;
import dev.netwright.runtime.StepLengths;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Checks the targets of a network's losses and adds the losses up: in the order of the samples, in double. */
final class LossSum {
    private final LossDefinition[] losses;
    private final double[] sums;
    private final double[] divisors;
    /** Those that leave their elements apart, in declared order. */
    private final int[] apart;

    private final HeldLossWeights weights;

    LossSum(ModelDefinition definition, HeldLossWeights weights) {
        this.weights = weights;
        losses = definition.losses().toArray(new LossDefinition[0]);
        sums = new double[losses.length];
        divisors = new double[losses.length];
        apart = IntStream.range(0, losses.length).filter(this::isApart).toArray();
    }

    int count() {
        return losses.length;
    }

    /** Refuses a network whose losses do not add up to one number. */
    void requireScalar() {
        if (losses.length == 0) {
            throw new IllegalStateException(
                    "This network declares no loss: call forward and backward with a gradient.");
        }
        if (apart.length > 0) {
            throw new IllegalStateException(
                    "A loss with reduction NONE is not one number: call losses(...) and backward with a gradient.");
        }
    }

    /** Refuses a network none of whose losses leaves its elements apart. */
    void requireApart() {
        if (apart.length == 0) {
            throw new IllegalStateException("Losses of single elements need a loss with reduction NONE.");
        }
    }

    /** Whether a loss leaves its elements apart. */
    boolean isApart(int loss) {
        return losses[loss].reduction() == LossDefinition.Reduction.NONE;
    }

    /** The losses that leave their elements apart, in declared order. The live array: for reading only. */
    int[] apart() {
        return apart;
    }

    /** Elements of a sample of one of these. */
    int perSample(int loss) {
        return losses[loss].lossesPerSample();
    }

    /** An array for each loss: of its elements, or of one number. */
    float[][] newValues(int n) {
        float[][] values = new float[losses.length][];
        for (int l = 0; l < losses.length; l++) {
            values[l] = new float[isApart(l) ? Math.multiplyExact(n, perSample(l)) : 1];
        }
        return values;
    }

    /** Checks the targets and computes what the sums will be divided by. */
    void begin(Program program, int n) {
        for (int l = 0; l < losses.length; l++) {
            losses[l].check(n, program.floatTargets[l], program.indexTargets[l]);
            losses[l].checkLengths(n, program.intInputs);
        }
        // a backward that follows goes on with these
        program.lossWeights = weights.values();
        for (int l = 0; l < losses.length; l++) {
            StepLengths lengths = losses[l].lengths();
            int[] stepsOf = lengths == null ? null : program.intInputs[lengths.input()];
            divisors[l] = losses[l].divisor(n, program.indexTargets[l], program.lossWeights, stepsOf);
            program.lossScale[l] = (float) (losses[l].scale() / divisors[l]);
        }
        Arrays.fill(sums, 0);
    }

    /** Adds the samples in the program's memory. */
    void add(Program program) {
        for (int l = 0; l < losses.length; l++) {
            int stride = losses[l].lossesPerSample();
            int base = program.lossBase(l);
            double sum = sums[l];
            for (int i = 0; i < program.samples * stride; i++) {
                sum += program.arena[base + i];
            }
            sums[l] = sum;
        }
    }

    /** The weighted sum of all losses. */
    float total() {
        double total = 0;
        for (int l = 0; l < losses.length; l++) {
            total += sums[l] * losses[l].scale() / divisors[l];
        }
        return (float) total;
    }

    /** Adds the samples in the program's memory; those losses of theirs that stay apart are copied, weighted. */
    void add(Program program, float[][] values) {
        add(program);
        for (int l = 0; l < losses.length; l++) {
            if (isApart(l)) {
                int base = program.lossBase(l);
                int to = program.inputOffset * perSample(l);
                for (int i = 0; i < program.samples * perSample(l); i++) {
                    values[l][to + i] = program.arena[base + i] * losses[l].scale();
                }
            }
        }
    }

    /** Sets those losses that are one number, weighted, when all samples were added. */
    void reduce(float[][] values) {
        for (int l = 0; l < losses.length; l++) {
            if (!isApart(l)) {
                values[l][0] = (float) (sums[l] * losses[l].scale() / divisors[l]);
            }
        }
    }

    NonFiniteLossException nonFinite(float value, NonFiniteSearch search) {
        StringBuilder detail = new StringBuilder();
        for (int l = 0; l < losses.length; l++) {
            if (divisors[l] == 0) {
                detail.append(": all targets of ")
                        .append(losses[l].name())
                        .append(" are ignored, or their classes have weight 0");
            } else if (losses.length > 1 && !Double.isFinite(sums[l])) {
                detail.append(": ").append(losses[l].name()).append(" is ").append(sums[l]);
            }
        }
        return new NonFiniteLossException(value, detail.toString(), search.layer(), search.finding());
    }
}
