package dev.netwright.processor.emit;

import com.palantir.javapoet.CodeBlock;

/**
 * Heads of loops. Counts are literals: where C2 does not know one, JDK 17 keeps the accumulators of some tiles in objects
 * (measured: 117 MB a step of ResNet-20 with vectors of 256 bits, the counts being at least 2 by their form).
 */
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
