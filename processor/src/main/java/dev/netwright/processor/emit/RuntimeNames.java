package dev.netwright.processor.emit;

import com.palantir.javapoet.ClassName;

/** The runtime's types and the Vector API's, named in one place; a test looks each of them up. */
final class RuntimeNames {
    private static final String RUNTIME = "dev.netwright.runtime";
    private static final String GENERATED_CODE = RUNTIME + ".generated";
    private static final String VECTOR = "jdk.incubator.vector";

    static final ClassName MODEL_BASE = ClassName.get(GENERATED_CODE, "ModelBase");
    static final ClassName GENERATED = ClassName.get(GENERATED_CODE, "Generated");
    static final ClassName MODEL_DEFINITION = ClassName.get(RUNTIME, "ModelDefinition");
    static final ClassName LAYER_ATTRIBUTES = ClassName.get(RUNTIME, "LayerAttributes");
    static final ClassName LAYER_DEFINITION = ClassName.get(RUNTIME, "LayerDefinition");
    static final ClassName LOSS_DEFINITION = ClassName.get(RUNTIME, "LossDefinition");
    static final ClassName LOSS_REDUCTION = LOSS_DEFINITION.nestedClass("Reduction");
    static final ClassName CTC = ClassName.get(GENERATED_CODE, "Ctc");
    static final ClassName LOSS_WEIGHTS = ClassName.get(RUNTIME, "LossWeights");
    static final ClassName LOSS_WEIGHTS_KIND = LOSS_WEIGHTS.nestedClass("Kind");
    static final ClassName LAYER_VIEW = ClassName.get(GENERATED_CODE, "LayerView");
    static final ClassName PREDICTOR_BASE = ClassName.get(GENERATED_CODE, "PredictorBase");
    static final ClassName STRIDED_VIEW = ClassName.get(GENERATED_CODE, "StridedView");
    static final ClassName OPTIONS = ClassName.get(RUNTIME, "Options");
    static final ClassName OPTIMIZER = ClassName.get(RUNTIME + ".optim", "Optimizer");
    static final ClassName PROGRAM = ClassName.get(GENERATED_CODE, "Program");
    static final ClassName WORKER = ClassName.get(GENERATED_CODE, "Worker");
    static final ClassName KERNEL_CHOICE = ClassName.get(GENERATED_CODE, "KernelChoice");
    static final ClassName SUPPORT = ClassName.get(GENERATED_CODE, "Support");
    static final ClassName WEIGHT_BLOCKS = ClassName.get(GENERATED_CODE, "WeightBlocks");
    static final ClassName RUNNING_STATISTICS = ClassName.get(GENERATED_CODE, "RunningStatistics");
    static final ClassName BYTE_TABLES = ClassName.get(GENERATED_CODE, "ByteTables");
    static final ClassName OUTPUT_TEXT = ClassName.get(GENERATED_CODE, "OutputText");
    static final ClassName WEIGHTS_RESOURCE = ClassName.get(GENERATED_CODE, "WeightsResource");
    static final ClassName DTYPE = ClassName.get(RUNTIME, "DType");
    static final ClassName PARAMETER_SPEC = ClassName.get(RUNTIME, "ParameterSpec");
    static final ClassName STORAGE_LAYOUT = ClassName.get(RUNTIME, "StorageLayout");
    static final ClassName INITIAL = ClassName.get(RUNTIME + ".init", "Initial");
    static final ClassName GAIN = ClassName.get(RUNTIME + ".init", "Gain");
    static final ClassName TENSOR = ClassName.get(RUNTIME, "Tensor");

    static final ClassName FLOAT_VECTOR = ClassName.get(VECTOR, "FloatVector");
    static final ClassName VECTOR_MASK = ClassName.get(VECTOR, "VectorMask");
    static final ClassName VECTOR_OPERATORS = ClassName.get(VECTOR, "VectorOperators");
    static final ClassName VECTOR_SHAPE = ClassName.get(VECTOR, "VectorShape");
    static final ClassName VECTOR_SPECIES = ClassName.get(VECTOR, "VectorSpecies");

    private RuntimeNames() {}
}
