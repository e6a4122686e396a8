package dev.netwright.examples;

import dev.netwright.runtime.optim.Adam;
import dev.netwright.runtime.optim.schedule.CosineAnnealingLR;
import dev.netwright.runtime.optim.schedule.LRScheduler;
import dev.netwright.training.data.Batch;
import dev.netwright.training.data.DataLoader;
import dev.netwright.training.data.Dataset;
import dev.netwright.training.data.FashionMnist;
import dev.netwright.training.metrics.ConfusionMatrix;
import dev.netwright.training.trainer.EpochProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains a LeNet on Fashion-MNIST; ten epochs take it beyond 91 % of the test pictures. */
@Command(name = "fashion", showDefaultValues = true, description = "Trains a LeNet on Fashion-MNIST.")
public final class Example03Fashion implements Callable<Integer> {

    /** Mean and deviation of the training pictures' values. */
    private static final float[] MEAN = {0.2860f};

    private static final float[] STD = {0.3530f};

    @Option(names = "--help", usageHelp = true, description = "shows this text")
    private boolean help;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            required = true,
            description = "folder of Fashion-MNIST's four IDX files, plain or gzip")
    private Path data;

    @Option(names = "--epochs", defaultValue = "10", description = "passes over the training pictures")
    private int epochs;

    @Option(names = "--seed", defaultValue = "42", description = "seed of the weights and of the order")
    private long seed;

    @Option(names = "--batch-size", defaultValue = "64", description = "pictures per training step")
    private int batchSize;

    private ConfusionMatrix confusion;

    /**
     * Runs the example and ends the JVM with its exit code.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(Commands.run(new Example03Fashion(), arguments));
    }

    @Override
    public Integer call() throws IOException {
        Commands.requirePositive("--epochs", epochs);
        FashionMnist pictures = FashionMnist.read(data);
        Dataset test = pictures.test().normalize(MEAN, STD);
        DataLoader loader = DataLoader.of(pictures.train().normalize(MEAN, STD))
                .batchSize(batchSize)
                .shuffle(true)
                .seed(seed);
        FashionNetModel net = FashionNetModel.create(seed);
        System.out.println(net.summary());

        Adam optimizer = Adam.of(0.001f);
        LRScheduler schedule = CosineAnnealingLR.of(epochs).attach(optimizer);
        for (int epoch = 0; epoch < epochs; epoch++) {
            try (EpochProgress progress = EpochProgress.start("epoch " + (epoch + 1), loader.samples())) {
                for (Batch batch : loader) {
                    progress.step(net.trainStep(batch.inputs(), batch.labels(), batch.size(), optimizer), batch.size());
                }
                confusion = evaluate(net, test);
                progress.accuracy(confusion.accuracy());
            }
            schedule.step();
        }
        System.out.println(confusion);
        return 0;
    }

    /** The share of test pictures that the trained network recognises. */
    double testAccuracy() {
        return confusion.accuracy();
    }

    private static ConfusionMatrix evaluate(FashionNetModel net, Dataset test) {
        ConfusionMatrix confusion = ConfusionMatrix.of(test.classNames());
        for (Batch batch : DataLoader.of(test).batchSize(256)) {
            confusion.add(net.predict(batch.inputs(), batch.size()), batch.labels(), batch.size());
        }
        return confusion;
    }
}
