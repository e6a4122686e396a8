package dev.netwright.examples;

import dev.netwright.training.data.Batch;
import dev.netwright.training.data.Cifar10;
import dev.netwright.training.data.DataLoader;
import dev.netwright.training.data.ImageDataset;
import dev.netwright.training.tensorboard.SummaryWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Puts batches of 64 pictures through networks of a single layer, a convolution, a max pool and a sigmoid, and logs what
 * goes in and what comes out as images for TensorBoard.
 */
@Command(name = "one-layer", showDefaultValues = true, description = "Looks at what single layers do to pictures.")
public final class Example05OneLayer implements Callable<Integer> {
    private static final int BATCH = 64;

    @Option(names = "--help", usageHelp = true, description = "shows this text")
    private boolean help;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "folder of CIFAR-10's binary version; without it pictures are drawn")
    private Path data;

    @Option(
            names = "--logs",
            paramLabel = "FOLDER",
            defaultValue = "target/logs",
            description = "where TensorBoard's files go: tensorboard --logdir FOLDER")
    private Path logs;

    @Option(names = "--batches", defaultValue = "4", description = "how many batches of 64 pictures")
    private int batches;

    /**
     * Runs the example and ends the JVM with its exit code.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(Commands.run(new Example05OneLayer(), arguments));
    }

    @Override
    public Integer call() throws IOException {
        Commands.requirePositive("--batches", batches);
        ImageDataset pictures = data != null ? Cifar10.read(data).test() : Pictures.draw(batches * BATCH, 1);
        OneConvolutionModel convolution = OneConvolutionModel.create(42);
        OneMaxPoolModel pool = OneMaxPoolModel.create(42);
        OneSigmoidModel sigmoid = OneSigmoidModel.create(42);
        System.out.println(convolution);
        try (SummaryWriter writer = SummaryWriter.of(logs)) {
            writer.addGraph(convolution);
            int step = 0;
            for (Batch batch : DataLoader.of(pictures).batchSize(BATCH).dropLast(true)) {
                if (step == batches) {
                    break;
                }
                float[] images = batch.inputs();
                writer.addImages("input", images, new int[] {BATCH, 3, 32, 32}, step);
                log(writer, "convolution", convolution.predict(images, BATCH), step, 6, 30);
                log(writer, "max pool", pool.predict(images, BATCH), step, 3, 11);
                log(writer, "sigmoid", sigmoid.predict(images, BATCH), step, 3, 32);
                step++;
            }
        }
        System.out.println("logged to " + logs + "; look at them with: tensorboard --logdir " + logs);
        return 0;
    }

    /** An image has three channels; the six of the convolution make two images of each picture. */
    private static void log(SummaryWriter writer, String name, float[] output, int step, int channels, int side) {
        if (step == 0) {
            System.out.println(name + ": " + Arrays.toString(new int[] {BATCH, 3, 32, 32}) + " -> "
                    + Arrays.toString(new int[] {BATCH, channels, side, side}));
        }
        writer.addImages(name, output, new int[] {BATCH * channels / 3, 3, side, side}, step);
    }
}
