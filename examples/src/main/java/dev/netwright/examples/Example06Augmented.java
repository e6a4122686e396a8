package dev.netwright.examples;

import dev.netwright.runtime.files.checkpoint.Better;
import dev.netwright.runtime.optim.AdamW;
import dev.netwright.runtime.optim.schedule.CosineAnnealingLR;
import dev.netwright.training.data.DataLoader;
import dev.netwright.training.data.Dataset;
import dev.netwright.training.data.FashionMnist;
import dev.netwright.training.metrics.ConfusionMatrix;
import dev.netwright.training.trainer.Evaluation;
import dev.netwright.training.trainer.History;
import dev.netwright.training.trainer.Retain;
import dev.netwright.training.trainer.Trainer;
import dev.netwright.training.transforms.Normalize;
import dev.netwright.training.transforms.RandomCrop;
import dev.netwright.training.transforms.RandomHorizontalFlip;
import dev.netwright.training.transforms.ToTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Trains on Fashion-MNIST with the training kit, to about 93.6 % of the test pictures: they are shifted and mirrored at
 * random, the rate follows half a cosine, and there are checkpoints, a log for TensorBoard, curves and a confusion matrix
 * as pictures. Stop it with Ctrl-C and go on with {@code --resume}.
 */
@Command(name = "augmented", showDefaultValues = true, description = "Trains on Fashion-MNIST with augmentation.")
public final class Example06Augmented implements Callable<Integer> {
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

    @Option(names = "--out", paramLabel = "FOLDER", defaultValue = "target/fashion", description = "what it writes")
    private Path out;

    @Option(names = "--epochs", defaultValue = "12", description = "passes over the training pictures")
    private int epochs;

    @Option(names = "--samples", defaultValue = "60000", description = "how many of the training pictures to use")
    private int samples;

    @Option(names = "--resume", description = "goes on from the newest checkpoint in the folder")
    private boolean resume;

    private double accuracy;

    /**
     * Runs the example and ends the JVM with its exit code.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(Commands.run(new Example06Augmented(), arguments));
    }

    @Override
    public Integer call() throws IOException {
        Commands.requirePositive("--epochs", epochs);
        Files.createDirectories(out);
        FashionMnist pictures = FashionMnist.read(data);
        Dataset train = pictures.train()
                .slice(0, samples)
                .transform(
                        RandomCrop.of(28).padding(1),
                        RandomHorizontalFlip.of(),
                        ToTensor.of(),
                        Normalize.of(MEAN, STD));
        DataLoader trainLoader =
                DataLoader.of(train).batchSize(128).shuffle(true).seed(1).workers(1);
        DataLoader testLoader =
                DataLoader.of(pictures.test().normalize(MEAN, STD)).batchSize(256);

        FashionConvNetModel net = FashionConvNetModel.create(42);
        System.out.println(net.summary());
        Trainer trainer = Trainer.of(net)
                .optimizer(AdamW.of(0.003f))
                .schedule(CosineAnnealingLR.of(epochs))
                .validation(testLoader)
                .watch("accuracy", Better.HIGHER)
                .progressBar()
                .tensorBoard(out.resolve("logs"))
                .checkpoint(out.resolve("checkpoints"), Retain.BEST);
        History history = (resume ? trainer.resume() : trainer).fit(trainLoader, epochs);

        if (!history.epochs().isEmpty()) {
            System.out.println(history);
            history.curves().write(out, "curves");
        }
        Evaluation evaluation = trainer.evaluate(testLoader);
        ConfusionMatrix confusion = evaluation.confusion().orElseThrow();
        System.out.println(confusion);
        confusion.writePng(out.resolve("confusion-matrix.png"));
        accuracy = confusion.accuracy();
        System.out.println("curves, confusion matrix, checkpoints and logs are in " + out);
        return 0;
    }

    /** The share of test pictures that the trained network recognises. */
    double accuracy() {
        return accuracy;
    }
}
