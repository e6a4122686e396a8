package dev.netwright.runtime.generated;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutputTextTest {
    @Test
    void eachOutputHasALineOfAtMost80Columns() {
        float[] many = new float[100];
        many[1] = -0.25f;
        String text = OutputText.of(new String[] {"fc", "values"}, new float[] {1, 2.5f}, many);
        assertThat(text).isEqualTo("""
                        fc      2 floats: 1.0, 2.5
                        values  100 floats: 0.0, -0.25, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, ...""");
        assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void theLastValueNeedsNoRoomForMore() {
        assertThat(OutputText.of(new String[] {"x"}, new float[13]))
                .isEqualTo("x  13 floats: " + "0.0, ".repeat(12) + "0.0")
                .hasSize(77);
        assertThat(OutputText.of(new String[] {"x"}, (float[]) null)).isEqualTo("x  null");
        assertThat(OutputText.of(new String[] {"x"}, new float[0])).isEqualTo("x  0 floats");
    }
}
