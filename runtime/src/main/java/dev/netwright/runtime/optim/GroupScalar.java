package dev.netwright.runtime.optim;

/** A number that every step changes, kept in the state; PyTorch keeps it with every parameter. */
final class GroupScalar {
    private final String name;
    /** What the coming step goes by. */
    float value;
    /** What the prepared step leaves, once nothing can fail any more. */
    float next;

    GroupScalar(String name, float value) {
        this.name = name;
        this.value = value;
        this.next = value;
    }

    String name() {
        return name;
    }
}
