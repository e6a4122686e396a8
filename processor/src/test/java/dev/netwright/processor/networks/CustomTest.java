package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.processor.Compiled;
import dev.netwright.processor.Compiled.Message;
import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.reference.OuterProduct;
import dev.netwright.processor.reference.SphereNorm;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.custom.GradientCheck;
import dev.netwright.runtime.optim.SGD;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Operators of the user's own. */
class CustomTest {
    private static final String IMPORTS = """
            package tested;
            import dev.netwright.annotations.*;

            """;

    /** An operator beside the network that uses it, and one within. */
    private static final NetworkText NETWORK = new NetworkText("tested.Curved", IMPORTS + """
            @Network(input = 2, inputGradient = true)
            @MSELoss
            public class Curved {
                @Custom(Inside.class) Layer squared;
                @Parameter(shape = 2) @Init(value = InitMethod.CONSTANT, constant = 3, parameter = "") Layer factor;
                @Custom(value = Inside.Product.class, output = 1, from = {"squared", "factor"}) Layer dot;

                public static class Inside {
                    public static void forward(float[] x, int at, float[] y, int to, int[] shape) {
                        for (int i = 0; i < shape[0]; i++) {
                            y[to + i] = x[at + i] * x[at + i];
                        }
                    }

                    public static void backward(float[] x, int at, float[] y, int yAt, float[] g, int gAt,
                            float[] dx, int dxAt, int... shape) {
                        for (int i = 0; i < shape[0]; i++) {
                            dx[dxAt + i] = 2 * x[at + i] * g[gAt + i];
                        }
                    }

                    public static class Product {
                        public static int[] outputShape(int[] a, int[] b) {
                            return new int[] {1};
                        }

                        public static void forward(float[] a, int aAt, float[] b, int bAt, float[] y, int yAt,
                                int[] aShape, int[] bShape) {
                            for (int i = 0; i < aShape[0]; i++) {
                                y[yAt] += a[aAt + i] * b[bAt + i];
                            }
                        }

                        public static void backward(float[] a, int aAt, float[] b, int bAt, float[] y, int yAt,
                                float[] g, int gAt, float[] da, int daAt, float[] db, int dbAt,
                                int[] aShape, int[] bShape) {
                            for (int i = 0; i < aShape[0]; i++) {
                                da[daAt + i] = g[gAt] * b[bAt + i];
                                db[dbAt + i] = g[gAt] * a[aAt + i];
                            }
                        }
                    }
                }
            }
            """);

    /** Named as a class that generated code calls. */
    private static final NetworkText NAMESAKE =
            new NetworkText("tested.Namesake", IMPORTS + """
            @Network(input = 2)
            public class Namesake {
                @Custom(tested.Arrays.class) Layer twice;
                @Custom(Namesake.Float.class) Layer again;

                public static class Float extends Twice {
                    public static void forward(float[] x, int at, float[] y, int to, int[] shape) {
                        Twice.forward(x, at, y, to, shape);
                    }

                    public static void backward(float[] x, int at, float[] y, int yAt, float[] g, int gAt,
                            float[] dx, int dxAt, int[] shape) {}
                }
            }

            class Twice {
                static void forward(float[] x, int at, float[] y, int to, int[] shape) {
                    for (int i = 0; i < shape[0]; i++) {
                        y[to + i] = 2 * x[at + i];
                    }
                }
            }
            """, Map.of("tested.Arrays", """
            package tested;
            public class Arrays {
                public static void forward(float[] x, int at, float[] y, int to, int[] shape) {
                    Twice.forward(x, at, y, to, shape);
                }

                public static void backward(float[] x, int at, float[] y, int yAt, float[] g, int gAt,
                        float[] dx, int dxAt, int[] shape) {}
            }
            """));

    private static final NetworkText OTHER_SHAPE = NetworkText.of("OtherShape", "@Network(input = 4) @MSELoss", """
            @Custom(value = dev.netwright.processor.reference.OuterProduct.class, output = {4, 4}, from = {"input", "input"})
            Layer outer;
            """);

    @Test
    void itIsComputedAndTrained() {
        GeneratedModel model = CompiledNetworks.of(NETWORK)
                .network(NETWORK)
                .create(1, Options.defaults().threads(1));
        assertThat(model.model()).hasToString("""
                Curved(
                  (squared): Custom(tested.Curved.Inside)
                  (dot): Custom(tested.Curved.Inside.Product)
                )""");
        float[] two = {1, 2, -1, 0.5f};
        assertThat(model.predict(List.of(two), 2).get("dot")).containsExactly(15, 3.75f);
        model.trainStep(List.of(two), List.of(new float[] {14, 3.25f}), 2, SGD.of(0.5f));
        // half of (15 - 14) * {1, 4} + (3.75 - 3.25) * {1, 0.25}, means over two samples
        assertThat(model.model().stateDict().get("factor").toArray()).containsExactly(2.25f, 0.9375f);
        assertThat(model.inputGradients().get("input").toArray()).containsExactly(6, 12, -3, 1.5f);
    }

    @Test
    void itMayHaveTheNameOfAClassThatGeneratedCodeUses() {
        GeneratedModel model = CompiledNetworks.of(NAMESAKE)
                .network(NAMESAKE)
                .create(1, Options.defaults().threads(1));
        assertThat(model.predict(List.of(new float[] {1, 3}), 1).get("again")).containsExactly(4, 12);
    }

    @Test
    void theOperatorsOfTheTestsHaveRightGradients() {
        assertThat(GradientCheck.of(SphereNorm.class, new int[] {3, 4}).run().notSmooth())
                .isZero();
        assertThat(GradientCheck.of(OuterProduct.class, new int[] {3}, new int[] {2, 2})
                        .run()
                        .notSmooth())
                .isZero();
    }

    @Test
    void anotherShapeThanDeclaredIsToldWhenItIsCreated() {
        CompiledNetworks compiled = CompiledNetworks.of(OTHER_SHAPE);
        assertThatThrownBy(() -> compiled.network(OTHER_SHAPE)
                        .create(1, Options.defaults().threads(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("OuterProduct.outputShape says that OtherShape.outer is [5, 4], but it is declared as"
                        + " [4, 4]. Write output = {5, 4}.");
    }

    private static String error(String custom, String operator) {
        List<Message> errors = Compiled.of(
                        "@Network(input = 4) class Net { @Custom(" + custom + ") Layer own; }", operator)
                .errors();
        assertThat(errors).hasSize(1);
        return errors.get(0).text();
    }

    @Test
    void whatCannotBeCalledIsToldAtTheAnnotation() {
        String forward = "public static void forward(float[] x, int xOffset, float[] y, int yOffset, int[] xShape)";
        assertThat(error("Own.class", "public class Own {}"))
                .isEqualTo("[netwright/attribute] own needs a method forward for 1 input, but Own"
                        + " has none. Declare " + forward + " in it.");
        assertThat(error("Own.class", "public class Own { public static float forward(float x) { return x; } }"))
                .isEqualTo("[netwright/attribute] own needs a method forward for 1 input, but Own"
                        + " has public static float forward(float). Declare " + forward + " in it.");
        assertThat(error("Own.class", "public class Own { " + forward + " {} }"))
                .isEqualTo("[netwright/attribute] own needs a method backward for 1 input, but Own"
                        + " has none. Declare public static void backward(float[] x, int xOffset, float[] y, int yOffset,"
                        + " float[] yGradient, int yGradientOffset, float[] xGradient, int xGradientOffset, int[] xShape)"
                        + " in it.");
        assertThat(error("Own.class", "public class Own { " + forward + " throws java.io.IOException {} }"))
                .contains("has public static void forward(float[], int, float[], int, int[]) throws"
                        + " java.io.IOException.");
        assertThat(error("Own.class", "class Own {}"))
                .isEqualTo("[netwright/attribute] own cannot call Own, as Own is not public. Name a public"
                        + " class, within public ones only, that has the methods.");
        assertThat(error("int[].class", "class Own {}")).contains("cannot call int[], as int[] has no methods.");
    }

    @Test
    void anOutputWithoutItsRuleIsTold() {
        String own = """
                public class Own {
                    public static void forward(float[] x, int a, float[] y, int b, int[] s) {}
                    public static void backward(float[] x, int a, float[] y, int b, float[] g, int c, float[] d, int e,
                            int[] s) {}
                }
                """;
        assertThat(error("value = Own.class, output = 3", own))
                .isEqualTo(
                        "[netwright/attribute] output of own is 3, but Own has no rule for it. Add public static int[]"
                                + " outputShape(int[] xShape) to Own, which says what comes of such inputs, or leave output out.");
        assertThat(error("value = Own.class, output = {}", own))
                .contains("but its sizes must be at least 1. Write output = {8, 16}, say.");
        assertThat(error("value = Own.class, output = {3, 0}", own)).contains("its sizes must be at least 1");
    }
}
