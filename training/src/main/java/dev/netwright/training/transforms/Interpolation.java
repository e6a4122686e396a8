package dev.netwright.training.transforms;

/** How a resized picture's pixels come from the old one's. */
public enum Interpolation {
    /** The nearest pixel. */
    NEAREST(0),
    /** A weighted mean whose weights fall linearly; when shrinking over all pixels that are covered (antialias). */
    BILINEAR(1),
    /** A weighted mean with cubic weights; when shrinking over all pixels that are covered (antialias). */
    BICUBIC(2);

    private static final double SHARPNESS = -0.5;

    private final int reach;

    Interpolation(int reach) {
        this.reach = reach;
    }

    /** How many old pixels to each side have a weight, when nothing is shrunk. */
    int reach() {
        return reach;
    }

    double weight(double distance) {
        double x = Math.abs(distance);
        if (this == BILINEAR) {
            return Math.max(0, 1 - x);
        }
        if (x < 1) {
            return ((SHARPNESS + 2) * x - (SHARPNESS + 3)) * x * x + 1;
        }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * SHARPNESS : 0;
    }
}
