/**
 * What generated networks call: tensors, parameters, threads, kernels' helpers, optimisers, initialisation and files.
 *
 * <p>Pure Java. Vector kernels live in the generated code, so this module does not read {@code jdk.incubator.vector}.
 */
@SuppressWarnings("module") // Those that share the reading and writing of files are compiled after this one.
module dev.netwright.runtime {
    requires com.fasterxml.jackson.core;

    exports dev.netwright.runtime;
    exports dev.netwright.runtime.custom;
    exports dev.netwright.runtime.files;
    exports dev.netwright.runtime.files.checkpoint;
    exports dev.netwright.runtime.files.torch;
    exports dev.netwright.runtime.generated;
    exports dev.netwright.runtime.init;
    exports dev.netwright.runtime.optim;
    exports dev.netwright.runtime.optim.schedule;
    exports dev.netwright.runtime.files.io to
            dev.netwright.onnx,
            dev.netwright.training;
}
