package dev.netwright.processor.graph;

/** What a node does: a {@link Layer} as declared, or a {@link Primitive} that a kernel is made for. */
public interface Operator {
    /** The operator's name in texts: PyTorch's type name for a layer. */
    String name();
}
