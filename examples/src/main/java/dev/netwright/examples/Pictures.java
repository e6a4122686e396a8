package dev.netwright.examples;

import dev.netwright.training.data.ImageDataset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A data set drawn from a seed: colour pictures of 32 x 32 pixels, each showing one of ten figures.
 *
 * <p>Place, size, tilt and colours of the figure vary, and so do the background, the clutter around it and the
 * grain over it. Because figure and background take any colours, no pixel says anything by itself: a linear classifier
 * learns little, a convolutional network nearly everything.
 */
public final class Pictures {

    /** The width and the height of a picture. */
    public static final int SIDE = 32;

    private static final int GREY_SIDE = 28;

    private Pictures() {}

    /**
     * Draws a data set; the same count and seed give the same bytes on every JVM.
     *
     * @param count how many pictures; picture i shows class {@code i % 10}
     * @param seed of the generator, of which the low 32 bits count
     * @return the pictures, scaled to [0, 1]
     */
    public static ImageDataset draw(int count, long seed) {
        Artist artist = new Artist(seed, SIDE);
        Figure[] figures = Figure.values();
        byte[] pixels = new byte[Math.multiplyExact(count, 3 * SIDE * SIDE)];
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) (i % figures.length);
            picture(artist, figures[i % figures.length]).write(pixels, i * 3 * SIDE * SIDE, artist::grain);
        }
        return ImageDataset.of(pixels, labels, new int[] {3, SIDE, SIDE}, classNames());
    }

    /** Grey pictures of 28 x 28 pixels, bright on black like those of Fashion-MNIST, of the same ten figures. */
    static ImageDataset drawGrey(int count, long seed) {
        Artist artist = new Artist(seed, GREY_SIDE);
        Figure[] figures = Figure.values();
        int size = GREY_SIDE * GREY_SIDE;
        byte[] pixels = new byte[Math.multiplyExact(count, size)];
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) (i % figures.length);
            Canvas canvas = new Canvas(GREY_SIDE);
            float grey = (float) artist.uniform(0.5, 1);
            artist.figure(canvas, figures[labels[i]], 7, 12, new float[] {grey, grey, grey});
            canvas.writeGrey(pixels, i * size, artist::grain);
        }
        return ImageDataset.of(pixels, labels, new int[] {1, GREY_SIDE, GREY_SIDE}, classNames());
    }

    private static List<String> classNames() {
        return Arrays.stream(Figure.values())
                .map(figure -> figure.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static Canvas picture(Artist artist, Figure figure) {
        float[] background = artist.colour();
        Canvas canvas = artist.ground(background);
        artist.clutter(canvas);
        artist.figure(canvas, figure, 8, 12, artist.contrasting(background));
        return canvas;
    }
}
