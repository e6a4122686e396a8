package dev.netwright.examples;

import dev.netwright.annotations.Add;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.Init;
import dev.netwright.annotations.InitMethod;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.MSELoss;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.PixelShuffle;
import dev.netwright.annotations.ReLU;
import dev.netwright.annotations.Upsample;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.optim.Adam;
import dev.netwright.runtime.optim.schedule.CosineAnnealingLR;
import dev.netwright.training.data.Batch;
import dev.netwright.training.data.DataLoader;
import dev.netwright.training.data.TensorDataset;
import dev.netwright.training.picture.ImageGrid;
import dev.netwright.training.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Enlarges pictures to twice their size, sharper than interpolation: a network adds what that blurs. It computes on the small
 * picture, a quarter of the pixels, four values for each pixel and colour, which the pixel shuffle lays out as 2 x 2.
 */
@Command(name = "super-resolution", showDefaultValues = true, description = "Enlarges pictures to twice their size.")
public final class Example14SuperResolution implements Callable<Integer> {
    private static final int SHOWN = 5;

    @Option(names = "--help", usageHelp = true, description = "shows this text")
    private boolean help;

    @Option(names = "--out", paramLabel = "FOLDER", defaultValue = "target/super", description = "what it writes")
    private Path out;

    @Option(names = "--pictures", defaultValue = "400", description = "how many pictures to draw")
    private int pictures;

    @Option(names = "--epochs", defaultValue = "10", description = "passes over the training pictures")
    private int epochs;

    @Option(names = "--seed", defaultValue = "42", description = "seed of the weights, the order and the pictures")
    private long seed;

    private double gain;

    /**
     * Runs the example and ends the JVM with its exit code.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(Commands.run(new Example14SuperResolution(), arguments));
    }

    @Override
    public Integer call() throws IOException {
        Commands.requirePositive("--epochs", epochs);
        Commands.requireAtLeast(2, "--pictures", pictures);
        int unseen = Math.max(1, pictures / 5);
        DataLoader train = DataLoader.of(drawn(pictures - unseen, seed))
                .batchSize(8)
                .shuffle(true)
                .seed(seed);
        DataLoader test = DataLoader.of(drawn(unseen, seed + 1)).batchSize(32);

        SuperResolutionNetModel net = SuperResolutionNetModel.create(seed);
        Trainer trainer = Trainer.of(net)
                .optimizer(Adam.of(0.003f))
                .schedule(CosineAnnealingLR.of(epochs))
                .validation(test)
                .progressBar();
        // Its last convolution is zeros yet, so that all it does is to interpolate.
        double interpolated = decibels(trainer.evaluate(test).loss());
        Batch first = test.iterator().next();
        float[] blurred = net.predict(first.inputs(), first.size());
        trainer.fit(train, epochs);
        double learnt = decibels(trainer.evaluate(test).loss());
        gain = learnt - interpolated;
        System.out.printf(
                Locale.ROOT,
                "unseen pictures, signal to noise: %.2f dB interpolated, %.2f dB by the network, %.2f dB more\n",
                interpolated,
                learnt,
                gain);

        Files.createDirectories(out);
        Path file = out.resolve("enlarged.png");
        // The same pictures again: the loader has used the batch for others since.
        Batch batch = test.iterator().next();
        show(batch, blurred, net.predict(batch.inputs(), batch.size()), file);
        System.out.println("the small picture, interpolated, by the network, and as it was drawn: " + file);
        return 0;
    }

    /** By how much the network is better than interpolation, in decibels. */
    double gain() {
        return gain;
    }

    /** Of pixels from 0 to 1 and their mean squared error. */
    private static double decibels(double error) {
        return -10 * Math.log10(error);
    }

    /** Pictures as they are drawn are the targets, their means over 2 x 2 pixels the inputs. */
    private static TensorDataset drawn(int count, long seed) {
        TensorDataset scenes = Scenes.draw(count, seed);
        float[] large = DataLoader.of(scenes).batchSize(count).iterator().next().inputs();
        int side = SuperResolutionNet.SIDE;
        float[] small = new float[large.length / 4];
        for (int i = 0; i < small.length; i++) {
            int at = i / side * 4 * side + i % side * 2;
            small[i] = (large[at] + large[at + 1] + large[at + 2 * side] + large[at + 2 * side + 1]) / 4;
        }
        return TensorDataset.of(Tensor.of(small, count, 3, side, side), Tensor.of(large, count, 3, 2 * side, 2 * side));
    }

    private static void show(Batch batch, float[] blurred, float[] sharp, Path file) throws IOException {
        int side = SuperResolutionNet.SIDE;
        int size = 3 * 4 * side * side;
        int rows = Math.min(SHOWN, batch.size());
        float[] images = new float[rows * 4 * size];
        for (int i = 0; i < rows; i++) {
            for (int p = 0; p < size; p++) {
                int row = p / (2 * side);
                images[4 * i * size + p] = batch.inputs()[i * size / 4 + row / 2 * side + p % (2 * side) / 2];
                images[(4 * i + 1) * size + p] = shown(blurred[i * size + p]);
                images[(4 * i + 2) * size + p] = shown(sharp[i * size + p]);
                images[(4 * i + 3) * size + p] = batch.targets()[i * size + p];
            }
        }
        ImageGrid.of(images, 4 * rows, 3, 2 * side, 2 * side).columns(4).zoom(2).writePng(file);
    }

    private static float shown(float pixel) {
        return Math.min(1, Math.max(0, pixel));
    }
}

/** A picture of twice the side: interpolated, plus what three convolutions add. */
@Network(input = {3, SuperResolutionNet.SIDE, SuperResolutionNet.SIDE})
@MSELoss
class SuperResolutionNet {
    static final int SIDE = Scenes.SIDE / 2;

    // spotless:off
    @Conv2d(outChannels = 32, kernelSize = 5, padding = 2) Layer features;
    @ReLU                                                  Layer relu1;
    @Conv2d(outChannels = 32, kernelSize = 3, padding = 1) Layer shapes;
    @ReLU                                                  Layer relu2;
    @Init(InitMethod.ZEROS)
    @Init(value = InitMethod.ZEROS, parameter = "bias")
    @Conv2d(outChannels = 12, kernelSize = 3, padding = 1) Layer cells;
    @PixelShuffle(upscaleFactor = 2)                       Layer detail;
    @Upsample(scaleFactor = 2, mode = Upsample.Mode.BILINEAR, from = "input") Layer smooth;
    @Add(from = {"smooth", "detail"})                      Layer picture;
    // spotless:on
}
