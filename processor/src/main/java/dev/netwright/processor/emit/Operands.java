package dev.netwright.processor.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.plan.Kernel;
import dev.netwright.processor.plan.Operand;
import java.util.ArrayList;
import java.util.List;

/** The parameters of a kernel's method: an array and an offset for each operand, then what the call knows. */
final class Operands {
    private static final TypeName FLOATS = ArrayTypeName.of(TypeName.FLOAT);
    private static final TypeName BYTES = ArrayTypeName.of(TypeName.BYTE);
    private static final TypeName INTS = ArrayTypeName.of(TypeName.INT);

    private Operands() {}

    /** Names in the kernel's order. */
    static List<String> names(Kernel kernel) {
        return kernel.operands().stream().map(Operand::name).toList();
    }

    static String base(String operand) {
        return operand + "Base";
    }

    static TypeName array(ElementType type) {
        return switch (type) {
            case FLOAT32 -> FLOATS;
            case UINT8 -> BYTES;
            case INT32 -> INTS;
        };
    }

    /** Array and offset of each operand. */
    static List<ParameterSpec> arrays(Kernel kernel) {
        List<ParameterSpec> parameters = new ArrayList<>();
        for (Operand operand : kernel.operands()) {
            parameters.add(
                    ParameterSpec.builder(array(operand.type()), operand.name()).build());
            parameters.add(
                    ParameterSpec.builder(TypeName.INT, base(operand.name())).build());
        }
        return parameters;
    }

    /** All parameters of the kernel's method. */
    static List<ParameterSpec> parameters(Kernel kernel) {
        List<ParameterSpec> parameters = new ArrayList<>(arrays(kernel));
        kernel.arguments().forEach(argument -> parameters.add(parameter(argument)));
        parameters.add(ParameterSpec.builder(TypeName.INT, "from").build());
        parameters.add(ParameterSpec.builder(TypeName.INT, "to").build());
        return parameters;
    }

    private static ParameterSpec parameter(Kernel.Argument argument) {
        return switch (argument) {
            case SAMPLES -> ParameterSpec.builder(TypeName.INT, "samples").build();
            case LANE -> ParameterSpec.builder(TypeName.INT, "lane").build();
        };
    }
}
