package dev.netwright.processor.emit;

import java.util.List;

/** Writes one kernel; {@link KernelKinds} says which of them writes kernels of which kind. */
@FunctionalInterface
interface KernelEmitter {
    /** The body of the kernel's method. */
    Code body();

    /** The private methods that the body calls, once it is written. */
    default List<KernelMethod> helpers() {
        return List.of();
    }
}
