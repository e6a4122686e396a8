package dev.netwright.processor.graph;

/** What the elements of an input are in the caller's array; computed is in floats alone. */
public enum ElementType {
    FLOAT32,
    /** Unsigned bytes. */
    UINT8,
    INT32
}
