package dev.netwright.processor.graph;

/**
 * Windows of which each begins where it is drawn to begin: at {@link #begin}, or one cell behind. With steps of
 * {@code a = (extent - size) / (output - 1)} and a number u from 0 to 1, window i begins at floor((i + u) * a) - floor(u * a),
 * which is floor(i * a) or one more whatever u is; the last one ends where the input does.
 *
 * @param extent size of the input
 * @param output number of windows
 * @param kernel taps of a window and one more: either the first or the last is not of it
 */
public record FractionalWindow(int extent, int output, int kernel) implements PoolWindow {
    /** Taps of a window. */
    public int size() {
        return kernel - 1;
    }

    /** Steps from window to window, as PyTorch rounds it. */
    public float step() {
        return output == 1 ? 0 : (float) (extent - size()) / (output - 1);
    }

    /** Where the taps of a window begin, all of them in the input. */
    public int begin(int window) {
        return output == 1 ? lastBegin() : Math.min(window * (extent - size()) / (output - 1), lastBegin());
    }

    /** No window begins behind it, so that the last one has its last tap. */
    public int lastBegin() {
        return extent - kernel;
    }
}
