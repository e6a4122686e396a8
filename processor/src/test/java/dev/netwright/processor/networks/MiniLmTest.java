package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.runtime.LoadResult;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** MiniLM of the zoo, for sentences of 16 words. */
class MiniLmTest {
    private static final int WORDS = 16;

    /** The keys of BERT's checkpoints, in their order, but for the numbers of places. */
    private static List<String> keys() {
        List<String> modules = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            for (String part : List.of(
                    "attention.self.query",
                    "attention.self.key",
                    "attention.self.value",
                    "attention.output.dense",
                    "attention.output.LayerNorm",
                    "intermediate.dense",
                    "output.dense",
                    "output.LayerNorm")) {
                modules.add("encoder.layer." + i + "." + part);
            }
        }
        modules.add(0, "embeddings.LayerNorm");
        modules.add("pooler.dense");
        List<String> keys = new ArrayList<>(List.of(
                "embeddings.word_embeddings.weight",
                "embeddings.position_embeddings.weight",
                "embeddings.token_type_embeddings.weight"));
        modules.forEach(module -> keys.addAll(List.of(module + ".weight", module + ".bias")));
        return keys;
    }

    @Test
    void aCheckpointOfBertsKeysLoads() {
        NetworkText zoo = NetworkText.extension(
                "MiniLmL6", "", "@Slice(end = " + WORDS + ", from = \"positions\") Layer places;", WORDS);
        String given = """
                @Network
                @Input(name = "words", shape = 16, type = InputType.INT32)
                @Input(name = "length", shape = 1, type = InputType.INT32)
                """;
        NetworkText text = new NetworkText(
                zoo.name(), zoo.text().replace("@Network(input = {" + WORDS + "})", given), zoo.others());
        GeneratedModel net = CompiledNetworks.of(text)
                .network(text)
                .create(1, Options.defaults().threads(1));

        Map<String, Tensor> state = new LinkedHashMap<>(net.model().stateDict());
        assertThat(List.copyOf(state.keySet())).isEqualTo(keys());
        assertThat(state.values().stream().mapToLong(Tensor::size).sum()).isEqualTo(22_713_216);
        state.put("embeddings.position_ids", Tensor.of(new float[512], 1, 512));
        LoadResult result = net.model().loadStateDict(state, false);
        assertThat(result.unexpected()).containsExactly("embeddings.position_ids");
        assertThat(result.missing()).isEmpty();
    }
}
