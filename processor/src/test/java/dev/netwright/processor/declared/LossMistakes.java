package dev.netwright.processor.declared;

import dev.netwright.processor.diagnostic.Problem;
import java.util.stream.Stream;

/** Mistakes of losses. */
final class LossMistakes {
    private LossMistakes() {}

    static Stream<Mistake> mistakes() {
        return Stream.of(
                new Mistake(
                        Problem.LOSS_OF_UNKNOWN,
                        """

                        @Network(input = 4)
                        @MSELoss(of = ^"haed")
                        class Net {
                            @ReLU Layer head;
                        }
                        """,
                        "@MSELoss judges \"haed\", but no output or layer has that name. Did you mean \"head\"?"),
                new Mistake(
                        Problem.LOSS_OF_MISSING,
                        """

                        @Network(input = 4)
                        ^@MSELoss
                        class Net {
                            @ReLU @Output Layer first;
                            @ReLU @Output Layer second;
                        }
                        """,
                        "@MSELoss does not say which of the outputs \"first\", \"second\" it judges."
                                + " Write of = \"first\", say."),
                new Mistake(
                        Problem.LOSS_OF_COUNT,
                        """

                        @Network(input = 4)
                        @MarginRankingLoss(of = ^{"first", "second", "first"})
                        class Net {
                            @ReLU @Output Layer first;
                            @ReLU @Output Layer second;
                        }
                        """,
                        "the number of outputs that @MarginRankingLoss judges is 2, but that of the names in of is 3."
                                + " Write 2 names, in their order."),
                new Mistake(
                        Problem.LOSS_LENGTHS,
                        """

                        @Network
                        @Input(name = "x", shape = {5, 3})
                        @Input(name = "steps", shape = 2, type = InputType.INT32)
                        @CTCLoss(maxTarget = 2, lengths = ^"steps")
                        class Net {
                            @LogSoftmax(dim = -1, from = "x") Layer scores;
                        }
                        """,
                        "@CTCLoss takes its lengths from \"steps\", which is an input of INT32 with the shape 2. Name an"
                                + " @Input(shape = 1, type = InputType.INT32)."),
                new Mistake(
                        Problem.LOSS_SCALE,
                        """

                        @Network(input = 4)
                        @MSELoss(scale = Double^.NaN)
                        class Net {
                            @ReLU Layer first;
                        }
                        """,
                        "the scale of @MSELoss is NaN, but must be a finite number. Write scale = 1.0, say."));
    }
}
