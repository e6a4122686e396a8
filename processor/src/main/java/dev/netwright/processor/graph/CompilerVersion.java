package dev.netwright.processor.graph;

/** The version that generated code carries, so that a runtime, or a compiler, of another one can say so. */
public final class CompilerVersion {
    public static final String VERSION = "0.1.0";

    private CompilerVersion() {}
}
