package dev.netwright.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static final Map<String, Object> OURS = Map.of("outputs", List.of(1.0, -200.0), "losses", List.of(2.3));

    @Test
    void roundingIsNoDifference() {
        assertThat(Agreement.difference(OURS, Map.of("outputs", List.of(1.019, -200.0))))
                .isNull();
    }

    @Test
    void aDifferenceIsNamedWithBothValues() {
        assertThat(Agreement.difference(OURS, Map.of("outputs", List.of(1.03, -200.0))))
                .isEqualTo("outputs[0] is 1.03000 instead of 1.00000 (largest 200)");
    }

    @Test
    void notANumberIsADifference() {
        assertThat(Agreement.difference(OURS, Map.of("losses", List.of("NaN")))).startsWith("losses[0] is NaN");
    }

    @Test
    void anotherNumberOfElementsIsADifference() {
        assertThat(Agreement.difference(OURS, Map.of("losses", List.of(2.3, 2.2))))
                .isEqualTo("losses has 2 elements instead of 1");
    }

    @Test
    void withoutACommonNameNothingIsProved() {
        assertThat(Agreement.difference(OURS, Map.of("other", List.of(1.0)))).isEqualTo("nothing to compare by");
    }
}
