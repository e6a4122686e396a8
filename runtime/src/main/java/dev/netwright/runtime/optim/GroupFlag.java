package dev.netwright.runtime.optim;

/** A switch that a group of parameters sets for itself, or has from the optimiser's own options. */
final class GroupFlag {
    private final String name;
    private final GroupFlag parent;
    private Boolean value;

    GroupFlag(String name, GroupFlag parent) {
        this.name = name;
        this.parent = parent;
    }

    /** PyTorch's name. */
    String name() {
        return name;
    }

    /** The value in force. */
    boolean get() {
        return value == null ? parent.get() : value;
    }

    void set(boolean newValue) {
        value = newValue;
    }
}
