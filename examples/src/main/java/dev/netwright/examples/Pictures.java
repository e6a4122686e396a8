package dev.netwright.examples;

import dev.netwright.runtime.init.MersenneTwister;
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

    private static final float GRAIN = 0.03f;
    private static final double CONTRAST = 0.45;

    private final MersenneTwister random;

    private Pictures(MersenneTwister random) {
        this.random = random;
    }

    /**
     * Draws a data set; the same count and seed give the same bytes on every JVM.
     *
     * @param count how many pictures; picture i shows class {@code i % 10}
     * @param seed of the generator, of which the low 32 bits count
     * @return the pictures, scaled to [0, 1]
     */
    public static ImageDataset draw(int count, long seed) {
        Pictures artist = new Pictures(new MersenneTwister(seed));
        Figure[] figures = Figure.values();
        byte[] pixels = new byte[Math.multiplyExact(count, 3 * SIDE * SIDE)];
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) (i % figures.length);
            artist.picture(figures[i % figures.length]).write(pixels, i * 3 * SIDE * SIDE, artist::grain);
        }
        return ImageDataset.of(pixels, labels, new int[] {3, SIDE, SIDE}, classNames());
    }

    private static List<String> classNames() {
        return Arrays.stream(Figure.values())
                .map(figure -> figure.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private Canvas picture(Figure figure) {
        Canvas canvas = new Canvas(SIDE);
        float[] background = colour();
        canvas.gradient(background, shade(background, 0.3), uniform(-1, 1), uniform(-1, 1));
        int pieces = 2 + random.nextInt(3);
        for (int i = 0; i < pieces; i++) {
            clutter(canvas, colour());
        }
        figure(canvas, figure, contrasting(background));
        return canvas;
    }

    private void figure(Canvas canvas, Figure figure, float[] colour) {
        double radius = uniform(8, 12);
        double centreX = uniform(radius, SIDE - radius);
        double centreY = uniform(radius, SIDE - radius);
        double angle = uniform(-0.3, 0.3);
        double cos = StrictMath.cos(angle) / radius;
        double sin = StrictMath.sin(angle) / radius;
        canvas.paint(
                (x, y) -> {
                    double dx = x - centreX;
                    double dy = centreY - y;
                    return figure.covers(cos * dx + sin * dy, cos * dy - sin * dx);
                },
                centreX,
                centreY,
                radius,
                colour);
    }

    /** A speck or a line, too small to be taken for a figure. */
    private void clutter(Canvas canvas, float[] colour) {
        double centreX = uniform(0, SIDE);
        double centreY = uniform(0, SIDE);
        boolean line = random.nextInt(2) == 0;
        double halfLength = line ? uniform(3, 8) : uniform(0.8, 2.2);
        double halfWidth = line ? uniform(0.4, 0.8) : uniform(0.8, 2.2);
        double angle = uniform(0, Math.PI);
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        canvas.paint(
                (x, y) -> Math.abs(cos * (x - centreX) + sin * (y - centreY)) <= halfLength
                        && Math.abs(cos * (y - centreY) - sin * (x - centreX)) <= halfWidth,
                centreX,
                centreY,
                halfLength + halfWidth,
                colour);
    }

    private float[] colour() {
        return new float[] {(float) uniform(0, 1), (float) uniform(0, 1), (float) uniform(0, 1)};
    }

    private float[] shade(float[] colour, double range) {
        float[] shade = new float[3];
        for (int i = 0; i < 3; i++) {
            shade[i] = (float) Math.min(1, Math.max(0, colour[i] + uniform(-range, range)));
        }
        return shade;
    }

    private float[] contrasting(float[] background) {
        while (true) {
            float[] colour = colour();
            double difference = 0;
            for (int i = 0; i < 3; i++) {
                difference += Math.abs(colour[i] - background[i]) / 3;
            }
            if (difference >= CONTRAST) {
                return colour;
            }
        }
    }

    /** Triangular noise: the sum of two uniform draws. */
    private double grain() {
        return random.uniform(-GRAIN, GRAIN) + random.uniform(-GRAIN, GRAIN);
    }

    private double uniform(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }
}
