package dev.netwright.training.data;

import dev.netwright.training.transforms.Image;
import dev.netwright.training.transforms.ImageSpec;
import dev.netwright.training.transforms.ToTensor;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Pictures of random bytes in random classes, to try a program without data. A sample depends on the seed and its index
 * alone, and is made when it is asked for. The numbers are not torchvision's.
 */
public final class FakeData implements ImageSource {

    private final int size;
    private final ImageSpec spec;
    private final int classes;
    private final long seed;
    private final TransformedImages scaled;

    private FakeData(int size, ImageSpec spec, int classes, long seed) {
        if (size < 1 || classes < 1) {
            throw new IllegalArgumentException(
                    "There are at least 1 sample and 1 class, not " + size + " and " + classes + ".");
        }
        this.size = size;
        this.spec = spec;
        this.classes = classes;
        this.seed = seed;
        this.scaled = TransformedImages.of(this, ToTensor.of());
    }

    /**
     * As many pictures and classes as torchvision makes: 1,000 pictures of 3 x 224 x 224 in 10 classes.
     *
     * @return the data set
     */
    public static FakeData of() {
        return of(1_000, new int[] {3, 224, 224}, 10, 0);
    }

    /**
     * Chosen numbers.
     *
     * @param size samples
     * @param shape one picture's (channels, height, width)
     * @param classes the number of classes
     * @param seed another one gives other pictures
     * @return the data set
     */
    public static FakeData of(int size, int[] shape, int classes, long seed) {
        if (shape.length != 3) {
            throw new IllegalArgumentException(
                    "A picture's shape is (channels, height, width), not of " + shape.length + " dimensions.");
        }
        return new FakeData(size, new ImageSpec(shape[0], shape[1], shape[2], false), classes, seed);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public SampleLayout layout() {
        return scaled.layout();
    }

    @Override
    public List<String> classNames() {
        return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    }

    @Override
    public ImageSpec imageSpec() {
        return spec;
    }

    @Override
    public int label(int index) {
        return begun(index).nextInt(classes);
    }

    @Override
    public void load(int index, Image image) {
        SampleRandom random = begun(index);
        random.nextInt(classes);
        byte[] pixels = image.replace(spec.channels(), spec.height(), spec.width());
        for (int i = 0; i < image.size(); i += 8) {
            long bits = random.nextLong();
            for (int k = i; k < Math.min(i + 8, image.size()); k++, bits >>>= 8) {
                pixels[k] = (byte) bits;
            }
        }
    }

    private SampleRandom begun(int index) {
        SampleRandom random = new SampleRandom();
        random.begin(seed, Objects.checkIndex(index, size));
        return random;
    }

    @Override
    public void read(int index, Batch batch, int position, SampleContext context) throws IOException {
        scaled.read(index, batch, position, context);
    }
}
