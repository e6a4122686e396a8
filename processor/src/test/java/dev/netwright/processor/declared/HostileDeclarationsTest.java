package dev.netwright.processor.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import dev.netwright.processor.Compiled;
import dev.netwright.processor.NetwrightProcessor;
import dev.netwright.runtime.DType;
import dev.netwright.runtime.LossDefinition;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.ModelDefinition;
import dev.netwright.runtime.optim.SGD;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every declaration gives right code, or one message where it is wrong; none an exception, none an error of javac's in
 * generated code.
 */
@TestInstance(Lifecycle.PER_CLASS)
class HostileDeclarationsTest {
    /** Elements of one sample that are worth an array in a test. */
    private static final int MOST = 1_000_000;

    /** Errors keep javac from compiling anything, so that the others have a run of their own. */
    private final HostileRun refused = new HostileRun(refused().toList());

    private final HostileRun compiled = new HostileRun(compiled().toList());

    static Stream<Hostile> refused() {
        return Hostile.rows().filter(row -> row.id() != null);
    }

    static Stream<Hostile> compiled() {
        return Hostile.rows().filter(row -> row.id() == null);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void isOneMessageWhereItIsWrong(Hostile row) {
        String source = row.sources().stream()
                .filter(text -> text.indexOf(Compiled.CARET) >= 0)
                .findFirst()
                .orElseThrow();

        assertThat(refused.messages(row))
                .singleElement()
                .asString()
                .startsWith("[" + row.id() + "] ")
                .endsWith("\n" + Compiled.afterCaret(source));
    }

    @ParameterizedTest
    @MethodSource("compiled")
    void isCodeThatCompilesWithoutWarningsAndRuns(Hostile row) throws ReflectiveOperationException {
        assertThat(compiled.messages(row)).isEmpty();
        List<Model> models = compiled.models(row);
        assertThat(models).isNotEmpty();
        for (Model model : models) {
            run(model);
        }
    }

    private static void run(Model model) throws ReflectiveOperationException {
        ModelDefinition definition = model.definition();
        if (elements(definition.inputs().get(0).shape()) > MOST) {
            return;
        }
        Object[] inputs = definition.inputs().stream()
                .map(input -> input.type() == DType.F32
                        ? ramp(elements(input.shape()))
                        : input.type() == DType.I32 ? ones(elements(input.shape())) : null)
                .toArray();
        float[][] outputs = definition.outputs().stream()
                .map(output -> new float[elements(output.shape())])
                .toArray(float[][]::new);
        model.predict(inputs, 1, outputs);

        assertThat(typed(model, inputs)).isDeepEqualTo(outputs);
        boolean reduced =
                definition.losses().stream().noneMatch(loss -> loss.reduction() == LossDefinition.Reduction.NONE);
        if (!definition.losses().isEmpty() && reduced) {
            Object[] targets = definition.losses().stream()
                    .map(loss -> loss.hasIndices()
                            ? new int[elements(loss.targetShape())]
                            : new float[elements(loss.targetShape())])
                    .toArray();
            assertThat(model.trainStep(inputs, targets, 1, SGD.of(0.01f))).isFinite();
        }
    }

    private static int[] ones(int count) {
        int[] ones = new int[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** What the typed method gives, whose parameters are the inputs in declared order. */
    private static float[][] typed(Model model, Object[] inputs) throws ReflectiveOperationException {
        List<Object> arguments = new ArrayList<>(List.of(inputs));
        arguments.add(1);
        for (Method method : model.getClass().getMethods()) {
            if (method.getName().equals("predict")
                    && method.getParameterCount() == arguments.size()
                    && method.getDeclaringClass() == model.getClass()) {
                Object result = method.invoke(model, arguments.toArray());
                return result instanceof float[] only ? new float[][] {only} : components(result);
            }
        }
        throw new IllegalArgumentException("no typed predict in " + model.getClass());
    }

    private static float[][] components(Object result) throws ReflectiveOperationException {
        List<float[]> arrays = new ArrayList<>();
        for (RecordComponent component : result.getClass().getRecordComponents()) {
            arrays.add((float[]) component.getAccessor().invoke(result));
        }
        return arrays.toArray(float[][]::new);
    }

    private static int elements(int[] dimensions) {
        return Arrays.stream(dimensions).reduce(1, Math::multiplyExact);
    }

    private static float[] ramp(int size) {
        float[] values = new float[size];
        IntStream.range(0, size).forEach(i -> values[i] = i % 17 / 8f - 1);
        return values;
    }

    private Model only(String what) throws ReflectiveOperationException {
        return compiled.models(compiled()
                        .filter(row -> row.what().equals(what))
                        .findFirst()
                        .orElseThrow())
                .get(0);
    }

    private static float[] predict(Model model, float[] input) {
        float[] output = new float[elements(model.definition().outputs().get(0).shape())];
        model.predict(new Object[] {input}, 1, new float[][] {output});
        return output;
    }

    @Test
    void theUnnamedPackageIsAsGoodAsAny() {
        Compilation compilation = Compiler.javac()
                .withProcessors(new NetwrightProcessor())
                .withOptions("-Xlint:all,-processing", "-Werror")
                .compile(
                        JavaFileObjects.forSourceString("Net", """
                                import dev.netwright.annotations.*;

                                @Network(input = {1, 4, 4})
                                @CrossEntropyLoss
                                class Net {
                                    @Softmax(dim = 1) Layer Net;
                                    @Flatten Layer flat;
                                    @Linear(outFeatures = 2) Layer fc;
                                }
                                """),
                        JavaFileObjects.forSourceString("Math", "class Math {}"),
                        JavaFileObjects.forSourceString("Override", "class Override {}"));

        assertThat(compilation.diagnostics())
                .filteredOn(diagnostic -> diagnostic.getKind() != Diagnostic.Kind.NOTE)
                .isEmpty();
        assertThat(compilation.generatedFiles()).anyMatch(file -> file.getName().endsWith("/NetModel.class"));
    }

    @Test
    void keysAreInTheStateDictAsTheyWereWritten() throws ReflectiveOperationException {
        assertThat(only("keys").stateDict())
                .containsKeys(
                        "a\"b.weight",
                        "a\\b.weight",
                        "a\nb.weight",
                        "*/.weight",
                        "\\u002a/.weight",
                        "a\0b.weight",
                        "\u2028.weight",
                        "$L.weight",
                        "größe.weight",
                        "\uD835.weight",
                        "fc\n*/\\u002a/.bias");
    }

    @Test
    void outputsWithNamesOfObjectsMethodsHaveAnUnderscore() throws ReflectiveOperationException {
        Model model = only("outputs without losses");
        Class<?> outputs =
                model.getClass().getMethod("predict", float[].class, int.class).getReturnType();

        assertThat(Arrays.stream(outputs.getRecordComponents()).map(RecordComponent::getName))
                .contains("hashCode_", "toString_", "getClass_", "wait_", "n", "target", "equals", "inputs")
                .doesNotContain("hashCode", "wait");
    }

    @Test
    void aHundredTermsAreAddedUp() throws ReflectiveOperationException {
        assertThat(predict(only("100 terms"), new float[] {1, -2, 0.5f})).containsExactly(100, 0, 50);
    }

    @Test
    void everyMeanAndDeviationIsItsChannels() throws ReflectiveOperationException {
        float[] input = ramp(20_000);
        float[] output = predict(only("20,000 means"), input);

        for (int i = 0; i < input.length; i++) {
            assertThat(output[i]).isEqualTo((input[i] - i % 100) / (1 + i % 3));
        }
    }

    @Test
    void everyClassHasItsWeight() throws ReflectiveOperationException {
        Model model = only("20,000 class weights");
        float[] input = {1, -1};
        float[] scores = predict(model, input);
        double sum = 0;
        for (float score : scores) {
            sum += Math.exp(score);
        }
        for (int label : new int[] {0, 1, 499, 500, 501, 12_345, 19_999}) {
            double expected = (1 + label / 16_384.0) * (Math.log(sum) - scores[label]);
            assertThat(model.evaluate(new Object[] {input}, new Object[] {new int[] {label}}, 1))
                    .isCloseTo((float) expected, within(1e-4f));
        }
    }
}
