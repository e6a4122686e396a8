package dev.netwright.runtime.torch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A Python tuple.
 *
 * @param elements in order; null stands for None
 */
public record PickledTuple(List<Object> elements) {
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
}
