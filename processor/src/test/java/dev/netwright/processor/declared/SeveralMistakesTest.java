package dev.netwright.processor.declared;

import dev.netwright.processor.Compiled;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes that do not rest on one another are told together, and what rests on a mistake is not told. */
@TestInstance(Lifecycle.PER_CLASS)
class SeveralMistakesTest {
    private static final String WRONG = "[netwright/attribute] ";

    private final Compiled compiled = Told.compiled(rows().toList());

    @ParameterizedTest
    @MethodSource("rows")
    void areToldTogether(Told row) {
        row.check(compiled);
    }

    static Stream<Told> rows() {
        return Stream.of(
                new Told(
                        """

                        @Network(input = {3, 32, 32})
                        class Convolution {
                            @Conv2d(inChannels = ^4, outChannels = ^0, kernelSize = ^{0, -1}, stride = ^-1, groups = ^0,
                                    dilation = ^{1, 2, 3}, padding = ^-2)
                            Layer conv;
                        }
                        """,
                        """
                        [netwright/shape] conv expects 4 input channels but receives 3.
                            input  3 x 32 x 32
                          Write inChannels = 3, or leave it out and it is inferred.""",
                        WRONG + "outChannels of conv is 0, but must be at least 1. Write outChannels = 1 or more.",
                        WRONG + "kernelSize is {0, -1}, but must be at least 1. Write kernelSize = 1 or more.",
                        WRONG + "stride is -1, but must be at least 1. Write stride = 1 or more.",
                        WRONG + "groups of conv is 0, but must be at least 1. Write groups = 1 or more.",
                        WRONG + "dilation has 3 values, but takes one, or one for each of 2 dimensions."
                                + " Write dilation = 1, or 2 values.",
                        WRONG + "padding is -2, but must be at least 0. Write padding = 0 or more."),
                new Told(
                        """

                        @Network(input = {3, 8, 8})
                        class Dependent {
                            @Conv2d(outChannels = ^0, kernelSize = 3, groups = 3) Layer groups;
                            @Conv2d(outChannels = 4, kernelSize = 9, padding = ^-1, from = "input") Layer window;
                            @MaxPool2d(kernelSize = ^0, padding = 3, from = "input") Layer pool;
                            @Conv2d(outChannels = 1, kernelSize = 3, stride = ^0, padding = Conv2d.SAME, from = "input")
                            Layer same;
                        }
                        """,
                        WRONG + "outChannels of groups is 0, but must be at least 1. Write outChannels = 1 or more.",
                        WRONG + "padding is -1, but must be at least 0. Write padding = 0 or more.",
                        WRONG + "kernelSize is 0, but must be at least 1. Write kernelSize = 1 or more.",
                        WRONG + "stride is 0, but must be at least 1. Write stride = 1 or more."),
                new Told(
                        """

                        @Network(input = 784)
                        class Behind {
                            ^@Conv2d(outChannels = ^0, kernelSize = 900) Layer conv;
                            @BatchNorm2d(numFeatures = 9, eps = ^0, momentum = ^2) Layer norm;
                            @Dropout(p = ^-1, from = ^"nrom") Layer dropout;
                            @Linear(inFeatures = 5, outFeatures = ^-3) Layer fc;
                            @Softmax(dim = 7) Layer softmax;
                        }
                        """,
                        """
                        [netwright/shape] conv (Conv2d) needs channels x rows x columns but receives 784.
                            input  784
                          Give it an input with three dimensions.""",
                        WRONG + "outChannels of conv is 0, but must be at least 1. Write outChannels = 1 or more.",
                        WRONG + "eps of norm is 0.0, but must be above 0. Write eps = 1e-5, say.",
                        WRONG + "momentum of norm is 2.0, but must be from 0 to 1. Write momentum = 0.5, say.",
                        WRONG + "p of dropout is -1.0, but must be from 0 to 1. Write p = 0.5, say.",
                        "[netwright/from] dropout takes its input from \"nrom\", but there is no layer or input of that"
                                + " name. Did you mean \"norm\"?",
                        WRONG + "outFeatures of fc is -3, but must be at least 1. Write outFeatures = 1 or more."),
                new Told(
                        """

                        ^@Network(input = {^0, 8, ^-1})
                        @CrossEntropyLoss(labelSmoothing = ^2, weight = ^{1, Float.NaN, Float.NEGATIVE_INFINITY})
                        class Whole<T> {
                            @Linear(outFeatures = 3) Layer fc;
                        }
                        """,
                        "[netwright/type-parameters] Whole has type parameters, but a network is the same for all"
                                + " types. Remove <T> from its declaration.",
                        "[netwright/input-size] a size of input is 0, but must be at least 1."
                                + " Write the shape of one sample without the batch.",
                        "[netwright/input-size] a size of input is -1, but must be at least 1."
                                + " Write the shape of one sample without the batch.",
                        WRONG + "labelSmoothing of @CrossEntropyLoss is 2.0, but must be from 0 to 1."
                                + " Write labelSmoothing = 0.5, say.",
                        WRONG + "weight of @CrossEntropyLoss is NaN, -Infinity, but must be finite as a float."
                                + " Write numbers such as 0.5."),
                new Told(
                        """

                        @Network(input = {3, 8, 8})
                        class Unreadable {
                            @GroupNorm(numGroups = ^WIDTH, eps = ^-1) Layer norm;
                        }
                        """,
                        "[netwright/missing-type] norm could not be compiled, because the value of numGroups cannot be"
                                + " read. Import what it names, or correct it.",
                        WRONG + "eps of norm is -1.0, but must be above 0. Write eps = 1e-5, say."));
    }
}
