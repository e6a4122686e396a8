package dev.netwright.processor.emit;

import com.palantir.javapoet.ClassName;

/** The runtime's types and the Vector API's, named in one place; a test looks each of them up. */
final class RuntimeNames {
    private static final String RUNTIME = "dev.netwright.runtime";
    private static final String VECTOR = "jdk.incubator.vector";

    static final ClassName GENERATED = ClassName.get(RUNTIME + ".generated", "Generated");
    static final ClassName MODEL = ClassName.get(RUNTIME, "Model");
    static final ClassName MODEL_DEFINITION = ClassName.get(RUNTIME, "ModelDefinition");
    static final ClassName LAYER_DEFINITION = ClassName.get(RUNTIME, "LayerDefinition");
    static final ClassName LOSS_DEFINITION = ClassName.get(RUNTIME, "LossDefinition");
    static final ClassName LOSS_REDUCTION = LOSS_DEFINITION.nestedClass("Reduction");
    static final ClassName LAYER_VIEW = ClassName.get(RUNTIME, "LayerView");
    static final ClassName PREDICTOR_BASE = ClassName.get(RUNTIME, "PredictorBase");
    static final ClassName STRIDED_VIEW = ClassName.get(RUNTIME, "StridedView");
    static final ClassName OPTIONS = ClassName.get(RUNTIME, "Options");
    static final ClassName OPTIMIZER = ClassName.get(RUNTIME, "Optimizer");
    static final ClassName PROGRAM = ClassName.get(RUNTIME, "Program");
    static final ClassName WORKER = ClassName.get(RUNTIME, "Worker");
    static final ClassName KERNEL_CHOICE = ClassName.get(RUNTIME, "KernelChoice");
    static final ClassName SUPPORT = ClassName.get(RUNTIME, "Support");
    static final ClassName BYTE_TABLES = ClassName.get(RUNTIME, "ByteTables");
    static final ClassName DTYPE = ClassName.get(RUNTIME, "DType");
    static final ClassName PARAMETER_SPEC = ClassName.get(RUNTIME, "ParameterSpec");
    static final ClassName STORAGE_LAYOUT = ClassName.get(RUNTIME, "StorageLayout");
    static final ClassName INITIAL = ClassName.get(RUNTIME, "Initial");
    static final ClassName TENSOR = ClassName.get(RUNTIME, "Tensor");

    static final ClassName FLOAT_VECTOR = ClassName.get(VECTOR, "FloatVector");
    static final ClassName VECTOR_OPERATORS = ClassName.get(VECTOR, "VectorOperators");
    static final ClassName VECTOR_SHAPE = ClassName.get(VECTOR, "VectorShape");
    static final ClassName VECTOR_SPECIES = ClassName.get(VECTOR, "VectorSpecies");

    private RuntimeNames() {}
}
