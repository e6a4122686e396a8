package dev.netwright.processor.emit;

/** The version that generated code carries, so that a runtime of another one can say so. */
final class CompilerVersion {
    static final String VERSION = "0.1.0";

    private CompilerVersion() {}
}
