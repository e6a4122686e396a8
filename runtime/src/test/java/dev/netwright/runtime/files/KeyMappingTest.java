package dev.netwright.runtime.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.runtime.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyMappingTest {
    private static Map<String, Tensor> state(String... keys) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (int i = 0; i < keys.length; i++) {
            state.put(keys[i], Tensor.of(new float[] {i}, 1));
        }
        return state;
    }

    @Test
    void rulesApplyOneAfterTheOtherAndKeepTheOrder() {
        Map<String, Tensor> state = state("module.fc.weight", "module.conv.weight", "module.aux.fc.bias", "other");
        Map<String, Tensor> renamed = KeyMapping.of()
                .stripPrefix("module.")
                .drop("aux.*")
                .rename("fc.*", "classifier.6.*")
                .rename("other", "scale")
                .addPrefix("net.")
                .apply(state);
        assertThat(renamed.keySet()).containsExactly("net.classifier.6.weight", "net.conv.weight", "net.scale");
        assertThat(renamed.get("net.classifier.6.weight")).isSameAs(state.get("module.fc.weight"));
    }

    @Test
    void aStarCrossesDotsAndMayStandAnywhere() {
        KeyMapping mapping = KeyMapping.of().rename("block*.weight", "layer*.w");
        assertThat(mapping.apply(state("block1.conv.weight", "block2.conv.bias", "block.weight")))
                .containsOnlyKeys("layer1.conv.w", "block2.conv.bias", "layer.w");
        // Head and tail may not share a letter.
        assertThat(KeyMapping.of().rename("aba*ba", "x*").apply(state("aba"))).containsOnlyKeys("aba");
    }

    @Test
    void twoKeysOfOneNameAreRefused() {
        assertThatThrownBy(() -> KeyMapping.of().stripPrefix("module.").apply(state("module.w", "w")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The mapping gives \"module.w\" and \"w\" the same name \"w\".");
    }

    @Test
    void patternsThatDoNotCorrespondAreRefused() {
        for (String[] pair : new String[][] {{"a.*", "b"}, {"a", "b.*"}, {"*.*", "*"}}) {
            assertThatThrownBy(() -> KeyMapping.of().rename(pair[0], pair[1]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("one * each");
        }
    }
}
