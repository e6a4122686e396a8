package dev.netwright.processor.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * PyTorch's cases of attention and of a transformer's layers: with samples first where they are second, and one mask for
 * each attention, which is added to its scores, for the masks of flags.
 */
final class GoldenAttention {
    static final Set<String> MODULES =
            Set.of("MultiheadAttention", "TransformerEncoderLayer", "TransformerDecoderLayer");

    /** By module: for each attention the argument of its mask, that of its keys' mask, and which input its keys are. */
    private record Masks(String scores, String keys, int input) {}

    private static final Map<String, List<Masks>> MASKS = Map.of(
            "MultiheadAttention",
            List.of(new Masks("attn_mask", "key_padding_mask", 1)),
            "TransformerEncoderLayer",
            List.of(new Masks("src_mask", "src_key_padding_mask", 0)),
            "TransformerDecoderLayer",
            List.of(
                    new Masks("tgt_mask", "tgt_key_padding_mask", 0),
                    new Masks("memory_mask", "memory_key_padding_mask", 1)));

    private GoldenAttention() {}

    static GoldenCase of(Map<?, ?> json) {
        Map<String, Object> arguments = GoldenCases.named(json.get("ctor_kwargs"), Object.class);
        boolean samplesFirst = Boolean.TRUE.equals(arguments.remove("batch_first"));
        List<GoldenTensor> inputs = new ArrayList<>();
        ((List<?>) json.get("args")).forEach(each -> inputs.add(turned((GoldenTensor) each, samplesFirst)));
        Map<String, Object> named = GoldenCases.named(json.get("kwargs"), Object.class);
        int rows = inputs.size();
        for (Masks masks : MASKS.get(json.get("module"))) {
            GoldenTensor scores = (GoldenTensor) named.get(masks.scores);
            GoldenTensor keys = (GoldenTensor) named.get(masks.keys);
            if (scores != null || keys != null) {
                inputs.add(mask(inputs.get(0), inputs.get(masks.input), scores, keys));
            }
        }
        List<GoldenTensor> gradients = new ArrayList<>();
        ((List<?>) json.get("grad_in")).forEach(each -> gradients.add(turned((GoldenTensor) each, samplesFirst)));
        gradients.addAll(Collections.nCopies(inputs.size() - rows, null));
        return new GoldenCase(
                (String) json.get("module"),
                json.get("case") + " " + json.get("desc"),
                (Boolean) json.get("training"),
                new ArrayList<>((List<?>) json.get("ctor_args")),
                new LinkedHashMap<>(arguments),
                inputs,
                GoldenCases.named(json.get("state"), GoldenTensor.class),
                turned((GoldenTensor) ((List<?>) json.get("out")).get(0), samplesFirst),
                turned((GoldenTensor) json.get("grad_out"), samplesFirst),
                gradients,
                GoldenCases.named(json.get("grad_param"), GoldenTensor.class),
                Map.of());
    }

    /** Minus infinity where a flag hides a key from a query, of all samples or of each. */
    private static GoldenTensor mask(GoldenTensor of, GoldenTensor rows, GoldenTensor scores, GoldenTensor keys) {
        boolean batched = of.shape().size() > 2;
        int samples = batched ? of.shape().get(0) : 1;
        int queries = of.shape().get(batched ? 1 : 0);
        int places = rows.shape().get(batched ? 1 : 0);
        double[] data = new double[samples * queries * places];
        Arrays.setAll(data, i -> {
            boolean hidden = scores != null && scores.data()[i % (queries * places)] == 1
                    || keys != null && keys.data()[i / (queries * places) * places + i % places] == 1;
            return hidden ? Double.NEGATIVE_INFINITY : 0;
        });
        return new GoldenTensor(batched ? List.of(samples, queries, places) : List.of(queries, places), data);
    }

    private static GoldenTensor turned(GoldenTensor tensor, boolean samplesFirst) {
        return samplesFirst || tensor.shape().size() < 3 ? tensor : GoldenCtc.samplesFirst(tensor);
    }
}
