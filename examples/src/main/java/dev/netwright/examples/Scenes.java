package dev.netwright.examples;

import dev.netwright.runtime.Tensor;
import dev.netwright.training.data.TensorDataset;
import dev.netwright.training.transforms.Image;
import dev.netwright.training.transforms.Interpolation;
import dev.netwright.training.transforms.Resize;
import dev.netwright.training.transforms.ToTensor;
import dev.netwright.training.transforms.Transform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Pictures of 64 x 64 pixels with the class of each pixel, drawn from a seed or read from two folders. */
final class Scenes {
    static final int SIDE = 64;
    static final int PIXELS = SIDE * SIDE;
    /** The background, and three kinds of figures. */
    static final int CLASSES = 4;

    /** The value by which masks say that nobody knows; the loss's {@code ignoreIndex} stands for it. */
    private static final int UNKNOWN = 255;

    private static final int IGNORED = -100;
    private static final Figure[] FIGURES = {Figure.DISC, Figure.CROSS, Figure.STRIPES};

    private final float[] pixels;
    private final long[] classes;

    private Scenes(int count) {
        pixels = new float[Math.multiplyExact(count, 3 * PIXELS)];
        classes = new long[Math.multiplyExact(count, PIXELS)];
    }

    /**
     * One to three bright figures each, which may hide one another, on a dark ground with clutter. A pixel's brightness
     * says that there is a figure, or clutter; which one it is, only what lies around it.
     */
    static TensorDataset draw(int count, long seed) {
        Scenes scenes = new Scenes(count);
        Artist artist = new Artist(seed, SIDE);
        byte[] drawn = new byte[3 * PIXELS];
        for (int i = 0; i < count; i++) {
            Canvas canvas = artist.ground(within(0, artist.colour()));
            artist.clutter(canvas);
            int figures = 1 + artist.oneOf(3);
            for (int f = 0; f < figures; f++) {
                int kind = artist.oneOf(FIGURES.length);
                float[] colour = within(0.5f, artist.colour());
                scenes.mark(i, artist.figure(canvas, FIGURES[kind], 9, 16, colour), kind + 1);
            }
            canvas.write(drawn, 0, artist::grain);
            for (int p = 0; p < drawn.length; p++) {
                scenes.pixels[i * drawn.length + p] = (drawn[p] & 0xff) / 255f;
            }
        }
        return scenes.dataset(Stream.concat(
                        Stream.of("background"),
                        Arrays.stream(FIGURES).map(figure -> figure.name().toLowerCase(Locale.ROOT)))
                .toList());
    }

    /** A colour of one half of the scale. */
    private static float[] within(float from, float[] colour) {
        float[] half = new float[colour.length];
        for (int i = 0; i < half.length; i++) {
            half[i] = from + 0.45f * colour[i];
        }
        return half;
    }

    private void mark(int scene, Canvas.Region region, int kind) {
        for (int p = 0; p < PIXELS; p++) {
            if (region.covers(p % SIDE + 0.5, p / SIDE + 0.5)) {
                classes[scene * PIXELS + p] = kind;
            }
        }
    }

    /** Pairs of files with the same name in {@code pictures} and {@code masks}; a mask's grey is the pixel's class. */
    static TensorDataset read(Path folder) throws IOException {
        List<Path> files = files(folder.resolve("pictures"));
        Scenes scenes = new Scenes(files.size());
        Transform picture = Resize.of(SIDE, SIDE);
        // Between two classes there is no third one: a mask is never interpolated.
        Transform mask = Resize.of(SIDE, SIDE).interpolation(Interpolation.NEAREST);
        for (int i = 0; i < files.size(); i++) {
            Image image = Image.read(files.get(i));
            picture.apply(image, null);
            image.floatsInto(scenes.pixels, i * 3 * PIXELS);
            ToTensor.of().apply(image, null);
            scenes.readMask(i, folder.resolve("masks").resolve(files.get(i).getFileName()), mask);
        }
        return scenes.dataset(List.of("background", "class 1", "class 2", "class 3"));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> listed = Files.list(folder)) {
            List<Path> files =
                    new ArrayList<>(listed.filter(Files::isRegularFile).sorted().toList());
            if (files.size() < 2) {
                throw new IOException(folder + " needs at least two pictures, to learn from and to test on");
            }
            return files;
        }
    }

    private void readMask(int scene, Path file, Transform resize) throws IOException {
        Image image = Image.read(file);
        resize.apply(image, null);
        byte[] grey = image.toBytes();
        for (int p = 0; p < PIXELS; p++) {
            int value = grey[p] & 0xff;
            if (value >= CLASSES && value != UNKNOWN) {
                throw new IOException(file + ": a pixel has the value " + value + ", but classes are 0 to "
                        + (CLASSES - 1) + ", and " + UNKNOWN + " where nobody knows");
            }
            classes[scene * PIXELS + p] = value == UNKNOWN ? IGNORED : value;
        }
    }

    private TensorDataset dataset(List<String> classNames) {
        int count = classes.length / PIXELS;
        return TensorDataset.of(Tensor.of(pixels, count, 3, SIDE, SIDE), Tensor.ofLongs(classes, count, SIDE, SIDE))
                .classNames(classNames);
    }
}
