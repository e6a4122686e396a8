package dev.netwright.runtime.optim;

import java.util.function.BooleanSupplier;

/** State of all parameters under one name, in an array that is laid out as the gradients. */
class Slot {
    private final String name;
    private final BooleanSupplier needed;
    private float[] values;
    private int place;

    /**
     * Nothing yet.
     *
     * @param name PyTorch's
     * @param needed whether the prepared step needs it, which then has it from there on
     */
    Slot(String name, BooleanSupplier needed) {
        this.name = name;
        this.needed = needed;
    }

    final String name() {
        return name;
    }

    /** Live; null for what is not kept now. */
    float[] values() {
        return values;
    }

    /** Takes over what was loaded: an array, or null for none. */
    void values(float[] loaded) {
        values = loaded;
    }

    /** Says where an optimiser that declared it has it among its slots. */
    final void place(int index) {
        place = index;
    }

    /**
     * Its array among those of all slots, or a part of it.
     *
     * @param kept in the order of declaring
     */
    final float[] of(float[][] kept) {
        return kept[place];
    }

    final void allocate(int length) {
        if (values == null && needed.getAsBoolean()) {
            values = new float[length];
        }
    }
}
