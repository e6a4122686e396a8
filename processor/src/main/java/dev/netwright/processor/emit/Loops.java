package dev.netwright.processor.emit;

import com.palantir.javapoet.CodeBlock;

/** Heads of loops. Counts are literals: C2 unrolls and schedules by them, and what it does is the same in every run. */
final class Loops {
    private Loops() {}

    static CodeBlock counted(String variable, int count) {
        return CodeBlock.of("for (int $1L = 0; $1L < $2L; $1L++)", variable, count);
    }

    /** Over so many elements, in vectors. */
    static CodeBlock vectors(String variable, int count) {
        return CodeBlock.of("for (int $1L = 0; $1L < $2L; $1L += L)", variable, count);
    }
}
