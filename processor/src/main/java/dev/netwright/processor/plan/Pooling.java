package dev.netwright.processor.plan;

/**
 * What is done with each group of two rows and two columns of results before they are stored.
 *
 * @param kind how they are pooled
 * @param index of the places of the largest; null where they are not stored
 * @param row floats from a row to the next in what the results are sums over
 * @param column from a column to the next in it
 */
public record Pooling(Kind kind, Strides index, int row, int column) {
    /** Results are stored as they are. */
    static final Pooling NONE = new Pooling(Kind.NONE, null, 0, 0);

    public enum Kind {
        NONE,
        MAX,
        /** Also stores which of the four was the largest. */
        MAX_INDEX,
        /** Also stores where the largest was: the bits of an offset from the first of the four. */
        MAX_PLACE,
        AVERAGE
    }

    public boolean pools() {
        return kind != Kind.NONE;
    }

    public boolean storesIndex() {
        return index != null;
    }
}
