package dev.netwright.processor.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.plan.Depthwise;
import dev.netwright.processor.plan.DepthwiseWeightGradient;
import dev.netwright.processor.plan.GroupKernel;
import dev.netwright.processor.plan.Kernel;
import dev.netwright.processor.plan.LaneReduction;
import dev.netwright.processor.plan.LaneSums;
import dev.netwright.processor.plan.OperatorCall;
import dev.netwright.processor.plan.Resampling;
import dev.netwright.processor.plan.SlidingWeightGradient;
import dev.netwright.processor.plan.SparseKernel;
import dev.netwright.processor.plan.WinogradKernel;
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
        List<String> names = new ArrayList<>();
        if (kernel instanceof Kernel.Tile tile) {
            names.add("a");
            names.add("b");
            if (tile.biased()) {
                names.add("bias");
            }
            names.add("c");
            if (tile.pooling().storesIndex()) {
                names.add("index");
            }
            for (int i = 0; i < tile.further().size(); i++) {
                names.add(furtherName(tile, i));
            }
        } else if (kernel instanceof SparseKernel.WeightGradient) {
            names.addAll(List.of("rows", "x", "g", "index"));
        } else if (kernel instanceof SparseKernel.InputGradient) {
            names.addAll(List.of("c", "g", "index", "w"));
        } else if (kernel instanceof WinogradKernel winograd) {
            names.addAll(names(winograd));
        } else if (kernel instanceof LaneSums sums) {
            names.addAll(List.of("c", "lanes", "a", "b"));
            addInputs(names, sums.further().size());
        } else if (kernel instanceof Depthwise depthwise) {
            names.addAll(DepthwiseEmitter.operands(depthwise));
        } else if (kernel instanceof SlidingWeightGradient || kernel instanceof DepthwiseWeightGradient) {
            names.addAll(List.of("a", "b", "c"));
        } else if (kernel instanceof Kernel.Elementwise elementwise) {
            names.add("out");
            addInputs(names, elementwise.sampleStrides().size() - 1);
        } else if (kernel instanceof Kernel.Load load) {
            return names(load.loops());
        } else if (kernel instanceof Kernel.Reduction reduction) {
            names.add("out");
            addInputs(names, reduction.sampleStrides().size() - 1);
        } else if (kernel instanceof LaneReduction reduction) {
            names.addAll(List.of("out", "lanes"));
            addInputs(names, reduction.sampleStrides().size() - 2);
        } else if (kernel instanceof Kernel.Pool pool) {
            names.addAll(pool.index() != null ? List.of("out", "index", "in") : List.of("out", "in"));
        } else if (kernel instanceof Kernel.PoolGradient pool) {
            names.addAll(pool.max() ? List.of("image", "pooled", "index") : List.of("image", "pooled"));
        } else if (kernel instanceof OperatorCall call) {
            names.addAll(OperatorCallEmitter.operands(call));
        } else if (kernel instanceof Resampling || kernel instanceof GroupKernel.Spread) {
            names.addAll(List.of("out", "in"));
        } else if (kernel instanceof GroupKernel.Sums sums) {
            names.addAll(names(sums.products()));
            names.add("local");
        } else if (kernel instanceof GroupKernel.WeightGradient) {
            names.addAll(List.of("a", "b", "c", "local"));
        } else if (kernel instanceof Kernel.ElementLoss loss) {
            names.addAll(List.of("loss", "x", "target"));
            int tables = loss.sampleStrides().size() - 3 - (loss.computesGradient() ? 1 : 0);
            for (int i = 0; i < tables; i++) {
                names.add("table" + i);
            }
            if (loss.computesGradient()) {
                names.add("gradient");
            }
        } else if (kernel instanceof Kernel.ClassLoss loss) {
            names.addAll(List.of("loss", "x", "target"));
            if (!loss.loss().weights().isEmpty()) {
                names.add("weights");
            }
            if (loss.computesGradient()) {
                names.add("gradient");
            }
        } else {
            throw new IllegalArgumentException(kernel + " is a call of the runtime's");
        }
        return names;
    }

    private static List<String> names(WinogradKernel kernel) {
        if (kernel instanceof WinogradKernel.Transform) {
            return List.of("out", "in", "local");
        } else if (kernel instanceof WinogradKernel.Blocks blocks) {
            List<String> names = new ArrayList<>(names(blocks.output()));
            names.add(names.indexOf("in") + 1, "weights");
            return names;
        }
        WinogradKernel.Output output = (WinogradKernel.Output) kernel;
        List<String> names = new ArrayList<>(List.of("c"));
        if (output.index() != null) {
            names.add("index");
        }
        if (output.keepsSum()) {
            names.add("sum");
        }
        names.add("in");
        if (output.biased()) {
            names.add("bias");
        }
        for (int i = output.keepsSum() ? 1 : 0; i < output.further().size(); i++) {
            names.add(furtherName(output.keepsSum(), i));
        }
        names.add("local");
        return names;
    }

    static String furtherName(Kernel.Tile tile, int i) {
        return furtherName(tile.keepsSum(), i);
    }

    static String furtherName(boolean keepsSum, int i) {
        return keepsSum ? (i == 0 ? "sum" : "x" + (i - 1)) : "x" + i;
    }

    private static void addInputs(List<String> names, int count) {
        for (int i = 0; i < count; i++) {
            names.add("x" + i);
        }
    }

    static String base(String operand) {
        return operand + "Base";
    }

    /** What the operand's array holds. */
    static ElementType type(Kernel kernel, String operand) {
        boolean indices = kernel instanceof Kernel.ClassLoss loss
                && operand.equals("target")
                && !loss.loss().probabilities();
        if (kernel instanceof Kernel.Load load && operand.equals("x0")) {
            return load.type();
        }
        return indices ? ElementType.INT32 : ElementType.FLOAT32;
    }

    static TypeName array(ElementType type) {
        return switch (type) {
            case FLOAT32 -> FLOATS;
            case UINT8 -> BYTES;
            case INT32 -> INTS;
        };
    }

    static boolean takesSamples(Kernel kernel) {
        return kernel instanceof Kernel.Tile tile && tile.samples() != Kernel.Samples.SEPARATE
                || kernel instanceof SparseKernel.WeightGradient
                || kernel instanceof LaneSums
                || kernel instanceof SlidingWeightGradient
                || kernel instanceof DepthwiseWeightGradient
                || kernel instanceof GroupKernel.WeightGradient;
    }

    static boolean takesScale(Kernel kernel) {
        return kernel instanceof Kernel.ElementLoss || kernel instanceof Kernel.ClassLoss;
    }

    /** Array and offset of each operand. */
    static List<ParameterSpec> arrays(Kernel kernel) {
        List<ParameterSpec> parameters = new ArrayList<>();
        for (String name : names(kernel)) {
            parameters.add(
                    ParameterSpec.builder(array(type(kernel, name)), name).build());
            parameters.add(ParameterSpec.builder(TypeName.INT, base(name)).build());
        }
        return parameters;
    }

    /** All parameters of the kernel's method. */
    static List<ParameterSpec> parameters(Kernel kernel) {
        List<ParameterSpec> parameters = new ArrayList<>(arrays(kernel));
        if (takesSamples(kernel)) {
            parameters.add(ParameterSpec.builder(TypeName.INT, "samples").build());
        }
        if (kernel instanceof GroupKernel.Spread) {
            parameters.add(ParameterSpec.builder(TypeName.INT, "lane").build());
        }
        if (takesScale(kernel)) {
            parameters.add(ParameterSpec.builder(TypeName.FLOAT, "scale").build());
        }
        parameters.add(ParameterSpec.builder(TypeName.INT, "from").build());
        parameters.add(ParameterSpec.builder(TypeName.INT, "to").build());
        return parameters;
    }
}
