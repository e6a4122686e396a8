package dev.netwright.processor.graph;

/** Constants of annotations that stand for a size; the same numbers stand there. */
public final class NamedSizes {
    /** Written instead of a padding: as much as keeps the size. */
    public static final int SAME = -1_000_001;

    /** Written instead of a padding: none. */
    public static final int VALID = -1_000_002;

    /** Written instead of a size: the input's. */
    public static final int KEEP = -1_000_003;

    private NamedSizes() {}

    public static boolean isNamed(int size) {
        return size == SAME || size == VALID || size == KEEP;
    }

    /** A size as it was written. */
    public static String text(int size) {
        return switch (size) {
            case SAME -> "SAME";
            case VALID -> "VALID";
            case KEEP -> "KEEP";
            default -> String.valueOf(size);
        };
    }
}
