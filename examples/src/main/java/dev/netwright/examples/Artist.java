package dev.netwright.examples;

import dev.netwright.runtime.init.MersenneTwister;

/** Draws figures, clutter and colours at random places of square canvases, all from one seeded generator. */
final class Artist {
    private static final float GRAIN = 0.03f;
    private static final double CONTRAST = 0.45;

    private final MersenneTwister random;
    private final int side;

    Artist(long seed, int side) {
        this.random = new MersenneTwister(seed);
        this.side = side;
    }

    /** A canvas whose ground goes from one colour to a similar one. */
    Canvas ground(float[] colour) {
        Canvas canvas = new Canvas(side);
        canvas.gradient(colour, shade(colour, 0.3), uniform(-1, 1), uniform(-1, 1));
        return canvas;
    }

    /** Paints a figure, somewhat tilted, wherever it fits; returns the region that it covers. */
    Canvas.Region figure(Canvas canvas, Figure figure, double smallest, double largest, float[] colour) {
        double radius = uniform(smallest, largest);
        double centreX = uniform(radius, side - radius);
        double centreY = uniform(radius, side - radius);
        double angle = uniform(-0.3, 0.3);
        double cos = StrictMath.cos(angle) / radius;
        double sin = StrictMath.sin(angle) / radius;
        Canvas.Region region = (x, y) -> {
            double dx = x - centreX;
            double dy = centreY - y;
            return figure.covers(cos * dx + sin * dy, cos * dy - sin * dx);
        };
        canvas.paint(region, centreX, centreY, radius, colour);
        return region;
    }

    /** A few specks and lines, too small to be taken for a figure. */
    void clutter(Canvas canvas) {
        int pieces = 2 + random.nextInt(3);
        for (int i = 0; i < pieces; i++) {
            piece(canvas, colour());
        }
    }

    private void piece(Canvas canvas, float[] colour) {
        double centreX = uniform(0, side);
        double centreY = uniform(0, side);
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

    float[] colour() {
        return new float[] {(float) uniform(0, 1), (float) uniform(0, 1), (float) uniform(0, 1)};
    }

    private float[] shade(float[] colour, double range) {
        float[] shade = new float[3];
        for (int i = 0; i < 3; i++) {
            shade[i] = (float) Math.min(1, Math.max(0, colour[i] + uniform(-range, range)));
        }
        return shade;
    }

    float[] contrasting(float[] background) {
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
    double grain() {
        return random.uniform(-GRAIN, GRAIN) + random.uniform(-GRAIN, GRAIN);
    }

    double uniform(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    int oneOf(int count) {
        return random.nextInt(count);
    }
}
