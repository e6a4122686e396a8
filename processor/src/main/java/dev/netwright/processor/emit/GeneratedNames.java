package dev.netwright.processor.emit;

import com.palantir.javapoet.ClassName;
import java.util.Set;

/**
 * The classes generated for one network.
 *
 * @param packageName of all of them
 * @param modelName the model's simple name; ends with {@code Model}
 * @param variables names of the user's that are variables in the model, where they hide types in expressions
 */
record GeneratedNames(String packageName, String modelName, Set<String> variables) {
    GeneratedNames {
        variables = Set.copyOf(variables);
    }

    private ClassName type(String suffix) {
        String stem = modelName.substring(0, modelName.length() - "Model".length());
        return ClassName.get(packageName, stem + suffix);
    }

    ClassName model() {
        return type("Model");
    }

    /** One of the model's superclasses that have the layers which are too many for it. */
    ClassName layers(int number) {
        return type("Layers" + number);
    }

    ClassName predictor() {
        return model().nestedClass("Predictor");
    }

    /** What predict returns where there are several outputs. */
    ClassName outputs() {
        return model().nestedClass("Outputs");
    }

    /** The only class whose static members the model refers to, so no variable may have its name. */
    ClassName definition() {
        ClassName name = type("Definition");
        while (variables.contains(name.simpleName())) {
            name = name.peerClass(name.simpleName() + "_");
        }
        return name;
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
