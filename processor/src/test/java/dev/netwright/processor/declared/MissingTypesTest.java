package dev.netwright.processor.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.Compiled;
import dev.netwright.processor.Compiled.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What does not exist or was not imported is named, once, and is not taken for something that was left out. All rows
 * are one run of javac.
 */
@TestInstance(Lifecycle.PER_CLASS)
class MissingTypesTest {
    private static final String NETWORK = "package app; import dev.netwright.annotations.Network; ";
    private static final String MISSING = "[netwright/missing-type] ";

    /**
     * A class with what is told about it, besides what javac tells.
     *
     * @param source with {@link Compiled#CARET} at each expected place
     * @param texts in the order of the places
     */
    record Row(String source, List<String> texts) {
        Row(String source, String... texts) {
            this(source, List.of(texts));
        }

        String name() {
            return source.replaceAll("(?s).*?class (\\w+).*", "$1");
        }

        @Override
        public String toString() {
            return name();
        }
    }

    private final Compiled compiled = Compiled.of(rows().map(Row::source).toArray(String[]::new));

    static Stream<Row> rows() {
        return Stream.of(
                new Row(
                        """

                        @Network(input = 4)
                        class Unknown {
                            @LSTM(hiddenSize = 3) Layer ^lstm;
                            @LSTM(hiddenSize = 3) Layer again;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        MISSING
                                + "lstm could not be compiled, because the annotation @LSTM does not exist."
                                + " Import it, or correct its name."),
                new Row(
                        """

                        @Network(input = 4)
                        class Misspelt { @Liner(outFeatures = 3) Layer ^fc; }
                        """,
                        MISSING
                                + "fc could not be compiled, because the annotation @Liner does not exist."
                                + " Did you mean @Linear?"),
                new Row(
                        """

                        @Network(input = 4)
                        @HuberLoss
                        ^class Loss { @ReLU Layer act; }
                        """,
                        MISSING
                                + "Loss could not be compiled, because the annotation @HuberLoss does not exist."
                                + " Import it, or correct its name."),
                new Row(
                        NETWORK + """
                        import dev.netwright.annotations.ReLU;
                        @Network(input = 4)
                        class NoLayer { @ReLU Layer ^act; @ReLU Layer again; }
                        """,
                        MISSING
                                + "act could not be compiled, because the type Layer is not imported."
                                + " Write import dev.netwright.annotations.Layer;"),
                new Row(
                        NETWORK + """
                        import dev.netwright.annotations.Layer;
                        @Network(input = 4)
                        class NoReLU { @ReLU Layer ^act; @ReLU Layer again; }
                        """,
                        MISSING
                                + "act could not be compiled, because the annotation @ReLU is not imported."
                                + " Write import dev.netwright.annotations.ReLU;"),
                new Row(
                        NETWORK + """

                        @Network(input = 4)
                        class Neither { @ReLU Layer ^^act; }
                        """,
                        MISSING + "act could not be compiled, because the annotation @ReLU is not imported."
                                + " Write import dev.netwright.annotations.ReLU;",
                        MISSING + "act could not be compiled, because the type Layer is not imported."
                                + " Write import dev.netwright.annotations.Layer;"),
                new Row(
                        NETWORK + """

                        @Network(input = 4)
                        class BothMisspelt { @RLU Layre ^act; }
                        """,
                        MISSING
                                + "act could not be compiled, because the type Layre does not exist. Did you mean Layer?"),
                new Row(
                        NETWORK + """
                        import dev.netwright.annotations.*;
                        import dev.netwright.annotations.LSTM;
                        @Network(input = 4)
                        class ImportOfNothing { @LSTM Layer ^lstm; }
                        """,
                        MISSING
                                + "lstm could not be compiled, because the annotation @LSTM does not exist."
                                + " Import it, or correct its name."),
                new Row(
                        NETWORK + """
                        import dev.netwright.annotations.Layer;
                        import dev.netwright.annotations.ReLU;
                        @Network
                        @Input(name = "left", shape = 4)
                        ^class NoInput { @ReLU(from = "left") Layer act; }
                        """,
                        MISSING
                                + "NoInput could not be compiled, because the annotation @Input is not imported."
                                + " Write import dev.netwright.annotations.Input;"),
                new Row(
                        NETWORK + """
                        import dev.netwright.annotations.Layer;
                        import dev.netwright.annotations.MSELoss;
                        import dev.netwright.annotations.ReLU;
                        @Network(input = 4)
                        @MSELoss(of = "first")
                        class NoOutput { @Output @ReLU Layer ^first; @ReLU Layer second; }
                        """,
                        MISSING
                                + "first could not be compiled, because the annotation @Output is not imported."
                                + " Write import dev.netwright.annotations.Output;"),
                new Row(
                        """

                        @Network(input = 4)
                        class WithAnother {
                            @Linear(outFeatures = ^WIDTH) Layer fc;
                            @Linear(outFeatures = ^HEIGHT) Layer head;
                            @ReLU(from = ^"fx") Layer act;
                        }
                        """,
                        MISSING + "fc could not be compiled, because the value of outFeatures cannot be read."
                                + " Import what it names, or correct it.",
                        MISSING + "head could not be compiled, because the value of outFeatures cannot be read."
                                + " Import what it names, or correct it.",
                        "[netwright/from] act takes its input from \"fx\", but there is no layer or input of that name."
                                + " Did you mean \"fc\"?"),
                new Row(
                        """

                        @Network(input = {3, ^SIZE})
                        class UnknownInput { @Linear(inFeatures = 3, outFeatures = 2) Layer fc; }
                        """,
                        MISSING
                                + "UnknownInput could not be compiled, because the value of input cannot be read."
                                + " Import what it names, or correct it."),
                new Row(
                        """

                        @Network(input = 4)
                        ^class NoParent extends Parent { @ReLU Layer act; }
                        """,
                        MISSING
                                + "NoParent could not be compiled, because the type Parent does not exist."
                                + " Import it, or correct its name."),
                new Row(
                        NETWORK + """
                        import dev.netwright.annotations.ReLU;
                        class OtherLayer {
                            interface Layer {}
                            @Network(input = 4) class Net { @ReLU Layer ^act; }
                        }
                        """,
                        "[netwright/not-a-layer] act is annotated with @ReLU, but its type is"
                                + " app.OtherLayer.Layer. Import dev.netwright.annotations.Layer in its place."),
                new Row(
                        NETWORK + """
                        import dev.netwright.annotations.Layer;
                        class OtherReLU {
                            @interface ReLU {}
                            @Network(input = 4) class Net { @ReLU Layer ^act; }
                        }
                        """,
                        "[netwright/no-annotation] act is a Layer, but none of Netwright's annotations says which."
                                + " Import and write one, such as @ReLU Layer act;"),
                new Row(
                        "package app; import dev.netwright.annotations.Layer; import dev.netwright.annotations.ReLU; "
                                + """

                        @Network(input = 4)
                        ^class NoNetwork { @ReLU Layer act; }
                        """,
                        MISSING
                                + "NoNetwork could not be compiled, because the annotation @Network is not imported."
                                + " Write import dev.netwright.annotations.Network;"),
                new Row(
                        """

                        @Netwrok(input = 4)
                        ^class Misspelling { @ReLU Layer act; }
                        """,
                        MISSING
                                + "Misspelling could not be compiled, because the annotation @Netwrok does not exist."
                                + " Did you mean @Network?"),
                new Row(
                        """

                        @Missing
                        ^class Annotated { @ReLU Layer act; }
                        """,
                        "[netwright/no-network] Annotated has the layer act, but no @Network, so that nothing would"
                                + " come of it. Import and write @Network(input = {3, 32, 32}), say, before the class."),
                new Row("""

                        @Network(input = 4)
                        class Good { Missing other; @Missing Object unused; @ReLU Layer act; }
                        """));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatIsMissingIsNamed(Row row) {
        List<String> expected = new ArrayList<>();
        String[] parts = row.source().split("\\" + Compiled.CARET, -1);
        for (int i = 0; i < row.texts().size(); i++) {
            String rest = String.join("", List.of(parts).subList(i + 1, parts.length));
            expected.add(row.texts().get(i) + "\n" + rest);
        }

        assertThat(compiled.errors())
                .filteredOn(error -> error.file().matches("(.*/)?" + row.name() + ".java"))
                .filteredOn(error -> !error.id().equals("javac"))
                .extracting(error -> error.text() + "\n" + error.rest())
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void whatJavacTellsComesFirst() {
        assertThat(compiled.errors())
                .filteredOn(error -> error.file().endsWith("/Unknown.java"))
                .extracting(Message::id)
                .containsExactly("javac", "javac", "netwright/missing-type");
    }

    @Test
    void nothingElseIsGenerated() {
        assertThat(compiled.results())
                .extracting(result -> result.network().simpleName())
                .containsExactly("Good");
    }
}
