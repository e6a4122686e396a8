package dev.netwright.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowsTest {
    @Test
    void namesAreUnique() {
        assertThat(Rows.list()).extracting(Row::id).doesNotHaveDuplicates();
    }

    @Test
    void aRequestKeepsItsValuesOnTheWay() {
        for (Row row : Rows.list()) {
            Request request = Request.parse(Request.prepare(row, 2).line());

            assertThat(request).isEqualTo(Request.prepare(row, 2));
            assertThat(request.kind()).isEqualTo(row.kind());
            if (row.layer() != null) {
                assertThat(request.layer()).isEqualTo(row.layer());
            }
            if (row.module() != null) {
                assertThat(request.module()).isEqualTo(row.module());
                assertThat(Module.isModule(request.get("layer"))).isTrue();
            }
        }
    }

    @Test
    void operationsOfAConvolutionAreTwoForEachMultiplication() {
        assertThat(LayerShape.convolution(64, 56, 128, 3, 2).flops()).isEqualTo(2L * 28 * 28 * 128 * 64 * 9);
        assertThat(LayerShape.depthwise(96, 112, 2).flops()).isEqualTo(2L * 56 * 56 * 96 * 9);
    }
}
