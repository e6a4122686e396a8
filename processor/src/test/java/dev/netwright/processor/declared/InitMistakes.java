package dev.netwright.processor.declared;

import dev.netwright.processor.diagnostic.Problem;
import java.util.stream.Stream;

/** Mistakes of initial weights. */
final class InitMistakes {
    private InitMistakes() {}

    static Stream<Mistake> mistakes() {
        return Stream.of(
                new Mistake(Problem.INIT_ATTRIBUTE, """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) @Init(value = InitMethod.ZEROS, std = ^0.1) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """, "@Init(ZEROS) does not take std. It takes none: remove std."),
                new Mistake(
                        Problem.INIT_ATTRIBUTE,
                        """

                        @Network(input = {3, 8, 8})
                        @Init(value = InitMethod.NORMAL, layers = Conv2d.class, mode = FanMode^.FAN_OUT)
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "@Init(NORMAL) does not take mode. It takes mean, std: remove mode."),
                new Mistake(
                        Problem.INIT_CONSTANT, """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) ^@Init(InitMethod.CONSTANT) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """, "@Init(CONSTANT) does not say which. Write constant = 0.5, say."),
                new Mistake(
                        Problem.INIT_FIELD,
                        """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) @Init(value = InitMethod.ZEROS, layers = Conv2d^.class) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "@Init of conv names layers, but on a field it is about that layer alone. Remove layers."),
                new Mistake(
                        Problem.INIT_LAYERS,
                        """

                        @Network(input = {3, 8, 8})
                        @Init(value = InitMethod.ZEROS, layers = PReLU^.class)
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "@Init is for @PReLU, but Net has none. Remove it, or name one of its layers: Conv2d, BatchNorm2d, ReLU, Flatten, Linear."),
                new Mistake(
                        Problem.INIT_LAYERS,
                        """

                        @Network(input = {3, 8, 8})
                        @Init(value = InitMethod.ZEROS, layers = {Conv2d.class, Output^.class})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "@Init is for Output.class, but that is no layer. Write the classes of layer annotations, such as Conv2d.class."),
                new Mistake(
                        Problem.INIT_LAYERS,
                        """

                        @Network(input = {3, 8, 8})
                        @Init(value = InitMethod.ZEROS, layers = Override^.class)
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "@Init is for Override.class, but that is no layer. Write the classes of layer annotations, such as Conv2d.class."),
                new Mistake(
                        Problem.INIT_PARAMETER,
                        """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) @Init(value = InitMethod.ZEROS, parameter = ^"wieght") Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "@Init is for the parameter \"wieght\", which conv does not have. Did you mean \"weight\"?"),
                new Mistake(
                        Problem.INIT_PARAMETER,
                        """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU ^@Init(InitMethod.ZEROS) Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "@Init is for the parameter \"weight\", which act does not have. It has none: remove @Init."),
                new Mistake(
                        Problem.INIT_PARAMETER,
                        """

                        @Network(input = {3, 8, 8})
                        @Init(value = InitMethod.ZEROS, layers = Conv2d.class, parameter = ^"bias")
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "@Init is for the parameter \"bias\", which no @Conv2d of Net has. Known are: weight."),
                new Mistake(
                        Problem.INIT_PARAMETER,
                        """

                        @Network(input = {3, 8, 8})
                        @Init(value = InitMethod.ZEROS, parameter = ^"running_mean")
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "@Init is for the parameter \"running_mean\", which no layer of Net has. Known are: weight, bias."),
                new Mistake(
                        Problem.INIT_PARAMETER,
                        """

                        @Network(input = {3, 8, 8})
                        @Init(value = InitMethod.ZEROS, layers = Flatten.class, parameter = ^"bias")
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "@Init is for the parameter \"bias\", which no @Flatten of Net has. Remove @Init."),
                new Mistake(
                        Problem.INIT_SHAPE,
                        """

                        @Network(input = {3, 8, 8})
                        ^@Init(InitMethod.KAIMING_NORMAL)
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "@Init(KAIMING_NORMAL) needs the fans of a weight of at least two dimensions, but the weight of bn has the shape 4. Name the layers it is for, such as layers = Conv2d.class."),
                new Mistake(
                        Problem.INIT_SHAPE,
                        """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) ^@Init(InitMethod.EYE) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "@Init(EYE) needs a weight of two dimensions, but the weight of conv has the shape 4 x 3 x 3 x 3. Write a method for any shape, such as InitMethod.NORMAL."),
                new Mistake(
                        Problem.INIT_SHAPE,
                        """

                        @Network(input = {3, 8, 8})
                        ^@Init(value = InitMethod.DIRAC, layers = Linear.class)
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "@Init(DIRAC) needs the weight of a convolution, but the weight of fc has the shape 2 x 144. Write a method for any shape, such as InitMethod.NORMAL."),
                new Mistake(
                        Problem.INIT_TWICE,
                        """

                        @Network(input = {3, 8, 8})
                        @Init(value = InitMethod.ZEROS, parameter = "bias")
                        @Init(value = InitMethod.ONES, parameter = "bias")
                        ^class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "two @Init are for the bias of bn. Remove one, or write in layers what each is for."),
                new Mistake(
                        Problem.ATTRIBUTE,
                        """

                        @Network(input = 3)
                        @Init(value = InitMethod.UNIFORM, low = ^-3e38, high = 3e38)
                        class Net { @Linear(outFeatures = 2) Layer fc; }
                        """,
                        "low of @Init is -3.0E38, but can be at most 1e30 in size. Write low = -0.1, say."),
                new Mistake(Problem.ATTRIBUTE, """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) @Init(value = InitMethod.NORMAL, std = ^0) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """, "std of @Init is 0.0, but must be above 0. Write std = 1e-5, say."),
                new Mistake(
                        Problem.ATTRIBUTE, """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) @Init(value = InitMethod.TRUNC_NORMAL, std = ^-1) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """, "std of @Init is -1.0, but must be above 0. Write std = 1e-5, say."),
                new Mistake(
                        Problem.ATTRIBUTE,
                        """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) @Init(value = InitMethod.TRUNC_NORMAL, mean = ^5) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "mean of @Init is 5.0, more than two deviations of 1.0 outside -2.0 to 2.0, where the values would not be distributed so. Write low and high around the mean."),
                new Mistake(
                        Problem.ATTRIBUTE,
                        """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) @Init(value = InitMethod.UNIFORM, low = ^1) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "low of @Init is 1.0 and high is 1.0, but low must be below high. Write the smaller number as low."),
                new Mistake(
                        Problem.ATTRIBUTE,
                        """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) @Init(value = InitMethod.TRUNC_NORMAL, high = ^-3) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "low of @Init is -2.0 and high is -3.0, but low must be below high. Write the smaller number as low."),
                new Mistake(
                        Problem.ATTRIBUTE,
                        """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) @Init(value = InitMethod.CONSTANT, constant = 1 ^/ 0.0) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "constant of @Init is Infinity, but must be finite as a float. Write constant = 0.01, say."),
                new Mistake(
                        Problem.ATTRIBUTE, """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) @Init(value = InitMethod.XAVIER_NORMAL, gain = ^0) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """, "gain of @Init is 0.0, but must be above 0. Write gain = 1e-5, say."),
                new Mistake(
                        Problem.ATTRIBUTE,
                        """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) @Init(value = InitMethod.KAIMING_UNIFORM, a = ^0.1, nonlinearity = Nonlinearity.RELU) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "a of @Init is the slope of LEAKY_RELU, but nonlinearity is RELU. Remove a, or the nonlinearity."),
                new Mistake(
                        Problem.ATTRIBUTE, """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) @Init(value = InitMethod.DIRAC, groups = ^0) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """, "groups of @Init is 0, but must be at least 1. Write groups = 1, say."),
                new Mistake(
                        Problem.ATTRIBUTE,
                        """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) @Init(value = InitMethod.DIRAC, groups = ^3) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "3 groups of @Init do not divide the 4 output channels of a weight. Write a number of groups that divides 4."));
    }
}
