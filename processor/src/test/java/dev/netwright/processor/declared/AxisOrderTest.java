package dev.netwright.processor.declared;

import dev.netwright.processor.Compiled;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows x columns x channels are suspected where they are likely, and not elsewhere. */
@TestInstance(Lifecycle.PER_CLASS)
class AxisOrderTest {
    private static final String PICTURE = "input is read as channels x rows x columns: if it has 3 channels of 32 x 32,"
            + " write its shape as {3, 32, 32}. Otherwise ";

    private final Compiled compiled = Told.compiled(rows().toList());

    @ParameterizedTest
    @MethodSource("rows")
    void isSuspectedWhereItIsLikely(Told row) {
        row.check(compiled);
    }

    static Stream<Told> rows() {
        return Stream.of(
                new Told(
                        """

                        @Network(input = {32, 32, 3})
                        class Picture {
                            @Conv2d(inChannels = ^3, outChannels = 8, kernelSize = 3) Layer conv;
                            @ReLU(from = "input") Layer act;
                            @BatchNorm2d(numFeatures = ^3) Layer norm;
                            @GroupNorm(numGroups = 1, numChannels = ^3, from = "act") Layer groups;
                            @PReLU(numParameters = ^3, from = "act") Layer slopes;
                            @Normalize(mean = ^{0.5, 0.4, 0.3}, std = 0.2, from = "input") Layer normalize;
                        }
                        """,
                        """
                        [netwright/shape] conv expects 3 input channels but receives 32.
                            input  32 x 32 x 3
                          %swrite inChannels = 32, or leave it out and it is inferred.""".formatted(PICTURE),
                        """
                        [netwright/shape] norm expects 3 input channels but receives 32.
                            input  32 x 32 x 3
                            act    32 x 32 x 3
                          %swrite numFeatures = 32, or leave it out and it is inferred.""".formatted(PICTURE),
                        """
                        [netwright/shape] groups expects 3 input channels but receives 32.
                            input  32 x 32 x 3
                            act    32 x 32 x 3
                          %swrite numChannels = 32, or leave it out and it is inferred.""".formatted(PICTURE),
                        "[netwright/attribute] numParameters of slopes is 3, but its input has 32 channels. " + PICTURE
                                + "write numParameters = 32, or 1 for one slope for all.",
                        "[netwright/attribute] mean of normalize has 3 values, but its input has 32 channels. "
                                + PICTURE + "write one value for each of the 32, or a single one for all."),
                new Told(
                        """

                        @Network
                        @Input(name = "digits", shape = {28, 28, 1})
                        class Digits {
                            @Conv2d(outChannels = 8, kernelSize = ^5) Layer conv;
                            @MaxPool2d(kernelSize = ^2, from = "digits") Layer pool;
                            @Conv2d(outChannels = 8, kernelSize = 3, padding = 1, groups = ^3, from = "digits")
                            Layer groups;
                        }
                        """,
                        """
                        [netwright/shape] conv needs 5 columns (kernel and dilation), but its padded input has 1.
                            digits  28 x 28 x 1
                          digits is read as channels x rows x columns: if it has 1 channel of 28 x 28, write its \
                        shape as {1, 28, 28}. Otherwise write a smaller kernelSize, or more padding.""",
                        """
                        [netwright/shape] pool needs 2 columns, but its padded input has 1.
                            digits  28 x 28 x 1
                          digits is read as channels x rows x columns: if it has 1 channel of 28 x 28, write its \
                        shape as {1, 28, 28}. Otherwise write a smaller kernelSize, or more padding.""",
                        "[netwright/attribute] 3 groups do not divide 28 input channels of groups."
                                + " digits is read as channels x rows x columns: if it has 1 channel of 28 x 28,"
                                + " write its shape as {1, 28, 28}. Otherwise write a number of groups that divides 28 and 8."),
                new Told("""

                        @Network(input = {3, 32, 32})
                        class Right {
                            @Conv2d(inChannels = ^32, outChannels = 8, kernelSize = 3) Layer conv;
                            @Conv2d(outChannels = 8, kernelSize = ^40, from = "input") Layer window;
                        }
                        """, """
                        [netwright/shape] conv expects 32 input channels but receives 3.
                            input  3 x 32 x 32
                          Write inChannels = 3, or leave it out and it is inferred.""", """
                        [netwright/shape] window needs 40 rows (kernel and dilation), but its padded input has 32.
                            input  3 x 32 x 32
                          Write a smaller kernelSize, or more padding."""),
                new Told(
                        """

                        @Network(input = {32, 32, 3})
                        class Others {
                            @Conv2d(inChannels = ^5, outChannels = ^0, kernelSize = 3) Layer conv;
                            @Conv2d(outChannels = 8, kernelSize = 1, from = "input") Layer first;
                            @Conv2d(inChannels = ^3, outChannels = 8, kernelSize = 3) Layer second;
                        }
                        """,
                        """
                        [netwright/shape] conv expects 5 input channels but receives 32.
                            input  32 x 32 x 3
                          Write inChannels = 32, or leave it out and it is inferred.""",
                        "[netwright/attribute] outChannels of conv is 0, but must be at least 1."
                                + " Write outChannels = 1 or more.",
                        """
                        [netwright/shape] second expects 3 input channels but receives 8.
                            input  32 x 32 x 3
                            first   8 x 32 x 3
                          Write inChannels = 8, or leave it out and it is inferred."""));
    }
}
