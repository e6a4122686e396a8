package dev.netwright.processor.declared;

import dev.netwright.processor.diagnostic.Problem;
import java.util.stream.Stream;

/** Mistakes of inputs and their sizes. */
final class InputMistakes {
    private InputMistakes() {}

    static Stream<Mistake> mistakes() {
        return Stream.of(
                new Mistake(
                        Problem.INPUT_TYPE,
                        """

                        @Network(type = InputType^.INT32)
                        @Input(name = "a", shape = 4)
                        class Net { @ReLU Layer act; }
                        """,
                        "Net writes type = INT32 in @Network, but declares its inputs by @Input."
                                + " Write it in @Input(name = \"a\", ...)."),
                new Mistake(
                        Problem.INTEGER_GRADIENT,
                        """

                        @Network(input = 4, type = InputType.UINT8, inputGradient = ^true)
                        class Net { @Normalize(mean = 0.5, std = 0.5) Layer normalize; }
                        """,
                        "inputGradient is asked for, but input is of type UINT8, by which there is no gradient."
                                + " Leave inputGradient out, or give the input as FLOAT32."),
                new Mistake(
                        Problem.NO_INPUT,
                        """

                        @Network(input = ^{})
                        class Net { @ReLU Layer act; }
                        """,
                        "Net has no input. Write the shape of one sample, without the batch,"
                                + " such as @Network(input = {3, 32, 32})."),
                new Mistake(
                        Problem.INPUT_SIZE,
                        """

                        @Network(input = {3, ^0, 32})
                        class Net { @ReLU Layer act; }
                        """,
                        "a size of input is 0, but must be at least 1."
                                + " Write the shape of one sample without the batch."),
                new Mistake(
                        Problem.INPUT_SIZE,
                        """

                        @Network(input = {^-1, 8})
                        class Net { @LSTM(hiddenSize = 4) Layer lstm; }
                        """,
                        "a size of input is -1, but must be at least 1."
                                + " Write the shape of one sample without the batch."
                                + " Of samples of several lengths it is the longest one's, and"
                                + " @LSTM(lengths = \"length\") names an input of ints that tells how many steps each"
                                + " has."),
                new Mistake(
                        Problem.INPUT_SIZE,
                        """

                        @Network @Input(name = "words", shape = ^0, type = InputType.INT32)
                        class Net {
                            @Embedding(numEmbeddings = 9, embeddingDim = 8) Layer rows;
                            @TransformerEncoderLayer(nhead = 2) Layer encoder;
                        }
                        """,
                        "a size of words is 0, but must be at least 1."
                                + " Write the shape of one sample without the batch."
                                + " Of samples of several lengths it is the longest one's, and"
                                + " @TransformerEncoderLayer(lengths = \"length\") names an input of ints that tells"
                                + " how many steps each has."),
                new Mistake(
                        Problem.TOO_LARGE,
                        """

                        @Network(input = ^{65536, 65536})
                        class Net { @ReLU Layer act; }
                        """,
                        "input has the shape 65536 x 65536: more elements than a Java array can hold (2147483647)."
                                + " Make it smaller."),
                new Mistake(
                        Problem.TOO_LARGE,
                        """

                        @Network(input = 65536)
                        class Net {
                            ^@Linear(outFeatures = 65536) Layer fc;
                        }
                        """,
                        "the weight of fc has the shape 65536 x 65536: more elements than a Java array can hold"
                                + " (2147483647). Make it smaller."),
                new Mistake(
                        Problem.TOO_MANY,
                        """

                        @Network(input = 4)
                        class Net { @ReLU Layer act; @Add(from = {%s ^"act"}) Layer sum; }
                        """.formatted("\"act\",".repeat(100)),
                        "sum has 101 inputs, but can have at most 100. Join them in several layers."),
                new Mistake(
                        Problem.TOO_LONG,
                        """

                        @Network(input = 4)
                        class Net { @Key(^"%s") @ReLU Layer act; }
                        """.formatted("k".repeat(1_001)),
                        "the key of act has 1001 characters, but can have at most 1000. Write a shorter one."),
                new Mistake(
                        Problem.TWO_INPUTS,
                        """

                        @Network(input = ^4)
                        @Input(name = "left", shape = 4)
                        class Net { @ReLU(from = "left") Layer act; }
                        """,
                        "Net declares its input by @Network(input = ...) and by @Input(name = \"left\")."
                                + " Write all inputs as @Input."),
                new Mistake(
                        Problem.DUPLICATE_INPUT,
                        """

                        @Network
                        @Input(name = "left", shape = 4)
                        @Input(name = "left", shape = 5)
                        ^class Net { @ReLU(from = "left") Layer act; }
                        """,
                        "Net has two inputs named \"left\". Give each @Input a name of its own."),
                new Mistake(
                        Problem.INPUT_NAME,
                        """

                        @Network
                        @Input(name = ^"left eye", shape = 4)
                        class Net { @ReLU Layer act; }
                        """,
                        "the input's name \"left eye\" is not a Java identifier. Write a name such as \"input\"."));
    }
}
