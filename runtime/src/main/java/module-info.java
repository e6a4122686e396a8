/**
 * What generated networks call: tensors, parameters, threads, kernels' helpers, optimisers, initialisation and files.
 *
 * <p>Pure Java. Vector kernels live in the generated code, so this module does not read {@code jdk.incubator.vector}.
 */
module dev.netwright.runtime {
    requires com.fasterxml.jackson.core;

    exports dev.netwright.runtime;
    exports dev.netwright.runtime.torch;
    exports dev.netwright.runtime.checkpoint;
    exports dev.netwright.runtime.generated;
}
