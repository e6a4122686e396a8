package dev.netwright.runtime.generated;

import dev.netwright.runtime.DType;
import dev.netwright.runtime.LayerDefinition;
import dev.netwright.runtime.ModelDefinition;
import dev.netwright.runtime.Parameters;
import dev.netwright.runtime.Port;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.check.Shapes;
import java.util.List;
import java.util.Map;

/**
 * Looks for the first value that is not finite after a forward pass: in the inputs, then layer by layer in the weights
 * and outputs. Layers that were fused into a later one are judged by its output.
 *
 * @param layer the first layer at fault; null if there is none, or the inputs are
 * @param finding a clause for messages; empty if everything that is still in memory is finite
 */
record NonFiniteSearch(String layer, String finding) {
    static NonFiniteSearch of(ModelDefinition definition, Parameters parameters, Program program) {
        for (int i = 0; i < definition.inputs().size(); i++) {
            String found = input(definition.inputs().get(i), program, i);
            if (found != null) {
                return new NonFiniteSearch(null, found);
            }
        }
        Map<String, Tensor> state = parameters.stateDict();
        List<LayerDefinition> layers = definition.layers();
        for (int i = 0; i < layers.size(); i++) {
            String found = layer(layers.get(i), state, program, i);
            if (found != null) {
                return new NonFiniteSearch(layers.get(i).field(), found);
            }
        }
        return new NonFiniteSearch(null, "");
    }

    private static String input(Port input, Program program, int index) {
        if (input.type() != DType.F32) {
            return null;
        }
        int size = Shapes.elements(input.shape());
        float[] values = program.inputs[index];
        for (int i = program.inputOffset * size; i < (program.inputOffset + program.samples) * size; i++) {
            if (!Float.isFinite(values[i])) {
                return "the input " + input.name() + " has " + values[i] + " in sample " + i / size;
            }
        }
        return null;
    }

    private static String layer(LayerDefinition layer, Map<String, Tensor> state, Program program, int index) {
        for (Map.Entry<String, Tensor> entry : state.entrySet()) {
            if (entry.getKey().startsWith(layer.key() + ".") && entry.getValue().dtype() == DType.F32) {
                float bad = firstNonFinite(entry.getValue().toArray());
                if (bad != 0) {
                    return "the first is " + bad + " in " + entry.getKey();
                }
            }
        }
        StridedView view = program.layerOutput(index);
        if (view == null) {
            return null;
        }
        float[] output = view.read(program.arena, program.capacity, program.samples);
        float bad = firstNonFinite(output);
        return bad == 0
                ? null
                : "the first is " + bad + " in the output of " + layer.field() + " = " + layer
                        + ", or of a layer fused into it, whose weights are finite";
    }

    /** 0 if all are finite. */
    private static float firstNonFinite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return value;
            }
        }
        return 0;
    }
}
