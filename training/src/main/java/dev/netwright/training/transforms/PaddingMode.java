package dev.netwright.training.transforms;

/** What lies beyond a picture's border. */
public enum PaddingMode {
    /** One value. */
    CONSTANT,
    /** The outermost pixel. */
    EDGE,
    /** The picture mirrored at its outermost pixels, which are not repeated. */
    REFLECT,
    /** The picture mirrored at its border, so that the outermost pixels are repeated. */
    SYMMETRIC;

    /** The position inside [0, size) whose value is found at a position; -1 where it is the constant. */
    int inside(int position, int size) {
        if (position >= 0 && position < size) {
            return position;
        }
        return switch (this) {
            case CONSTANT -> -1;
            case EDGE -> position < 0 ? 0 : size - 1;
            case REFLECT -> {
                int turn = Math.floorMod(position, Math.max(1, 2 * (size - 1)));
                yield turn < size ? turn : 2 * (size - 1) - turn;
            }
            case SYMMETRIC -> {
                int turn = Math.floorMod(position, 2 * size);
                yield turn < size ? turn : 2 * size - 1 - turn;
            }
        };
    }
}
