package dev.netwright.training.data;

import dev.netwright.training.transforms.Compose;
import dev.netwright.training.transforms.Image;
import dev.netwright.training.transforms.ImageSpec;
import dev.netwright.training.transforms.Normalize;
import dev.netwright.training.transforms.ToTensor;
import dev.netwright.training.transforms.Transform;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Labelled pictures kept in memory as bytes, a quarter of what floats would take, and scaled while they are copied.
 *
 * <p>The values are those of torchvision's {@code ToTensor}, that is {@code byte / 255}, and after
 * {@link #normalize(float[], float[])} those of its {@code Normalize}, {@code (value - mean) / std}, bit for bit.
 */
public final class ImageDataset implements ImageSource {

    private final byte[] pixels;
    private final byte[] labels;
    private final int first;
    private final int size;
    private final int channels;
    private final int height;
    private final int width;
    private final List<String> classNames;
    /** The normalisation, or null. */
    private final Normalize normalize;

    private final TransformedImages scaled;

    private ImageDataset(ImageDataset of, int first, int size, Normalize normalize) {
        this.pixels = of.pixels;
        this.labels = of.labels;
        this.first = first;
        this.size = size;
        this.channels = of.channels;
        this.height = of.height;
        this.width = of.width;
        this.classNames = of.classNames;
        this.normalize = normalize;
        this.scaled = scaled();
    }

    private ImageDataset(byte[] pixels, byte[] labels, int[] shape, List<String> classNames) {
        this.pixels = pixels;
        this.labels = labels;
        this.first = 0;
        this.size = labels.length;
        this.channels = shape[0];
        this.height = shape[1];
        this.width = shape[2];
        this.classNames = classNames;
        this.normalize = null;
        this.scaled = scaled();
    }

    private TransformedImages scaled() {
        Transform transform = normalize == null ? ToTensor.of() : Compose.of(ToTensor.of(), normalize);
        return TransformedImages.of(this, transform);
    }

    /**
     * Wraps pictures already in memory. The arrays are kept, not copied: they must not be changed afterwards.
     *
     * @param pixels unsigned bytes, row-major (sample, channel, row, column)
     * @param labels a class index per sample, as an unsigned byte
     * @param shape one picture's (channels, height, width)
     * @param classNames the names of the classes, at most 256
     * @return the data set, its values scaled to [0, 1]
     * @throws IllegalArgumentException if the sizes disagree, there is no sample, or a label names no class
     */
    public static ImageDataset of(byte[] pixels, byte[] labels, int[] shape, List<String> classNames) {
        if (shape.length != 3 || shape[0] < 1 || shape[1] < 1 || shape[2] < 1) {
            throw new IllegalArgumentException(
                    "a picture's shape is (channels, height, width), each at least 1, not " + Arrays.toString(shape));
        }
        if (labels.length == 0) {
            throw new IllegalArgumentException("a data set needs at least one sample; there are no labels");
        }
        long expected = (long) labels.length * shape[0] * shape[1] * shape[2];
        if (pixels.length != expected) {
            throw new IllegalArgumentException(labels.length + " labels and the shape " + Arrays.toString(shape)
                    + " need " + expected + " pixel bytes, but there are " + pixels.length);
        }
        for (int i = 0; i < labels.length; i++) {
            int label = labels[i] & 0xff;
            if (label >= classNames.size()) {
                throw new IllegalArgumentException("sample " + i + " has the label " + label + ", but there are only "
                        + classNames.size() + " classes, 0 to " + (classNames.size() - 1));
            }
        }
        return new ImageDataset(pixels, labels, shape.clone(), List.copyOf(classNames));
    }

    /**
     * The same pictures with every value normalised per channel, {@code (byte / 255 - mean) / std}.
     *
     * @param mean one mean per channel, on the scale from 0 to 1
     * @param std one standard deviation per channel, not 0
     * @return a view that shares the pixels
     * @throws IllegalArgumentException unless there is one mean and one usable deviation per channel
     */
    public ImageDataset normalize(float[] mean, float[] std) {
        return new ImageDataset(this, first, size, Normalize.of(mean, std));
    }

    /**
     * A run of neighbouring samples.
     *
     * @param from the first sample
     * @param to the sample after the last one
     * @return a view that shares the pixels
     * @throws IndexOutOfBoundsException if the run leaves the data set
     * @throws IllegalArgumentException if it is empty
     */
    public ImageDataset slice(int from, int to) {
        Objects.checkFromToIndex(from, to, size);
        if (from == to) {
            throw new IllegalArgumentException("samples " + from + " to " + to + " are none; a data set needs one");
        }
        return new ImageDataset(this, first + from, to - from, normalize);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public ImageSpec imageSpec() {
        return new ImageSpec(channels, height, width, false);
    }

    @Override
    public SampleLayout layout() {
        return scaled.layout();
    }

    @Override
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public int label(int index) {
        return labels[first + Objects.checkIndex(index, size)] & 0xff;
    }

    /**
     * One stored value, before any scaling.
     *
     * @param index the sample
     * @param channel the channel
     * @param row the row, 0 on top
     * @param column the column, 0 at the left
     * @return a value from 0 to 255
     */
    public int pixel(int index, int channel, int row, int column) {
        Objects.checkIndex(index, size);
        Objects.checkIndex(channel, channels);
        Objects.checkIndex(row, height);
        Objects.checkIndex(column, width);
        return pixels[(((first + index) * channels + channel) * height + row) * width + column] & 0xff;
    }

    @Override
    public void load(int index, Image image) {
        int sample = first + Objects.checkIndex(index, size);
        image.show(pixels, sample * channels * height * width, channels, height, width);
    }

    @Override
    public void read(int index, Batch batch, int position, SampleContext context) throws IOException {
        scaled.read(index, batch, position, context);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException of a normalised data set: the transforms say by {@code Normalize} where it stands
     */
    @Override
    public Dataset transform(Transform... transforms) {
        if (normalize != null) {
            throw new IllegalStateException(
                    "This data set is normalised already: transform it as it was before, and let"
                            + " ToTensor.of(), Normalize.of(mean, std) stand at the end of its transforms.");
        }
        return ImageSource.super.transform(transforms);
    }
}
