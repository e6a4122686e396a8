package dev.netwright.runtime.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.runtime.custom.GradientCheck.Report;
import org.junit.jupiter.api.Test;

class GradientCheckTest {
    /** y = x^2. */
    public static final class Square {
        public static void forward(float[] x, int xOffset, float[] y, int yOffset, int[] shape) {
            for (int i = 0; i < shape[0]; i++) {
                y[yOffset + i] = x[xOffset + i] * x[xOffset + i];
            }
        }

        public static void backward(
                float[] x, int xAt, float[] y, int yAt, float[] g, int gAt, float[] dx, int dxAt, int[] shape) {
            for (int i = 0; i < shape[0]; i++) {
                dx[dxAt + i] = 2 * x[xAt + i] * g[gAt + i];
            }
        }
    }

    /** y = a b, an outer product. */
    public static final class Outer {
        public static int[] outputShape(int[] a, int[] b) {
            return new int[] {a[0], b[0]};
        }

        public static void forward(
                float[] a, int aAt, float[] b, int bAt, float[] y, int yAt, int[] aShape, int[] bShape) {
            for (int i = 0; i < aShape[0] * bShape[0]; i++) {
                y[yAt + i] = a[aAt + i / bShape[0]] * b[bAt + i % bShape[0]];
            }
        }

        public static void backward(
                float[] a,
                int aAt,
                float[] b,
                int bAt,
                float[] y,
                int yAt,
                float[] g,
                int gAt,
                float[] da,
                int daAt,
                float[] db,
                int dbAt,
                int[] aShape,
                int[] bShape) {
            for (int i = 0; i < aShape[0] * bShape[0]; i++) {
                da[daAt + i / bShape[0]] += g[gAt + i] * b[bAt + i % bShape[0]];
                db[dbAt + i % bShape[0]] += g[gAt + i] * a[aAt + i / bShape[0]];
            }
        }
    }

    /** y = |x|, with the gradient of x. */
    public static final class Wrong {
        public static void forward(float[] x, int xOffset, float[] y, int yOffset, int[] shape) {
            for (int i = 0; i < shape[0]; i++) {
                y[yOffset + i] = Math.abs(x[xOffset + i]);
            }
        }

        public static void backward(
                float[] x, int xAt, float[] y, int yAt, float[] g, int gAt, float[] dx, int dxAt, int[] shape) {
            System.arraycopy(g, gAt, dx, dxAt, shape[0]);
        }
    }

    /** Writes one place too far. */
    public static final class Careless {
        public static void forward(float[] x, int xOffset, float[] y, int yOffset, int[] shape) {
            y[yOffset + shape[0]] = 1;
        }

        public static void backward(
                float[] x, int xAt, float[] y, int yAt, float[] g, int gAt, float[] dx, int dxAt, int[] shape) {
            g[gAt] = 0;
        }
    }

    /** Counts its calls. */
    public static final class Remembering {
        private static int calls;

        public static void forward(float[] x, int xOffset, float[] y, int yOffset, int[] shape) {
            y[yOffset] = ++calls;
        }

        public static void backward(
                float[] x, int xAt, float[] y, int yAt, float[] g, int gAt, float[] dx, int dxAt, int[] shape) {}
    }

    @Test
    void rightGradientsAgree() {
        Report square = GradientCheck.of(Square.class, new int[] {40}).run();
        assertThat(square.compared()).isEqualTo(40);
        assertThat(square.notSmooth()).isZero();
        assertThat(square.largestError()).isLessThan(1e-4);
        Report outer = GradientCheck.of(Outer.class, new int[] {3}, new int[] {5})
                .seed(7)
                .range(3)
                .run();
        assertThat(outer.compared()).isEqualTo(8);
        assertThat(outer.largestError()).isLessThan(1e-4);
    }

    @Test
    void aWrongGradientIsTold() {
        GradientCheck check = GradientCheck.of(Wrong.class, new int[] {2}).values(0, 1, -0.5f);
        assertThatThrownBy(check::run)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("Wrong: backward has the gradient ")
                .hasMessageContaining("by input 0 at [1], but differences of forward say ")
                .hasMessageEndingWith("(the input is -0.5 there).");
    }

    @Test
    void whereTheFunctionIsNotSmoothNothingIsCompared() {
        Report report = GradientCheck.of(Wrong.class, new int[] {3})
                .values(0, 1, 0.01f, 2)
                .run();
        assertThat(report).extracting(Report::compared, Report::notSmooth).containsExactly(2, 1);
        assertThatThrownBy(() -> GradientCheck.of(Wrong.class, new int[] {3})
                        .values(0, 1, 0.01f, -0.02f)
                        .run())
                .hasMessageContaining("2 of 3 derivatives cannot be told from differences");
    }

    @Test
    void whatIsWrittenElsewhereIsTold() {
        assertThatThrownBy(() -> GradientCheck.of(Careless.class, new int[] {4}).run())
                .isInstanceOf(AssertionError.class)
                .hasMessage("Careless.forward writes beside the 4 values of array 1.");
    }

    @Test
    void whatIsKeptBetweenCallsIsTold() {
        assertThatThrownBy(
                        () -> GradientCheck.of(Remembering.class, new int[] {4}).run())
                .hasMessage("Remembering: forward makes different outputs of the same inputs.");
    }

    @Test
    void mistakesOfTheCallerAreTold() {
        assertThatThrownBy(() -> GradientCheck.of(Square.class, new int[] {4}, new int[] {4})
                        .run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Square has no public static void forward for 2 inputs");
        assertThatThrownBy(() -> GradientCheck.of(Square.class)).hasMessageContaining("at least one input");
        assertThatThrownBy(() -> GradientCheck.of(Square.class, new int[] {0})).hasMessageContaining("no elements");
        GradientCheck check = GradientCheck.of(Square.class, new int[] {4});
        assertThatThrownBy(() -> check.values(0, 1, 2)).hasMessageContaining("has 4 values, not 2");
        assertThatThrownBy(() -> check.range(0)).hasMessageContaining("must be a positive number");
    }
}
