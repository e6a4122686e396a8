package dev.netwright.processor.reference;

import java.util.List;
import java.util.Map;

/**
 * One module applied once by PyTorch in double precision. Arguments are numbers (Long or Double), Boolean, String,
 * null, {@link GoldenTensor} or lists of these.
 *
 * @param module PyTorch's class
 * @param name its number and description
 * @param training the module's mode
 * @param positional constructor's arguments
 * @param named constructor's arguments
 * @param inputs of the forward
 * @param state parameters and buffers before
 * @param output of the forward, the first where there are several
 * @param outputGradient what was propagated back
 * @param inputGradients of the inputs that have one; empty where they were not recorded
 * @param parameterGradients by name
 * @param stateAfter parameters and buffers that changed
 */
public record GoldenCase(
        String module,
        String name,
        boolean training,
        List<Object> positional,
        Map<String, Object> named,
        List<GoldenTensor> inputs,
        Map<String, GoldenTensor> state,
        GoldenTensor output,
        GoldenTensor outputGradient,
        List<GoldenTensor> inputGradients,
        Map<String, GoldenTensor> parameterGradients,
        Map<String, GoldenTensor> stateAfter) {
    @Override
    public String toString() {
        return module + " " + name;
    }
}
