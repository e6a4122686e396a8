package dev.netwright.processor.plan;

import dev.netwright.processor.plan.Halos.Halo;
import java.util.stream.IntStream;

/**
 * What a kernel requires of the layout of an operand. A value that does not lie so is copied before the kernel reads it.
 *
 * @param even how many dimensions, from the first on, it steps through evenly
 * @param lanes the dimension that it loads vectors of; {@link #NO_LANES} if none
 * @param whole whether these are whole vectors, so that what they have beyond the elements is nothing else
 * @param packed whether its elements are neighbours in row-major order
 * @param border zeros that it reads around rows and columns
 */
record Requirement(int even, int lanes, boolean whole, boolean packed, Halo border) {
    static final int NO_LANES = -1;

    /** Nothing: loops are made to fit the operand. */
    static final Requirement NONE = new Requirement(0, NO_LANES, false, false, Halo.NONE);

    /** One step along each dimension. */
    static final Requirement EVEN = new Requirement(Integer.MAX_VALUE, NO_LANES, false, false, Halo.NONE);

    /** All elements in row-major order, one beside the other. */
    static final Requirement PACKED = new Requirement(0, NO_LANES, false, true, Halo.NONE);

    /** One step along each dimension but those behind some leading ones. */
    static Requirement leading(int dimensions) {
        return new Requirement(dimensions, NO_LANES, false, false, Halo.NONE);
    }

    /** Even steps, and whole vectors along a dimension. */
    static Requirement vectors(int dimension) {
        return new Requirement(Integer.MAX_VALUE, dimension, true, false, Halo.NONE);
    }

    /** Even steps, and neighbours along a dimension. */
    static Requirement neighbours(int dimension) {
        return new Requirement(Integer.MAX_VALUE, dimension, false, false, Halo.NONE);
    }

    Requirement within(Halo zeros) {
        return new Requirement(even, lanes, whole, packed, zeros);
    }

    /**
     * Whether a layout will do.
     *
     * @param zeros the border of zeros that it has
     */
    boolean isMetBy(Layout layout, Halo zeros) {
        int dimensions = Math.min(even, layout.dimensions().size());
        return IntStream.range(0, dimensions).allMatch(layout::isAxis)
                && (lanes == NO_LANES || (whole ? layout.hasVectors(lanes) : layout.isInnermost(lanes)))
                && (!packed || layout.isPacked())
                && zeros.union(border).equals(zeros);
    }
}
