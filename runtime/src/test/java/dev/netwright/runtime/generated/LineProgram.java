package dev.netwright.runtime.generated;

/**
 * The program of {@link LineModel}, written as a compiler would: y = w x + b for two inputs, and the squared difference
 * to
 * a number or a label. Per sample: y, its loss, its gradient. Predictions read w from what is derived, b from the weights.
 */
public final class LineProgram extends Program {
    private static final int LABEL_TO_IGNORE = -100;

    private final boolean training;
    private final boolean apart;
    public long keySeen;
    public int prepared;
    public int largestPart;
    public Runnable duringForward = () -> {};

    public LineProgram(boolean training, boolean apart, int losses) {
        super(3, 2, training ? 0 : 2, new float[0], 1, 1, losses, losses + 1, training ? 0 : 16);
        this.training = training;
        this.apart = apart;
    }

    @Override
    protected void prepare(Worker worker) {
        if (worker.index() == 0) {
            prepared++;
            System.arraycopy(parameters, 0, super.prepared, 0, 2);
        }
    }

    @Override
    protected void forward(Worker worker) {
        duringForward.run();
        keySeen = drawKey;
        largestPart = Math.max(largestPart, samples);
        float[] weights = training ? parameters : super.prepared;
        for (int s = worker.begin(samples); s < worker.end(samples); s++) {
            int x = 2 * (inputOffset + s);
            arena[s] = weights[0] * inputs[0][x] + weights[1] * inputs[0][x + 1] + parameters[16];
        }
    }

    @Override
    protected void outputs(Worker worker) {
        for (int s = worker.begin(samples); s < worker.end(samples); s++) {
            outputs[0][inputOffset + s] = arena[s];
        }
    }

    @Override
    protected void losses(Worker worker) {
        for (int s = worker.begin(samples); s < worker.end(samples); s++) {
            float difference = difference(s);
            arena[capacity + s] = difference * difference;
            arena[2 * capacity + s] = 2 * difference * lossScale[0];
        }
    }

    private float difference(int s) {
        if (floatTargets[0] != null) {
            return arena[s] - floatTargets[0][inputOffset + s];
        }
        int label = indexTargets[0][inputOffset + s];
        return label == LABEL_TO_IGNORE ? 0 : arena[s] - label;
    }

    @Override
    protected void backward(Worker worker) {
        if (worker.index() > 0) {
            return;
        }
        boolean judged = lossScale.length > 0;
        boolean given = apart || !judged;
        for (int s = 0; s < samples; s++) {
            float gradient = given ? floatTargets[lossScale.length][s] : 1;
            gradient *= judged ? arena[2 * capacity + s] : 1;
            gradients[0] += gradient * inputs[0][2 * s];
            gradients[1] += gradient * inputs[0][2 * s + 1];
            gradients[16] += gradient;
        }
    }

    @Override
    protected int lossBase(int loss) {
        return capacity;
    }

    /** The mean and variance of y. */
    @Override
    protected void statistics() {
        scratch[0] = 0;
        scratch[1] = 0;
        for (int s = 0; s < samples; s++) {
            scratch[0] += arena[s] / samples;
        }
        for (int s = 0; s < samples; s++) {
            scratch[1] += (arena[s] - scratch[0]) * (arena[s] - scratch[0]) / samples;
        }
        RunningStatistics.update(scratch, 0, 1, buffers, 0, 16, counters, 0, 1, samples, 1, 0.1);
    }

    @Override
    protected int minimumSamples() {
        return training ? 2 : 1;
    }

    @Override
    protected StridedView keptOutput(int layer) {
        return layer == 0 ? new StridedView(0, new int[] {1}, new int[] {1}, 0, 1) : null;
    }
}
