package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import dev.netwright.processor.NetwrightProcessor;
import dev.netwright.processor.generated.ClassBytes;
import dev.netwright.runtime.optim.Optimizer;
import dev.netwright.runtime.optim.SGD;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import org.junit.jupiter.api.Test;

/** Of calls that a network has no loss for, javac says that, and not only that an array is no array of objects. */
class NoLossTest {
    private static final String NETWORKS = """
            package app;

            import dev.netwright.annotations.*;

            class Networks {
                @Network(input = 4)
                static class None { @Linear(outFeatures = 2) Layer fc; }

                @Network
                @Input(name = "target", shape = 4)
                @Input(name = "other", shape = 4, type = InputType.UINT8)
                static class Two {
                    @ReLU(from = "target") Layer act;
                    @Normalize(mean = 0.5, std = 0.5, from = "other") Layer bytes;
                    @Add(from = {"act", "bytes"}) Layer sum;
                }

                @Network(input = 4)
                @MSELoss(reduction = Reduction.NONE)
                static class Apart { @Linear(outFeatures = 2) Layer fc; }

                @Network(input = 4)
                @MSELoss
                @L1Loss(reduction = Reduction.NONE)
                static class Beside { @Linear(outFeatures = 2) Layer fc; }
            }
            """;

    private static final String USE = """
            package app;

            import dev.netwright.runtime.optim.Optimizer;

            class Use {
                void call(Networks_NoneModel none, Networks_TwoModel two, Networks_ApartModel apart,
                        Networks_BesideModel beside, Optimizer optimizer, float[] x, byte[] bytes, int[] labels) {
                    none.trainStep(new Object[] {x}, new Object[] {labels}, 1, optimizer);
            %s
                }
            }
            """;

    /** Calls, and what javac is to say of each. */
    private static final Map<String, String> CALLS = Map.of(
            "beside.trainStep(x, x, 1, optimizer);",
            "float[] cannot be converted to app.Networks_BesideModel.LossNotReduced",
            "none.trainStep(x, labels, 1, optimizer);",
            "int[] cannot be converted to app.Networks_NoneModel.NoLossDeclared",
            "none.loss(x, x, 1);",
            "float[] cannot be converted to app.Networks_NoneModel.NoLossDeclared",
            "none.evaluate(x, x, 1);",
            "float[] cannot be converted to app.Networks_NoneModel.NoLossDeclared",
            "two.trainStep(x, bytes, x, 1, optimizer);",
            "float[] cannot be converted to app.Networks_TwoModel.NoLossDeclared",
            "apart.trainStep(x, x, 1, optimizer);",
            "float[] cannot be converted to app.Networks_ApartModel.LossNotReduced",
            "apart.loss(x, x, 1);",
            "float[] cannot be converted to app.Networks_ApartModel.LossNotReduced",
            "apart.evaluate(x, x, 1);",
            "float[] cannot be converted to app.Networks_ApartModel.LossNotReduced");

    private static Compilation compile(String calls) {
        return Compiler.javac()
                .withProcessors(new NetwrightProcessor())
                .withOptions("-Xlint:all,-processing", "-Anetwright.kernels=scalar")
                .compile(
                        JavaFileObjects.forSourceString("app.Networks", NETWORKS),
                        JavaFileObjects.forSourceString("app.Use", USE.formatted(calls)));
    }

    @Test
    void javacNamesWhatIsMissing() {
        Compilation compilation = compile(String.join("\n", CALLS.keySet()));

        Map<String, String> told = new TreeMap<>();
        for (Diagnostic<? extends JavaFileObject> error : compilation.errors()) {
            List<String> lines = error.getMessage(Locale.ROOT).lines().toList();
            String reason = lines.get(lines.size() - 1).replaceAll(".*(: |mismatch; )|\\)$", "");
            told.put(new ArrayList<>(CALLS.keySet()).get((int) error.getLineNumber() - 9), reason);
        }
        assertThat(told).isEqualTo(new TreeMap<>(CALLS));
    }

    @Test
    void nullIsToldByTheRuntime() throws ReflectiveOperationException, IOException {
        Map<String, byte[]> classes = new TreeMap<>();
        for (JavaFileObject file : compile("none.predict(x, 1);").generatedFiles()) {
            if (file.getKind() == Kind.CLASS) {
                String name = file.getName().replaceFirst("^/CLASS_OUTPUT/", "").replaceFirst("\\.class$", "");
                classes.put(name.replace('/', '.'), bytes(file));
            }
        }
        ClassLoader loader = new ClassBytes(classes);
        for (String name : List.of("None", "Two", "Apart", "Beside")) {
            Class<?> type = Class.forName("app.Networks_" + name + "Model", true, loader);
            Object model = type.getMethod("create", long.class).invoke(null, 1L);
            for (Method method : refusing(type).toList()) {
                Object[] arguments = Arrays.stream(method.getParameterTypes())
                        .map(parameter -> parameter == int.class ? 1 : parameter == Optimizer.class ? SGD.of(1) : null)
                        .toArray();
                assertThatThrownBy(() -> method.invoke(model, arguments))
                        .isInstanceOf(InvocationTargetException.class)
                        .cause()
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining(
                                List.of("Apart", "Beside").contains(name) ? "reduction NONE" : "declares no loss");
            }
            assertThat(refusing(type)).hasSize(3);
        }
    }

    private static byte[] bytes(JavaFileObject file) throws IOException {
        try (InputStream in = file.openInputStream()) {
            return in.readAllBytes();
        }
    }

    private static Stream<Method> refusing(Class<?> model) {
        return Arrays.stream(model.getDeclaredMethods())
                .filter(method -> Arrays.stream(method.getParameterTypes())
                        .anyMatch(parameter -> parameter.getSimpleName().matches("NoLossDeclared|LossNotReduced")));
    }
}
