package dev.netwright.runtime.optim;

/** A switch that a group of parameters sets for itself, or has from the optimiser's own options. */
final class GroupFlag {
    private final String name;
    private final boolean initial;
    private final GroupFlag parent;
    private Boolean value;

    /**
     * As the parent.
     *
     * @param initial of one without a parent, and of a file of a PyTorch that had no such switch
     */
    GroupFlag(String name, boolean initial, GroupFlag parent) {
        this.name = name;
        this.initial = initial;
        this.parent = parent;
    }

    /** PyTorch's name. */
    String name() {
        return name;
    }

    /** The value in force. */
    boolean get() {
        return value != null ? value : parent != null ? parent.get() : initial;
    }

    void set(boolean newValue) {
        value = newValue;
    }

    /** Checks what a file says; the result takes it over. */
    Runnable prepare(TorchOptions read) {
        boolean said = read.flag(name, initial);
        return () -> value = said;
    }
}
