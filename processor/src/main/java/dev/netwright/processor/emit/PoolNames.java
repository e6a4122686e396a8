package dev.netwright.processor.emit;

import java.util.List;

/**
 * What variables are called along an axis.
 *
 * @param result number of the window
 * @param begin of the window in the image
 * @param end of the window, where windows differ in size
 * @param tap number of the tap
 * @param place of the tap in the image
 */
record PoolNames(String result, String begin, String end, String tap, String place) {
    private static final List<PoolNames> ALL = List.of(
            new PoolNames("plane", "front", "back", "n", "z"),
            new PoolNames("row", "top", "bottom", "k", "y"),
            new PoolNames("column", "left", "right", "m", "x"));

    /** How far the window is shifted. */
    String shift() {
        return result + "Shift";
    }

    /** The shift with which the tap is not of the window. */
    String excluded() {
        return result + "Excluded";
    }

    /** Of one of so many axes. */
    static PoolNames of(int axis, int axes) {
        return ALL.get(ALL.size() - axes + axis);
    }
}
