package dev.netwright.runtime.files.torch;

import java.util.Set;

/** What can be a key of a dictionary or an element of a set, so that no file can make the tables slow. */
final class PickleKeys {
    /** Keys are compared by value, so that long tuples among them would take quadratic time. */
    private static final int LONGEST_TUPLE = 8;
    /** Comparing texts takes time too, and a few bytes of a pickle can recall one. */
    private static final int LONGEST_TEXT = 1 << 14;
    /** Keys of one type have an order, which keeps tables quick in which a file made hash codes collide. */
    static final int MOST_MIXED = 256;

    private PickleKeys() {}

    static boolean isKey(Object key) {
        if (!(key instanceof PickledTuple tuple)) {
            return isShort(key);
        }
        if (tuple.elements().size() > LONGEST_TUPLE) {
            return false;
        }
        for (Object element : tuple.elements()) {
            if (!isShort(element)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isShort(Object value) {
        if (value instanceof PickledGlobal global) {
            return global.module().length() + global.name().length() <= LONGEST_TEXT;
        }
        return isScalar(value) && !(value instanceof String text && text.length() > LONGEST_TEXT);
    }

    static boolean isScalar(Object value) {
        return value == null
                || value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof PickledGlobal;
    }

    /** Whether a key is of the type of the others, if they are many; None, True and False never are. */
    static boolean fits(Object key, Set<Object> others) {
        if (others.size() < MOST_MIXED || key == null || key instanceof Boolean) {
            return true;
        }
        for (Object other : others) {
            if (other != null && !(other instanceof Boolean)) {
                return key instanceof Comparable && key.getClass() == other.getClass();
            }
        }
        return true;
    }
}
