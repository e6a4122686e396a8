package dev.netwright.examples;

import dev.netwright.runtime.LoadResult;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.files.StateDicts;
import dev.netwright.runtime.optim.SGD;
import dev.netwright.training.data.Batch;
import dev.netwright.training.data.DataLoader;
import dev.netwright.training.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Fine-tuning step by step, of any network with frozen layers; the methods are called in their order here. */
final class FineTuning {
    private static final int TIMED_STEPS = 5;

    private Model net;
    private SGD optimizer;
    private final DataLoader train;
    private final DataLoader test;

    /**
     * What training takes.
     *
     * @param trained parameters that are trained
     * @param stepSeconds of one step
     * @param activations bytes for each sample
     * @param gradients bytes
     * @param momentum bytes that the optimiser keeps from step to step
     * @param heap bytes that the program holds after a step, weights and pictures included
     */
    record Cost(long trained, double stepSeconds, long activations, long gradients, long momentum, long heap) {}

    FineTuning(Model net, SGD optimizer, DataLoader train, DataLoader test) {
        this.net = net;
        this.optimizer = optimizer;
        this.train = train;
        this.test = test;
    }

    String summary() {
        return net.summary();
    }

    /** Takes over all that fits; where the network has a layer more than the file, that is all but this layer. */
    LoadResult load(Path file) throws IOException {
        return net.loadStateDict(StateDicts.read(file), false);
    }

    /** The share of the test pictures that are recognised. */
    double accuracy() {
        return Trainer.of(net).evaluate(test).confusion().orElseThrow().accuracy();
    }

    void trainEpoch() throws IOException {
        Trainer.of(net).optimizer(optimizer).progressBar().fit(train, 1);
    }

    /**
     * Goes on with a model in which nothing is frozen. It has the weights that there are, not a copy of them. What else
     * the frozen one had, gradients and workspace, goes with it and its optimiser.
     */
    void thaw(Model thawed, SGD itsOptimizer) {
        thawed.shareWeights(net);
        net = thawed;
        optimizer = itsOptimizer;
    }

    /** Makes a few steps on one batch, and measures. */
    Cost cost() {
        Batch batch = train.iterator().next();
        Object[] inputs = {batch.inputs()};
        Object[] targets = {batch.labels()};
        // The first step allocates, and compiles the kernels.
        net.trainStep(inputs, targets, batch.size(), optimizer);
        long start = System.nanoTime();
        for (int step = 0; step < TIMED_STEPS; step++) {
            net.trainStep(inputs, targets, batch.size(), optimizer);
        }
        double seconds = (System.nanoTime() - start) / 1e9 / TIMED_STEPS;
        long gradients = Float.BYTES * (long) net.parameters().gradientLength();
        // Momentum is one number for each trained value.
        long momentum = gradients;
        long activations = Float.BYTES * net.definition().trainingFloats();
        return new Cost(net.parameters().count(), seconds, activations, gradients, momentum, usedHeap());
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Both costs side by side. */
    static String table(Cost frozen, Cost thawed) {
        List<String> rows = List.of(
                row("", "frozen", "thawed"),
                row("trained parameters", count(frozen.trained), count(thawed.trained)),
                row("a training step", milliseconds(frozen), milliseconds(thawed)),
                row("activations, a picture", megabytes(frozen.activations), megabytes(thawed.activations)),
                row("gradients", megabytes(frozen.gradients), megabytes(thawed.gradients)),
                row("momentum", megabytes(frozen.momentum), megabytes(thawed.momentum)),
                row("heap in all", megabytes(frozen.heap), megabytes(thawed.heap)));
        return String.join("\n", rows);
    }

    private static String row(String name, String frozen, String thawed) {
        return String.format(Locale.ROOT, "%-24s%16s%16s", name, frozen, thawed);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String milliseconds(Cost cost) {
        return String.format(Locale.ROOT, "%.0f ms", 1e3 * cost.stepSeconds);
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
    }
}
