package dev.netwright.processor.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.Compiled;
import dev.netwright.processor.Compiled.Message;
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

    private final Compiled compiled = Told.compiled(rows().toList());

    static Stream<Told> rows() {
        return Stream.of(
                new Told(
                        """

                        @Network(input = 4)
                        class Unknown {
                            @Mamba(hiddenSize = 3) Layer ^lstm;
                            @Mamba(hiddenSize = 3) Layer again;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        MISSING
                                + "lstm could not be compiled, because the annotation @Mamba does not exist."
                                + " Import it, or correct its name."),
                new Told(
                        """

                        @Network(input = 4)
                        class Misspelt { @Liner(outFeatures = 3) Layer ^fc; }
                        """,
                        MISSING
                                + "fc could not be compiled, because the annotation @Liner does not exist."
                                + " Did you mean @Linear?"),
                new Told(
                        """

                        @Network(input = 4)
                        @FocalLoss
                        ^class Loss { @ReLU Layer act; }
                        """,
                        MISSING
                                + "Loss could not be compiled, because the annotation @FocalLoss does not exist."
                                + " Import it, or correct its name."),
                new Told(
                        NETWORK + """
                        import dev.netwright.annotations.ReLU;
                        @Network(input = 4)
                        class NoLayer { @ReLU Layer ^act; @ReLU Layer again; }
                        """,
                        MISSING
                                + "act could not be compiled, because the type Layer is not imported."
                                + " Write import dev.netwright.annotations.Layer;"),
                new Told(
                        NETWORK + """
                        import dev.netwright.annotations.Layer;
                        @Network(input = 4)
                        class NoReLU { @ReLU Layer ^act; @ReLU Layer again; }
                        """,
                        MISSING
                                + "act could not be compiled, because the annotation @ReLU is not imported."
                                + " Write import dev.netwright.annotations.ReLU;"),
                new Told(
                        NETWORK + """

                        @Network(input = 4)
                        class Neither { @ReLU Layer ^^act; }
                        """,
                        MISSING + "act could not be compiled, because the annotation @ReLU is not imported."
                                + " Write import dev.netwright.annotations.ReLU;",
                        MISSING + "act could not be compiled, because the type Layer is not imported."
                                + " Write import dev.netwright.annotations.Layer;"),
                new Told(
                        NETWORK + """

                        @Network(input = 4)
                        class BothMisspelt { @RLU Layre ^act; }
                        """,
                        MISSING
                                + "act could not be compiled, because the type Layre does not exist."
                                + " Did you mean Layer?"),
                new Told(
                        NETWORK + """
                        import dev.netwright.annotations.*;
                        import dev.netwright.annotations.Mamba;
                        @Network(input = 4)
                        class ImportOfNothing { @Mamba Layer ^lstm; }
                        """,
                        MISSING
                                + "lstm could not be compiled, because the annotation @Mamba does not exist."
                                + " Import it, or correct its name."),
                new Told(
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
                new Told(
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
                new Told(
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
                new Told(
                        """

                        @Network(input = {3, ^SIZE})
                        class UnknownInput { @Linear(inFeatures = 3, outFeatures = 2) Layer fc; }
                        """,
                        MISSING
                                + "UnknownInput could not be compiled, because the value of input cannot be read."
                                + " Import what it names, or correct it."),
                new Told(
                        """

                        @Network(input = 4)
                        ^class NoParent extends Parent { @ReLU Layer act; }
                        """,
                        MISSING
                                + "NoParent could not be compiled, because the type Parent does not exist."
                                + " Import it, or correct its name."),
                new Told(
                        NETWORK + """
                        import dev.netwright.annotations.ReLU;
                        class OtherLayer {
                            interface Layer {}
                            @Network(input = 4) class Net { @ReLU Layer ^act; }
                        }
                        """,
                        "[netwright/not-a-layer] act is annotated with @ReLU, but its type is"
                                + " app.OtherLayer.Layer. Import dev.netwright.annotations.Layer in its place."),
                new Told(
                        NETWORK + """
                        import dev.netwright.annotations.Layer;
                        class OtherReLU {
                            @interface ReLU {}
                            @Network(input = 4) class Net { @ReLU Layer ^act; }
                        }
                        """,
                        "[netwright/no-annotation] act is a Layer, but none of Netwright's annotations says which."
                                + " Import and write one, such as @ReLU Layer act;"),
                new Told(
                        "package app; import dev.netwright.annotations.Layer; import dev.netwright.annotations.ReLU; "
                                + """

                        @Network(input = 4)
                        ^class NoNetwork { @ReLU Layer act; }
                        """,
                        MISSING
                                + "NoNetwork could not be compiled, because the annotation @Network is not imported."
                                + " Write import dev.netwright.annotations.Network;"),
                new Told(
                        """

                        @Netwrok(input = 4)
                        ^class Misspelling { @ReLU Layer act; }
                        """,
                        MISSING
                                + "Misspelling could not be compiled, because the annotation @Netwrok does not exist."
                                + " Did you mean @Network?"),
                new Told(
                        """

                        @Missing
                        ^class Annotated { @ReLU Layer act; }
                        """,
                        "[netwright/no-network] Annotated has the layer act, but no @Network, so that nothing would"
                                + " come of it. Import and write @Network(input = {3, 32, 32}), say, before the"
                                + " class."),
                new Told("""

                        @Network(input = 4)
                        class Good { Missing other; @Missing Object unused; @ReLU Layer act; }
                        """));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatIsMissingIsNamed(Told row) {
        row.check(compiled);
    }

    @Test
    void whatJavacTellsComesFirst() {
        assertThat(compiled.errors())
                .filteredOn(error -> error.file().endsWith("/Unknown.java"))
                .extracting(Message::id)
                .containsExactly("javac", "javac", "netwright/missing-type");
    }

    /** As build tools give it, which do not hand on the trees: what is then not known is not made up. */
    @Test
    void anEnvironmentWithoutTreesIsGoodEnough() {
        Compiled wrapped = Compiled.inWrappedEnvironment("""
                @Network(input = 4)
                class Net {
                    @Mamba(hiddenSize = 3) Layer lstm;
                }
                """);

        assertThat(wrapped.errors())
                .filteredOn(error -> !error.id().equals("javac"))
                .extracting(Message::text)
                .singleElement()
                .isIn(
                        MISSING + "lstm could not be compiled, because the annotation @Mamba does not exist."
                                + " Import it, or correct its name.",
                        "[netwright/no-annotation] lstm is a Layer, but none of Netwright's annotations says which."
                                + " Import and write one, such as @ReLU Layer lstm;");
    }

    @Test
    void nothingElseIsGenerated() {
        assertThat(compiled.results())
                .extracting(result -> result.declared().simpleName())
                .containsExactly("Good");
    }
}
