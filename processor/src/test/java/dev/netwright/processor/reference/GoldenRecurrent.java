package dev.netwright.processor.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Golden cases of recurrent layers with the batch first everywhere, whose states PyTorch has behind the layers. */
public final class GoldenRecurrent {
    public static final Set<String> LAYERS = Set.of("RNN", "LSTM", "GRU");
    public static final Set<String> CELLS = Set.of("RNNCell", "LSTMCell", "GRUCell");

    private GoldenRecurrent() {}

    public static boolean has(String module) {
        return LAYERS.contains(module) || CELLS.contains(module);
    }

    static GoldenCase of(Map<?, ?> json) {
        String module = (String) json.get("module");
        boolean cell = CELLS.contains(module);
        Map<String, Object> named = new LinkedHashMap<>(GoldenCases.named(json.get("ctor_kwargs"), Object.class));
        boolean batchFirst = Boolean.TRUE.equals(named.remove("batch_first"));
        boolean turnsSteps = !cell && !batchFirst;
        List<GoldenTensor> inputs = inputs((List<?>) json.get("args"), turnsSteps, cell);
        return new GoldenCase(
                module,
                json.get("case") + " " + json.get("desc"),
                (Boolean) json.get("training"),
                List.copyOf((List<?>) json.get("ctor_args")),
                named,
                inputs,
                GoldenCases.named(json.get("state"), GoldenTensor.class),
                turned(tensors((List<?>) json.get("out")).get(0), turnsSteps),
                turned((GoldenTensor) json.get("grad_out"), turnsSteps),
                gradients(inputs((List<?>) json.get("grad_in"), turnsSteps, cell), inputs.size()),
                GoldenCases.named(json.get("grad_param"), GoldenTensor.class),
                GoldenCases.named(json.get("state_after"), GoldenTensor.class));
    }

    private static List<GoldenTensor> inputs(List<?> json, boolean turnsSteps, boolean cell) {
        List<GoldenTensor> all = new ArrayList<>();
        for (GoldenTensor tensor : tensors(json)) {
            all.add(turned(tensor, all.isEmpty() ? turnsSteps : !cell));
        }
        return all;
    }

    /** Nothing for states, whose gradients were not recorded. */
    private static List<GoldenTensor> gradients(List<GoldenTensor> recorded, int inputs) {
        List<GoldenTensor> all = new ArrayList<>(recorded);
        all.addAll(Collections.nCopies(inputs - recorded.size(), null));
        return all;
    }

    /** Tuples of states are lists. */
    private static List<GoldenTensor> tensors(List<?> json) {
        return json.stream()
                .flatMap(each -> each instanceof List<?> list ? list.stream() : Stream.of(each))
                .filter(GoldenTensor.class::isInstance)
                .map(GoldenTensor.class::cast)
                .toList();
    }

    private static GoldenTensor turned(GoldenTensor tensor, boolean turns) {
        return turns && tensor.shape().size() == 3 ? GoldenCtc.samplesFirst(tensor) : tensor;
    }
}
