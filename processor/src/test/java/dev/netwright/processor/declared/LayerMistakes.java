package dev.netwright.processor.declared;

import dev.netwright.processor.diagnostic.Problem;
import java.util.stream.Stream;

/** Mistakes of layers, what they read and their keys. */
final class LayerMistakes {
    private LayerMistakes() {}

    static Stream<Mistake> mistakes() {
        return Stream.of(layers(), wiring(), keys()).flatMap(each -> each);
    }

    private static Stream<Mistake> layers() {
        return Stream.of(
                new Mistake(
                        Problem.NO_ANNOTATION,
                        """

                        @Network(input = 4)
                        class Net {
                            @ReLU Layer first;
                            Layer ^second;
                        }
                        """,
                        "second is a Layer, but none of Netwright's annotations says which."
                                + " Import and write one, such as @ReLU Layer second;"),
                new Mistake(
                        Problem.TWO_ANNOTATIONS,
                        """

                        @Network(input = 4)
                        class Net {
                            @Linear(outFeatures = 3) ^@ReLU Layer both;
                        }
                        """,
                        "both has two layer annotations, @Linear and @ReLU. Declare a field for each."),
                new Mistake(
                        Problem.NOT_A_LAYER,
                        """

                        @Network(input = 4)
                        class Net {
                            @ReLU String ^act;
                        }
                        """,
                        "act is annotated with @ReLU, but its type is java.lang.String. Declare it as Layer act;"),
                new Mistake(
                        Problem.NO_ANNOTATION,
                        """

                        @Network(input = 4)
                        class Net {
                            @ReLU Layer act;
                            @Output Layer ^out;
                        }
                        """,
                        "out is a Layer, but none of Netwright's annotations says which."
                                + " Import and write one, such as @ReLU Layer out;"),
                new Mistake(Problem.NAME_CLASH, """

                        @Network(input = 4)
                        class Net {
                            @ReLU Layer ^input;
                        }
                        """, "input has the name of an input. Rename the layer or the input."),
                new Mistake(
                        Problem.ATTRIBUTE,
                        """

                        @Network(input = 4)
                        class Net {
                            @Linear(outFeatures = ^0) Layer fc;
                        }
                        """,
                        "outFeatures of fc is 0, but must be at least 1. Write outFeatures = 1 or more."),
                new Mistake(
                        Problem.BATCH_DIMENSION,
                        """

                        @Network(input = 4)
                        class Net {
                            @Softmax(dim = ^0) Layer probabilities;
                        }
                        """,
                        "dim of probabilities is 0, the batch, but samples never mix."
                                + " Write a dimension of the sample (4): 1 to 1, or -1 for the last."),
                new Mistake(Problem.SHAPE, """

                        @Network(input = 784)
                        class Net {
                            @Linear(outFeatures = 64) Layer fc1;
                            @ReLU Layer act;
                            @Linear(inFeatures = ^65, outFeatures = 10) Layer fc2;
                        }
                        """, """
                        fc2 expects 65 input features but receives 64.
                            input  784
                            fc1     64
                            act     64
                          Write inFeatures = 64, or leave it out and it is inferred."""));
    }

    private static Stream<Mistake> wiring() {
        return Stream.of(
                new Mistake(
                        Problem.UNKNOWN_FROM,
                        """

                        @Network(input = 4)
                        class Net {
                            @ReLU Layer conv1;
                            @ReLU Layer conv2;
                            @Add(from = {"conv1", ^"cnov2"}) Layer sum;
                        }
                        """,
                        "sum takes its input from \"cnov2\", but there is no layer or input of that name."
                                + " Did you mean \"conv2\"?"),
                new Mistake(
                        Problem.UNKNOWN_FROM,
                        """

                        @Network(input = 4)
                        class Net {
                            @ReLU Layer conv1;
                            @Linear(outFeatures = 2, from = ^"encoder") Layer head;
                        }
                        """,
                        "head takes its input from \"encoder\", but there is no layer or input of that name."
                                + " Known are: conv1, input."),
                new Mistake(
                        Problem.UNKNOWN_FROM,
                        """

                        @Network(input = 4, type = InputType.INT32)
                        class Net {
                            @Linear(outFeatures = 4) Layer factors;
                            @EmbeddingBag(
                                numEmbeddings = 3, embeddingDim = 2, mode = EmbeddingBag.Mode.SUM,
                                perSampleWeights = ^"factor", from = "input") Layer bag;
                        }
                        """,
                        "bag takes its input from \"factor\", but there is no layer or input of that name."
                                + " Did you mean \"factors\"?"),
                new Mistake(
                        Problem.FROM_ITSELF,
                        """

                        @Network(input = 4)
                        class Net {
                            @ReLU(from = ^"act") Layer act;
                        }
                        """,
                        "act takes its input from itself. Name a layer declared before it, or an input."),
                new Mistake(
                        Problem.FROM_LATER,
                        """

                        @Network(input = 4)
                        class Net {
                            @ReLU(from = ^"second") Layer first;
                            @ReLU Layer second;
                        }
                        """,
                        "first takes its input from \"second\", which is declared after it."
                                + " Declare second before first: networks have no cycles."),
                new Mistake(
                        Problem.FROM_MISSING,
                        """

                        @Network
                        @Input(name = "left", shape = 4)
                        @Input(name = "right", shape = 4)
                        class Net {
                            ^@ReLU Layer act;
                        }
                        """,
                        "act is the first layer of a network with the inputs \"left\", \"right\"."
                                + " Write from = \"left\", say."),
                new Mistake(
                        Problem.FROM_EMPTY,
                        """

                        @Network(input = 4)
                        class Net {
                            @ReLU(from = ^{}) Layer act;
                        }
                        """,
                        "act has an empty from. Name at least one layer or input, or leave from out."));
    }

    private static Stream<Mistake> keys() {
        return Stream.of(
                new Mistake(
                        Problem.KEY_FORM,
                        """

                        @Network(input = 4)
                        class Net {
                            @ReLU @Key(^"features..0") Layer act;
                        }
                        """,
                        "the key \"features..0\" of act has an empty part. Write names separated by single dots."),
                new Mistake(
                        Problem.DUPLICATE_KEY,
                        """

                        @Network(input = 4)
                        class Net {
                            @ReLU Layer act;
                            @ReLU @Key(^"act") Layer other;
                        }
                        """,
                        "other has the key \"act\", which act has already. Give it another @Key."),
                new Mistake(
                        Problem.KEY_CLASH,
                        """

                        @Network(input = 4)
                        class Net {
                            @ReLU @Key(^"act.inner.0") Layer other;
                            @ReLU Layer act;
                        }
                        """,
                        "the key \"act.inner.0\" of other lies below the key \"act\" of act, which is a layer of its own."
                                + " Change one of the keys."));
    }
}
