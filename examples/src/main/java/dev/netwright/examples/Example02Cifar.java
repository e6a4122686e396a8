package dev.netwright.examples;

import dev.netwright.runtime.Options;
import dev.netwright.runtime.optim.Adam;
import dev.netwright.runtime.optim.Optimizer;
import dev.netwright.runtime.optim.schedule.CosineAnnealingLR;
import dev.netwright.runtime.optim.schedule.LRScheduler;
import dev.netwright.training.data.Batch;
import dev.netwright.training.data.Cifar10;
import dev.netwright.training.data.ContactSheet;
import dev.netwright.training.data.DataLoader;
import dev.netwright.training.data.Dataset;
import dev.netwright.training.data.ImageDataset;
import dev.netwright.training.metrics.ConfusionMatrix;
import dev.netwright.training.trainer.EpochProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Trains the CIFAR CNN, by hand, so that every step can be seen: load, train, evaluate, save, load again.
 *
 * <p>Without arguments it draws its own data, see {@link Pictures}; with {@code --data} it reads CIFAR-10.
 */
@Command(
        name = "cifar",
        showDefaultValues = true,
        description = "Trains the CIFAR CNN on pictures drawn from the seed, or on CIFAR-10.")
public final class Example02Cifar implements Callable<Integer> {

    private static final int TRAIN_PICTURES = 12_000;
    private static final int TEST_PICTURES = 2_000;
    private static final int PROBE_EVERY = 10;

    @Option(names = "--help", usageHelp = true, description = "shows this text")
    private boolean help;

    @Option(names = "--data", paramLabel = "FOLDER", description = "folder of CIFAR-10's binary files (*.bin)")
    private Path data;

    @Option(names = "--epochs", defaultValue = "6", description = "passes over the training pictures")
    private int epochs;

    @Option(names = "--seed", defaultValue = "42", description = "seed of the weights, the order and the pictures")
    private long seed;

    @Option(names = "--threads", defaultValue = "0", description = "threads to train with; 0 means all CPUs")
    private int threads;

    @Option(names = "--batch-size", defaultValue = "64", description = "pictures per training step")
    private int batchSize;

    @Option(names = "--out", paramLabel = "FOLDER", defaultValue = "target/cifar", description = "where files go")
    private Path out;

    private ConfusionMatrix confusion;

    /**
     * Runs the example and ends the JVM with its exit code.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(Commands.run(new Example02Cifar(), arguments));
    }

    @Override
    public Integer call() throws IOException {
        Commands.requirePositive("--epochs", epochs);
        Cifar10 pictures = data != null ? Cifar10.read(data) : drawn();
        Files.createDirectories(out);
        ContactSheet.write(pictures.train(), 20, 2, out.resolve("contact-sheet.png"));

        CifarNetModel net = CifarNetModel.create(seed, options());
        System.out.println(net.summary());
        System.out.println(net.kernels());

        train(net, pictures);
        System.out.println(confusion);
        confusion.writePng(out.resolve("confusion-matrix.png"));

        return savedAndLoaded(net, pictures.test()) ? 0 : 1;
    }

    /** The share of test pictures that the trained network recognises. */
    double testAccuracy() {
        return confusion.accuracy();
    }

    private Options options() {
        return threads == 0 ? Options.defaults() : Options.defaults().threads(threads);
    }

    private Cifar10 drawn() {
        return new Cifar10(Pictures.draw(TRAIN_PICTURES, 2 * seed), Pictures.draw(TEST_PICTURES, 2 * seed + 1));
    }

    private void train(CifarNetModel net, Cifar10 pictures) {
        DataLoader loader = DataLoader.of(pictures.train())
                .batchSize(batchSize)
                .shuffle(true)
                .seed(seed);
        Adam optimizer = Adam.of(0.001f);
        LRScheduler schedule = CosineAnnealingLR.of(epochs).attach(optimizer);
        for (int epoch = 0; epoch < epochs; epoch++) {
            trainEpoch(net, loader, optimizer, "epoch " + (epoch + 1) + "/" + epochs);
            schedule.step();
            confusion = evaluate(net, pictures.test());
            System.out.printf(Locale.ROOT, "test accuracy %.2f %%\n", 100 * confusion.accuracy());
        }
    }

    private static void trainEpoch(CifarNetModel net, DataLoader loader, Optimizer optimizer, String name) {
        ConfusionMatrix probe = ConfusionMatrix.of(loader.dataset().classNames());
        int step = 0;
        try (EpochProgress progress = EpochProgress.start(name, loader.samples())) {
            for (Batch batch : loader) {
                if (step++ % PROBE_EVERY == 0) {
                    // Asked before it is trained on, a batch shows how the network does on pictures new to this epoch.
                    probe.add(net.predict(batch.inputs(), batch.size()), batch.labels(), batch.size());
                    progress.accuracy(probe.accuracy());
                }
                float loss = net.trainStep(batch.inputs(), batch.labels(), batch.size(), optimizer);
                progress.step(loss, batch.size());
            }
        }
    }

    private static ConfusionMatrix evaluate(CifarNetModel net, Dataset test) {
        ConfusionMatrix confusion = ConfusionMatrix.of(test.classNames());
        for (Batch batch : DataLoader.of(test).batchSize(256)) {
            confusion.add(net.predict(batch.inputs(), batch.size()), batch.labels(), batch.size());
        }
        return confusion;
    }

    private boolean savedAndLoaded(CifarNetModel net, ImageDataset test) throws IOException {
        Path file = out.resolve("cifar.safetensors");
        net.save(file);
        CifarNetModel loaded = CifarNetModel.load(file, options());
        boolean same = true;
        for (Batch batch : DataLoader.of(test).batchSize(256)) {
            float[] before = net.predict(batch.inputs(), batch.size());
            float[] after = loaded.predict(batch.inputs(), batch.size());
            same &= Arrays.equals(before, after);
        }
        System.out.println(
                same
                        ? "saved to " + file + ", loaded again: the same predictions, bit for bit"
                        : "saved to " + file + ", but the loaded network predicts differently");
        return same;
    }
}
