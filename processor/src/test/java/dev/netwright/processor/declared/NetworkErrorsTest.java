package dev.netwright.processor.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.Compiled;
import dev.netwright.processor.Compiled.Message;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NetworkErrorsTest {
    private static final String CIFAR = """

            @Network(input = {3, 32, 32})
            @CrossEntropyLoss
            class CifarNet {
                @Conv2d(outChannels = 32, kernelSize = 5, padding = 2) Layer conv1;
                @MaxPool2d(kernelSize = 2)                             Layer pool1;
                @Conv2d(outChannels = 32, kernelSize = 5, padding = 2) Layer conv2;
                @MaxPool2d(kernelSize = 2)                             Layer pool2;
                @Conv2d(outChannels = 64, kernelSize = 5, padding = 2) Layer conv3;
                @MaxPool2d(kernelSize = 2)                             Layer pool3;
                @Flatten                                               Layer flatten;
                @Linear(inFeatures = ^1000, outFeatures = 64)           Layer fc1;
                @Linear(outFeatures = 10)                              Layer fc2;
            }
            """;

    @Test
    void aWrongShapeIsExplainedByAllShapesBeforeIt() {
        Compiled compiled = Compiled.of(CIFAR);

        assertThat(compiled.errors())
                .containsExactly(new Message(
                        "app/CifarNet.java",
                        12,
                        "    @Linear(inFeatures = 1000, outFeatures = 64)           Layer fc1;",
                        Compiled.afterCaret(CIFAR),
                        """
                        [netwright/shape] fc1 expects 1000 input features but receives 1024 (64 x 4 x 4, flattened).
                            input     3 x 32 x 32
                            conv1    32 x 32 x 32
                            pool1    32 x 16 x 16
                            conv2    32 x 16 x 16
                            pool2    32 x  8 x  8
                            conv3    64 x  8 x  8
                            pool3    64 x  4 x  4
                            flatten          1024
                          Write inFeatures = 1024, or leave it out and it is inferred."""));
    }

    @Test
    void theTraceOfADeepNetworkIsCapped() {
        String layers = IntStream.range(0, 30)
                .mapToObj(i -> "@ReLU Layer act" + i + ";\n")
                .collect(Collectors.joining());
        Compiled compiled = Compiled.of(
                "@Network(input = 7) class Net {\n" + layers + "@Linear(inFeatures = 8, outFeatures = 2) Layer fc; }");

        assertThat(compiled.errors()).hasSize(1);
        assertThat(compiled.errors().get(0).text().lines())
                .hasSize(23)
                .startsWith(
                        "[netwright/shape] fc expects 8 input features but receives 7.",
                        "    ... and 11 more before",
                        "    act10  7")
                .endsWith("    act29  7", "  Write inFeatures = 7, or leave it out and it is inferred.");
    }

    @Test
    void aTraceHoldsOnlyWhatLeadsToTheError() {
        Compiled compiled = Compiled.of("""
                @Network(input = 7) class Net {
                    @Linear(outFeatures = 5) Layer left;
                    @Linear(outFeatures = 6, from = "input") Layer right;
                    @Linear(inFeatures = 8, outFeatures = 2) Layer fc;
                }
                """);

        assertThat(compiled.errors()).extracting(Message::text).containsExactly("""
                        [netwright/shape] fc expects 8 input features but receives 6.
                            input  7
                            right  6
                          Write inFeatures = 6, or leave it out and it is inferred.""");
    }

    @Test
    void whatFollowsAWrongLayerIsSilentAndOtherBranchesAreStillChecked() {
        Compiled compiled = Compiled.of("""
                @Network(input = 7) @MSELoss class Net {
                    @Linear(inFeatures = 1, outFeatures = 5) Layer wrong;
                    @Linear(inFeatures = 2, outFeatures = 5) Layer after;
                    @Linear(inFeatures = 3, outFeatures = 6, from = "input") Layer branch;
                    @ReLU(from = "after") Layer out;
                }
                """);

        assertThat(compiled.errors())
                .extracting(Message::lineText)
                .containsExactly(
                        "    @Linear(inFeatures = 1, outFeatures = 5) Layer wrong;",
                        "    @Linear(inFeatures = 3, outFeatures = 6, from = \"input\") Layer branch;");
    }

    @Test
    void whatFollowsAFieldThatIsNoLayerIsSilentToo() {
        Compiled compiled = Compiled.of("""
                @Network(input = 7) class Net {
                    @Linear(outFeatures = 5) Layer first;
                    Layer nothing;
                    @Linear(inFeatures = 3, outFeatures = 6) Layer after;
                }
                """);

        assertThat(compiled.errors()).extracting(Message::id).containsExactly("netwright/no-annotation");
    }

    @Test
    void whatFollowsAWrongInputIsSilent() {
        Compiled compiled = Compiled.of("""
                @Network(input = -1) @MSELoss class Net { @Linear(inFeatures = 3, outFeatures = 6) Layer fc; }
                """);

        assertThat(compiled.errors()).extracting(Message::id).containsExactly("netwright/input-size");
    }

    @Test
    void ofTwoNetworksTheRightOneIsCompiled() {
        Compiled compiled = Compiled.of(
                "@Network(input = 7) class Wrong { @Linear(outFeatures = 0) Layer fc; }",
                "@Network(input = 7) class Right { @Linear(outFeatures = 1) Layer fc; }");

        assertThat(compiled.errors()).extracting(Message::file).containsExactly("app/Wrong.java");
        assertThat(compiled.results())
                .extracting(result -> result.declared().generatedName())
                .containsExactly("RightModel");
    }

    @Test
    void aMissingRequiredAttributeIsLeftToJavac() {
        Compiled compiled = Compiled.of("""
                @Network(input = 7) class Net {
                    @Linear Layer fc;
                    @Linear(inFeatures = 3, outFeatures = 6) Layer after;
                }
                """);

        assertThat(compiled.errors())
                .extracting(Message::text)
                .singleElement()
                .asString()
                .contains("outFeatures");
        assertThat(compiled.results()).isEmpty();
    }

    @Test
    void twoClassesWithTheSameModelNameAreRefused() {
        Compiled compiled = Compiled.of(
                "class Outer { @Network(input = 7) static class Inner { @ReLU Layer act; } }",
                "@Network(input = 7) class Outer_Inner { @ReLU Layer act; }");

        assertThat(compiled.errors())
                .extracting(Message::text)
                .containsExactly("[netwright/model-name] the model of app.Outer_Inner would be named"
                        + " app.Outer_InnerModel, as that of app.Outer.Inner is. Rename one of the two classes.");
        assertThat(compiled.errors().get(0).file()).isEqualTo("app/Outer_Inner.java");
        assertThat(compiled.results()).hasSize(1);
    }

    @Test
    void aLayerAnnotatedTwiceWithTheSameIsLeftToJavac() {
        Compiled compiled = Compiled.of("@Network(input = 7) class Net { @ReLU @ReLU Layer act; }");

        assertThat(compiled.errors())
                .extracting(Message::text)
                .singleElement()
                .asString()
                .contains("repeatable");
        assertThat(compiled.results()).isEmpty();
    }

    @Test
    void anInputWithoutAShapeIsLeftToClassesThatExtend() {
        Compiled compiled = Compiled.of(
                "@Network @Input(name = \"x\") class Base { @ReLU(from = \"x\") Layer act; }",
                "@Network @Input(name = \"x\", shape = 4) class Net extends Base {}");

        assertThat(compiled.errors()).isEmpty();
        assertThat(compiled.results())
                .extracting(result -> result.declared().generatedName())
                .containsExactly("NetModel");
    }

    @Test
    void annotationsNewerThanTheProcessorAreNotSupported() {
        Compiled compiled = Compiled.of(
                """
                @Network(input = 7) @NewLoss class Net {
                    @ReLU Layer act;
                    @NewLayer Layer fresh;
                    @Linear(inFeatures = 3, outFeatures = 2) Layer after;
                    @ReLU(from = "act") Layer out;
                }
                """,
                "package dev.netwright.annotations; public @interface NewLayer { String[] from() default {}; }",
                "package dev.netwright.annotations; public @interface NewLoss { double scale() default 1; }");

        assertThat(compiled.errors())
                .extracting(Message::text)
                .containsExactly(
                        "[netwright/unsupported] The layer @NewLayer is not supported in this version of Netwright."
                                + " Use another layer.",
                        "[netwright/unsupported] The loss @NewLoss is not supported in this version of Netwright."
                                + " Use another loss.");
    }

    @Test
    void aLossThatDoesNotFitItsOutputIsExplainedByShapes() {
        Compiled compiled = Compiled.of("""
                @Network(input = {3, 5})
                @CrossEntropyLoss(weight = {1, 2})
                class Net {
                    @Linear(outFeatures = 2) Layer fc;
                }
                """);

        assertThat(compiled.errors()).extracting(Message::text).containsExactly("""
                [netwright/shape] weight of @CrossEntropyLoss has 2 values, but there are 3 classes.
                    input  3 x 5
                    fc     3 x 2
                  Write one value for each class.""");
    }
}
