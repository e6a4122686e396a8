package dev.netwright.processor.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.graph.WinogradForm;
import dev.netwright.processor.graph.WinogradForm.Matrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In exact numbers the transforms of a form give the convolution. */
class WinogradFormTest {
    @ParameterizedTest
    @CsvSource({"2, 3", "4, 3", "2, 5", "4, 5", "6, 3"})
    void oneDimensionIsAConvolution(int outputs, int taps) {
        WinogradForm form = new WinogradForm(outputs, taps);
        double[][] in = form.matrix(Matrix.INPUT);
        double[][] weights = form.matrix(Matrix.WEIGHTS);
        double[][] out = form.matrix(Matrix.OUTPUT);
        for (int r = 0; r < outputs; r++) {
            for (int x = 0; x < form.size(); x++) {
                for (int w = 0; w < taps; w++) {
                    double product = 0;
                    for (int p = 0; p < form.size(); p++) {
                        product += out[r][p] * in[p][x] * weights[p][w];
                    }
                    assertThat(product)
                            .as("result %d, input %d, tap %d", r, x, w)
                            .isCloseTo(x == r + w ? 1 : 0, within(1e-12));
                }
            }
        }
    }
}
