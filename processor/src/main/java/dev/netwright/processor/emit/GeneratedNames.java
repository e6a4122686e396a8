package dev.netwright.processor.emit;

import com.palantir.javapoet.ClassName;

/** The classes generated for one network. */
record GeneratedNames(String packageName, String modelName) {
    private ClassName type(String suffix) {
        String stem = modelName.substring(0, modelName.length() - "Model".length());
        return ClassName.get(packageName, stem + suffix);
    }

    ClassName model() {
        return type("Model");
    }

    ClassName predictor() {
        return model().nestedClass("Predictor");
    }

    /** What predict returns where there are several outputs. */
    ClassName outputs() {
        return model().nestedClass("Outputs");
    }

    ClassName inference() {
        return type("Inference");
    }

    ClassName training() {
        return type("Training");
    }

    ClassName kernels() {
        return type("Kernels");
    }

    ClassName vectorKernels() {
        return type("VectorKernels");
    }

    ClassName scalarKernels() {
        return type("ScalarKernels");
    }
}
