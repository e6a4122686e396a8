package dev.netwright.runtime.files.torch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A Python tuple.
 *
 * @param elements in order; null stands for None
 */
public record PickledTuple(List<Object> elements) implements Comparable<PickledTuple> {
    /** The tuple of nothing. */
    static final PickledTuple EMPTY = new PickledTuple(List.of());

    /**
     * Copies the elements.
     *
     * @param elements in order
     */
    public PickledTuple {
        elements = Collections.unmodifiableList(new ArrayList<>(elements));
    }

    /**
     * An order of tuples of texts, numbers and None, which has no other meaning. With it a dictionary whose keys a file
     * made collide is still quick.
     *
     * @param other another tuple
     * @return 0 for equal tuples of such elements; other elements count as equal
     */
    @Override
    public int compareTo(PickledTuple other) {
        int order = Integer.compare(elements.size(), other.elements.size());
        for (int i = 0; i < elements.size() && order == 0; i++) {
            order = compare(elements.get(i), other.elements.get(i));
        }
        return order;
    }

    @SuppressWarnings("unchecked")
    private static int compare(Object one, Object two) {
        if (one == null || two == null) {
            return Boolean.compare(one != null, two != null);
        }
        if (one.getClass() != two.getClass()) {
            return one.getClass().getName().compareTo(two.getClass().getName());
        }
        if (one instanceof PickledGlobal) {
            return one.toString().compareTo(two.toString());
        }
        return one instanceof Comparable && PickleKeys.isScalar(one) ? ((Comparable<Object>) one).compareTo(two) : 0;
    }
}
