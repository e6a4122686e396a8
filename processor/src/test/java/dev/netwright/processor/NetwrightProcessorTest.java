package dev.netwright.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import dev.netwright.processor.Compiled.Message;
import dev.netwright.testing.Skipped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetwrightProcessorTest {
    private static final String RIGHT = "@Network(input = 7) class Right { @ReLU Layer act; }";
    private static final String WAITING =
            " @Network(input = 7) class Net extends Sizes { @Linear(outFeatures = Sizes.WIDTH) Layer fc; }";

    @Test
    void aCrashIsReportedAtItsNetworkAndTheOthersGoOn() {
        List<String> generated = new ArrayList<>();
        Compiled compiled = Compiled.with(
                new NetwrightProcessor((environment, options) -> (network, declared, report) -> {
                    if (declared.simpleName().equals("Bad")) {
                        throw new IllegalStateException("no such kernel");
                    }
                    generated.add(declared.generatedName());
                }),
                "\n@Network(input = 7)\nclass Bad { @ReLU Layer act; }",
                RIGHT);

        assertThat(compiled.errors()).hasSize(1);
        Message error = compiled.errors().get(0);
        assertThat(error.id()).isEqualTo("netwright/crash");
        assertThat(error.lineText()).isEqualTo("class Bad { @ReLU Layer act; }");
        assertThat(error.text())
                .startsWith("[netwright/crash] Netwright failed on Bad. This is a mistake in Netwright:"
                        + " please report it with this trace.")
                .contains("java.lang.IllegalStateException: no such kernel", "at dev.netwright.processor");
        assertThat(generated).containsExactly("RightModel");
    }

    static Stream<Throwable> throwables() {
        return Stream.of(
                new StackOverflowError(),
                new OutOfMemoryError("no room"),
                new AssertionError("a plan that is none"),
                new NoClassDefFoundError("Elsewhere"),
                new ArithmeticException("integer overflow"),
                new Exception("checked"));
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void whateverIsThrownIsOneMessageWithTheNetworksName(Throwable thrown) {
        List<String> generated = new ArrayList<>();
        Compiled compiled = Compiled.with(
                new NetwrightProcessor((environment, options) -> (network, declared, report) -> {
                    if (declared.simpleName().equals("Bad")) {
                        NetwrightProcessorTest.<RuntimeException>raise(thrown);
                    }
                    generated.add(declared.generatedName());
                }),
                "@Network(input = 7) class Bad { @ReLU Layer act; }",
                RIGHT);

        assertThat(compiled.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.text())
                        .startsWith("[netwright/crash] Netwright failed on Bad.")
                        .contains(thrown.getClass().getName()));
        assertThat(compiled.errors().get(0).text().lines()).hasSizeLessThan(100);
        assertThat(generated).containsExactly("RightModel");
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void raise(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Test
    void aFileThatCannotBeWrittenIsReportedAtItsNetwork() {
        Compiled compiled = Compiled.with(
                new NetwrightProcessor((environment, options) -> (network, declared, report) -> {
                    throw new IOException("disk full");
                }),
                RIGHT);

        assertThat(compiled.errors())
                .extracting(Message::text)
                .containsExactly("[netwright/file] the model of Right could not be written: disk full.");
    }

    @Test
    void nothingIsGeneratedForANetworkInError() {
        Compiled compiled = Compiled.of("@Network(input = 7) class Wrong { @Linear(outFeatures = 0) Layer fc; }");

        assertThat(compiled.errors()).hasSize(1);
        assertThat(compiled.results()).isEmpty();
    }

    @Test
    void networksWaitForTypesThatAnotherProcessorGenerates() {
        Compiled compiled = Compiled.with(
                List.of(new GenerateSizes()),
                List.of(),
                WAITING,
                "interface Outer {" + WAITING + " record Pair() {" + WAITING + "}  enum Kind { A;" + WAITING + "} }",
                RIGHT);

        assertThat(compiled.errors()).isEmpty();
        assertThat(compiled.results())
                .extracting(result -> result.declared().generatedName())
                .containsExactly(
                        "RightModel", "NetModel", "Outer_NetModel", "Outer_Pair_NetModel", "Outer_Kind_NetModel");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "extends Sizes"})
    void aCompactSourceFileMayHoldANetwork(String parent) {
        Skipped.unless(
                Runtime.version().feature() >= 25,
                "compact source files are of JDK 25, and this is " + Runtime.version());
        Compilation compilation = Compiler.javac()
                .withProcessors(new GenerateSizes(), new NetwrightProcessor())
                .compile(JavaFileObjects.forSourceString("Main", """
                        import dev.netwright.annotations.*;

                        @Network(input = 7) class Net %s { @Linear(outFeatures = 5) Layer fc; }

                        void main() {
                            IO.println(Main_NetModel.create(1).predict(new float[7], 1).length);
                        }
                        """.formatted(parent)));

        assertThat(compilation.errors()).isEmpty();
        assertThat(compilation.generatedFiles()).anyMatch(file -> file.getName().endsWith("/Main_NetModel.class"));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 11, 16})
    void releasesBefore17AreOneError(int release) {
        Compiled compiled = Compiled.with(
                List.of(),
                List.of("--release", String.valueOf(release)),
                RIGHT,
                "@Network(input = 7) class Other { @ReLU Layer act; }");

        assertThat(compiled.errors())
                .extracting(Message::text)
                .containsExactly("[netwright/release] networks need Java 17, but this is compiled for Java " + release
                        + ". Give the compiler --release 17 or a later one.");
        assertThat(compiled.results()).isEmpty();
    }

    @Test
    void releasesDoNotMatterWithoutANetwork() {
        assertThat(Compiled.with(List.of(), List.of("--release", "11"), "class Plain { Layer act; }")
                        .errors())
                .isEmpty();
    }

    @Test
    void aTypeThatNobodyGeneratesIsNamedInTheEnd() {
        Compiled compiled = Compiled.of("""

                @Network(input = 7)
                class Net {
                    @Linear(outFeatures = 3) Layre fc;
                }
                """, RIGHT);

        assertThat(compiled.errors())
                .filteredOn(error -> !error.id().equals("javac"))
                .extracting(Message::text, Message::lineText)
                .containsExactly(tuple(
                        "[netwright/missing-type] fc could not be compiled, because the type Layre does not exist."
                                + " Did you mean Layer?",
                        "    @Linear(outFeatures = 3) Layre fc;"));
        assertThat(compiled.results())
                .extracting(result -> result.declared().generatedName())
                .containsExactly("RightModel");
    }

    @Test
    void aConstantThatDoesNotExistIsPointedAt() {
        Compiled compiled =
                Compiled.of("@Network(input = 7) class Net {\n    @Linear(outFeatures = WIDTH) Layer fc;\n}");

        assertThat(compiled.errors())
                .filteredOn(error -> !error.id().equals("javac"))
                .extracting(Message::text, Message::rest)
                .containsExactly(tuple(
                        "[netwright/missing-type] fc could not be compiled, because the value of outFeatures cannot be"
                                + " read. Import what it names, or correct it.",
                        "WIDTH) Layer fc;\n}"));
    }

    @Test
    void anUnresolvedTypeOfAnotherFieldDoesNotMatter() {
        Compiled compiled = Compiled.of("@Network(input = 7) class Net { Missing other; @ReLU Layer act; }");

        assertThat(compiled.errors()).extracting(Message::id).containsExactly("javac");
        assertThat(compiled.results()).hasSize(1);
    }

    @Test
    void aCorrectNetworkCompilesWithoutAWord() {
        assertThat(Compiled.with(List.of(), List.of("-Werror"), RIGHT)
                        .compilation()
                        .diagnostics())
                .isEmpty();
    }
}
