package dev.netwright.examples;

import dev.netwright.runtime.LoadResult;
import dev.netwright.runtime.optim.SGD;
import dev.netwright.training.data.Cifar10;
import dev.netwright.training.data.DataLoader;
import dev.netwright.training.data.Dataset;
import dev.netwright.training.data.ImageDataset;
import dev.netwright.training.transforms.Normalize;
import dev.netwright.training.transforms.Resize;
import dev.netwright.training.transforms.ToTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Teaches a VGG-16 that knows ImageNet the ten classes of CIFAR: its convolutions are frozen, its classifier goes on
 * learning with a layer more. The weights come from a file that PyTorch wrote; without one they are torchvision's initial
 * ones, whose frozen convolutions are random, so that little can be learnt and only the costs are worth a look.
 */
@Command(
        name = "fine-tune",
        showDefaultValues = true,
        description = "Fine-tunes VGG-16; needs a heap of 4 GB (-Xmx4g).")
public final class Example09FineTune implements Callable<Integer> {
    /** What ImageNet's pictures have: the network must see others as it saw those. */
    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};

    private static final float[] STD = {0.229f, 0.224f, 0.225f};
    private static final int SIDE = 64;

    @Option(names = "--help", usageHelp = true, description = "shows this text")
    private boolean help;

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description = "torchvision's vgg16-397923af.pth, or what else torch.save or safetensors wrote of a vgg16")
    private Path weights;

    @Option(names = "--data", paramLabel = "FOLDER", description = "folder of CIFAR-10; pictures are drawn without one")
    private Path data;

    @Option(names = "--pictures", defaultValue = "640", description = "how many pictures to train with, at most")
    private int pictures;

    @Option(names = "--tests", defaultValue = "200", description = "how many pictures to test with, at most")
    private int tests;

    @Option(names = "--batch-size", defaultValue = "32", description = "pictures per training step")
    private int batchSize;

    @Option(names = "--seed", defaultValue = "42", description = "seed of the weights, the order and the pictures")
    private long seed;

    private LoadResult loaded;
    private FineTuning.Cost frozen;
    private FineTuning.Cost thawed;

    /**
     * Runs the example and ends the JVM with its exit code.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(Commands.run(new Example09FineTune(), arguments));
    }

    @Override
    public Integer call() throws IOException {
        Commands.requirePositive("--pictures", pictures);
        Commands.requirePositive("--tests", tests);
        if (weights != null && !Files.exists(weights)) {
            throw new NoSuchFileException(weights.toString());
        }
        Cifar10 cifar = data != null
                ? Cifar10.read(data)
                : new Cifar10(Pictures.draw(pictures, 2 * seed), Pictures.draw(tests, 2 * seed + 1));
        DataLoader train = DataLoader.of(enlarged(cifar.train(), pictures))
                .batchSize(batchSize)
                .shuffle(true)
                .seed(seed);
        DataLoader test = DataLoader.of(enlarged(cifar.test(), tests)).batchSize(batchSize);

        FineTuning tuning =
                new FineTuning(Vgg16CifarModel.create(seed), SGD.of(0.001f).momentum(0.9f), train, test);
        System.out.println(tuning.summary());
        if (weights != null) {
            loaded = tuning.load(weights);
            System.out.println("from " + weights + ", which has all but these:\n" + loaded);
        }
        System.out.printf(Locale.ROOT, "accuracy before: %.2f %%\n", 100 * tuning.accuracy());
        tuning.trainEpoch();
        System.out.printf(Locale.ROOT, "accuracy after: %.2f %%\n", 100 * tuning.accuracy());

        frozen = tuning.cost();
        // To train everything comes next, with a rate that does not destroy what has been learnt.
        tuning.thaw(Vgg16CifarThawedModel.create(seed), SGD.of(0.0001f).momentum(0.9f));
        thawed = tuning.cost();
        System.out.println(FineTuning.table(frozen, thawed));
        return 0;
    }

    /** What training the classifier alone takes. */
    FineTuning.Cost frozen() {
        return frozen;
    }

    /** What training everything takes. */
    FineTuning.Cost thawed() {
        return thawed;
    }

    /** What the file of weights did not have. */
    LoadResult loaded() {
        return loaded;
    }

    private static Dataset enlarged(ImageDataset pictures, int most) {
        return pictures.slice(0, Math.min(most, pictures.size()))
                .transform(Resize.of(SIDE), ToTensor.of(), Normalize.of(MEAN, STD));
    }
}
