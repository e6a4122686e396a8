package dev.netwright.processor.lint;

import dev.netwright.processor.diagnostic.Problem;
import java.util.List;

/** Networks of which each lint tells something, and such as are much like them and right. */
final class LintCases {
    /**
     * A network of which one thing is told.
     *
     * @param source with a caret before the place
     * @param text in these words
     */
    record Told(Problem problem, String source, String text) {}

    /** A network of which a lint tells nothing, or nothing at all is told. */
    record Silent(Problem problem, String source) {}

    private LintCases() {}

    static List<Told> told() {
        return List.of(
                new Told(
                        Problem.SOFTMAX_LOSS,
                        """
                        @Network(input = 8) @CrossEntropyLoss class Net {
                            @Linear(outFeatures = 3) Layer fc;
                            ^@Softmax(dim = 1) Layer probabilities;
                        }""",
                        "probabilities gives probabilities, but @CrossEntropyLoss takes scores, of which it computes"
                                + " the softmax itself. Leave @Softmax out before the loss; for predictions it can be an"
                                + " output beside the scores."),
                new Told(
                        Problem.SOFTMAX_LOSS,
                        """
                        @Network(input = 8) @BCEWithLogitsLoss class Net {
                            @Linear(outFeatures = 6) Layer fc;
                            ^@Sigmoid Layer sigmoid;
                            @Unflatten(dim = 1, unflattenedSize = {2, 3}) Layer pairs;
                        }""",
                        "sigmoid gives probabilities, but @BCEWithLogitsLoss takes scores, of which it computes the"
                                + " sigmoid itself. Leave @Sigmoid out before the loss; for predictions it can be an output"
                                + " beside the scores."),
                new Told(
                        Problem.SOFTMAX_LOSS,
                        """
                        @Network(input = 8) @NLLLoss class Net {
                            @Linear(outFeatures = 3) Layer fc;
                            ^@Softmax(dim = 1) Layer probabilities;
                        }""",
                        "probabilities gives probabilities, but @NLLLoss takes their logarithms. Write @LogSoftmax"
                                + " instead."),
                new Told(
                        Problem.SOFTMAX_LOSS,
                        """
                        @Network(input = 8) @BCELoss class Net {
                            @Linear(outFeatures = 1) Layer fc;
                            ^@LogSigmoid Layer log;
                        }""",
                        "log gives logarithms of probabilities, but @BCELoss takes probabilities themselves. Write"
                                + " @Sigmoid instead."),
                new Told(
                        Problem.LOSS_DOMAIN,
                        """
                        @Network(input = 8) @BCELoss class Net {
                            ^@Linear(outFeatures = 1) Layer fc;
                        }""",
                        "fc gives weighted sums, which may be any numbers, but @BCELoss takes probabilities from 0 to"
                                + " 1. Put @Sigmoid between them, or write @BCEWithLogitsLoss."),
                new Told(
                        Problem.LOSS_DOMAIN,
                        """
                        @Network(input = {3, 8, 8}) @NLLLoss class Net {
                            ^@Conv2d(outChannels = 4, kernelSize = 8) Layer conv;
                            @Flatten Layer flat;
                        }""",
                        "conv gives weighted sums, which may be any numbers, but @NLLLoss takes logarithms of"
                                + " probabilities. Put @LogSoftmax between them, or write @CrossEntropyLoss."),
                new Told(
                        Problem.LOSS_DOMAIN,
                        """
                        @Network(input = 8) @GaussianNLLLoss(of = {"mean", "variance"}) class Net {
                            @Linear(from = "input", outFeatures = 1) @Output Layer mean;
                            ^@Linear(from = "input", outFeatures = 1) @Output Layer variance;
                        }""",
                        "variance gives weighted sums, which may be any numbers, but @GaussianNLLLoss takes"
                                + " variances, which are not negative. Put @Softplus between them."),
                new Told(
                        Problem.LOSS_DOMAIN,
                        """
                        @Network(input = 8) @PoissonNLLLoss(logInput = false) class Net {
                            ^@Linear(outFeatures = 1) Layer fc;
                        }""",
                        "fc gives weighted sums, which may be any numbers, but @PoissonNLLLoss takes rates, which are"
                                + " not negative. Put @Softplus between them, or write logInput = true."),
                new Told(
                        Problem.CONV_BIAS,
                        """
                        @Network(input = {3, 8, 8}) @MSELoss class Net {
                            ^@Conv2d(outChannels = 4, kernelSize = 3) Layer conv;
                            @BatchNorm2d Layer norm;
                        }""",
                        "the bias of conv is taken away again by norm, which subtracts each channel's mean: 4"
                                + " parameters that change nothing. Write bias = false in @Conv2d."),
                new Told(
                        Problem.CONV_BIAS,
                        """
                        @Network(input = 8) @MSELoss class Net {
                            @Linear(outFeatures = 4, bias = ^true) Layer fc;
                            @BatchNorm1d Layer norm;
                        }""",
                        "the bias of fc is taken away again by norm, which subtracts each channel's mean: 4 parameters"
                                + " that change nothing. Write bias = false in @Linear."),
                new Told(
                        Problem.POOL_DROPS,
                        """
                        @Network(input = {3, 7, 9}) @MSELoss class Net {
                            ^@MaxPool2d(kernelSize = 2) Layer pool;
                        }""",
                        "the windows of pool leave out the last 1 of 7 rows and the last 1 of 9 columns. Write"
                                + " ceilMode = true, or padding, or give it a size that its windows fill."),
                new Told(
                        Problem.POOL_DROPS,
                        """
                        @Network(input = {3, 10}) @MSELoss class Net {
                            ^@AvgPool1d(kernelSize = 3, stride = 3) Layer pool;
                        }""",
                        "the windows of pool leave out the last 1 of 10 steps. Write ceilMode = true, or padding, or"
                                + " give it a size that its windows fill."),
                new Told(
                        Problem.UNUSED_LAYER,
                        """
                        @Network(input = 8) @MSELoss class Net {
                            @Linear(outFeatures = 4) Layer fc;
                            ^@ReLU Layer relu;
                            @Linear(from = "fc", outFeatures = 2) @Output Layer head;
                        }""",
                        "nothing reads relu. Name it in the from of another layer, mark it as an @Output, or leave it"
                                + " out."),
                new Told(
                        Problem.UNUSED_LAYER,
                        """
                        @Network @Input(name = "a", shape = 4) @Input(name = "b", shape = 4) @MSELoss ^class Net {
                            @Linear(from = "a", outFeatures = 2) Layer fc;
                        }""",
                        "nothing reads the input b. Name it in the from of a layer, or leave it out."),
                new Told(
                        Problem.FLATTEN_MISSING,
                        """
                        @Network(input = {3, 8, 8}) @MSELoss class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3) Layer conv;
                            @ReLU Layer relu;
                            ^@Linear(outFeatures = 2) Layer fc;
                        }""",
                        "fc goes over the last dimension alone, the 6 of 4 x 6 x 6. Put @Flatten before it, for all 144"
                                + " features; or @Permute, if rows of features were meant."),
                new Told(
                        Problem.BATCH_NORM_SINGLE,
                        """
                        @Network(input = {3, 8, 8}) @MSELoss class Net {
                            @AdaptiveAvgPool2d(outputSize = 1) Layer pool;
                            ^@BatchNorm2d Layer norm;
                        }""",
                        "norm normalises by one value of each sample and channel (3 x 1 x 1), so that mean and"
                                + " deviation are those of the batch alone, and a batch of one cannot be trained. Put it before the values are pooled,"
                                + " or write @LayerNorm."),
                new Told(
                        Problem.MSE_SHAPE,
                        """
                        @Network @Input(name = "a", shape = {4, 1}) @Input(name = "b", shape = {1, 4}) @MSELoss class Net {
                            ^@Sub(from = {"a", "b"}) Layer difference;
                        }""",
                        "difference pairs each element of a (4 x 1) with each of b (1 x 4), 4 x 4 in all, of which"
                                + " @MSELoss then takes the mean. Give both the same shape by @Flatten or @Permute."),
                new Told(
                        Problem.LAST_ACTIVATION,
                        """
                        @Network(input = 8) @CrossEntropyLoss class Net {
                            @Linear(outFeatures = 3) Layer fc;
                            ^@ReLU Layer relu;
                        }""",
                        "relu is the last layer before @CrossEntropyLoss: what should be negative becomes 0, and has no"
                                + " gradient. Leave @ReLU out, or write @Softplus where nothing is to be negative."),
                new Told(
                        Problem.LAST_ACTIVATION,
                        """
                        @Network(input = 8) @CrossEntropyLoss class Net {
                            @Linear(outFeatures = 3) Layer fc;
                            ^@Dropout Layer drop;
                        }""",
                        "drop is the last layer before @CrossEntropyLoss: in training it puts zeros in the place of"
                                + " what the loss judges. Put it before the layer that computes the scores."),
                new Told(
                        Problem.LINEAR_PAIR,
                        """
                        @Network(input = 8) @MSELoss class Net {
                            @Linear(outFeatures = 6) Layer fc1;
                            ^@Linear(outFeatures = 3) Layer fc2;
                        }""",
                        "nothing stands between fc1 and fc2, so that both together compute no more than one Linear can. Put an activation"
                                + " between them, such as @ReLU, or leave one out."),
                new Told(
                        Problem.SAME_EVEN,
                        """
                        @Network(input = {3, 8, 8}) @MSELoss class Net {
                            @Conv2d(outChannels = 4, kernelSize = ^4, padding = Conv2d.SAME) Layer conv;
                        }""",
                        "the window of conv has 4 taps, so that SAME puts 1 before its input and 2 behind: each result"
                                + " lies half a place beside the middle of its window. Write an odd size, such as 5, or the padding in"
                                + " numbers."),
                new Told(
                        Problem.NO_GRADIENT,
                        """
                        @Network(input = 8) @MSELoss(of = "judged") class Net {
                            @Linear(outFeatures = 3) @Output Layer judged;
                            ^@Linear(from = "input", outFeatures = 2) @Output Layer forgotten;
                        }""",
                        "the parameters of forgotten are never trained, as the loss does not depend on them. Let a loss"
                                + " judge what is computed of them, or write @Frozen for them."),
                new Told(
                        Problem.CLASS_COUNT,
                        """
                        @Network(input = 8) @CrossEntropyLoss class Net {
                            ^@Linear(outFeatures = 1) Layer fc;
                        }""",
                        "@CrossEntropyLoss sees 1 class: fc gives 1, so that the loss"
                                + " is 0 whatever fc computes. Give fc one feature for each class, or write"
                                + " @BCEWithLogitsLoss."),
                new Told(
                        Problem.CLASS_COUNT,
                        """
                        @Network(input = {12, 8}) @CrossEntropyLoss class Net {
                            ^@Linear(outFeatures = 5) Layer tags;
                        }""",
                        "@CrossEntropyLoss sees 12 classes: they are the first dimension of its input, 12 x 5, but the 5"
                                + " features of tags are the last. Put @Permute between them, so that the classes come"
                                + " first."),
                new Told(
                        Problem.BYTE_SCALE,
                        """
                        @Network(input = 8, type = InputType.UINT8) @MSELoss class Net {
                            ^@Linear(outFeatures = 2) Layer fc;
                        }""",
                        "fc reads the bytes of input as they are, from 0 to 255, but layers start from weights for"
                                + " values near 0. Put @Normalize(mean = 0.5, std = 0.5) between them, with mean and"
                                + " deviation of your data."));
    }

    /** Much like the above, and right. */
    static List<Silent> silent() {
        return List.of(
                new Silent(Problem.SOFTMAX_LOSS, """
                        @Network(input = 8) @CrossEntropyLoss(of = "fc") class Net {
                            @Linear(outFeatures = 3) @Output Layer fc;
                            @Softmax(dim = 1) @Output Layer probabilities;
                        }"""),
                new Silent(Problem.SOFTMAX_LOSS, """
                        @Network(input = 8) @MSELoss class Net {
                            @Linear(outFeatures = 3) Layer fc;
                            @Sigmoid Layer scaled;
                        }"""),
                new Silent(Problem.LOSS_DOMAIN, """
                        @Network(input = 8) @PoissonNLLLoss class Net {
                            @Linear(outFeatures = 1) Layer logarithm;
                        }"""),
                new Silent(Problem.CONV_BIAS, """
                        @Network(input = {3, 8, 8}) @MSELoss class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3) Layer conv;
                            @ReLU Layer relu;
                            @BatchNorm2d Layer norm;
                        }"""),
                new Silent(Problem.CONV_BIAS, """
                        @Network(input = {3, 8, 8}) @MSELoss class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, padding = 1) Layer conv;
                            @BatchNorm2d Layer norm;
                            @Add(from = {"conv", "norm"}) Layer sum;
                        }"""),
                new Silent(Problem.CONV_BIAS, """
                        @Network(input = {5, 8}) @MSELoss class Net {
                            @Linear(outFeatures = 4) Layer fc;
                            @BatchNorm1d Layer byRows;
                        }"""),
                new Silent(Problem.POOL_DROPS, """
                        @Network(input = {3, 7, 7}) @MSELoss class Net {
                            @MaxPool2d(kernelSize = 2, ceilMode = true) Layer pool;
                            @MaxPool2d(kernelSize = 3, stride = 2, padding = 1) Layer again;
                            @MaxPool2d(kernelSize = 1, stride = 2) Layer sampled;
                        }"""),
                new Silent(Problem.UNUSED_LAYER, """
                        @Network(input = {3, 8, 8}) @MSELoss class Net {
                            @MaxPool2d(kernelSize = 2) Layer pool;
                            @MaxUnpool2d(indices = "pool", kernelSize = 2) Layer back;
                        }"""),
                new Silent(Problem.UNUSED_LAYER, """
                        @Network(input = 8) @MSELoss class Net {
                            @Linear(outFeatures = 4) Layer fc;
                            @KeepOutput @ReLU Layer looked;
                            @Linear(from = "fc", outFeatures = 2) @Output Layer head;
                        }"""),
                new Silent(Problem.FLATTEN_MISSING, """
                        @Network(input = {3, 8, 8}) @MSELoss class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3) Layer conv;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }"""),
                new Silent(Problem.FLATTEN_MISSING, """
                        @Network(input = {12, 8}) @MSELoss class Net {
                            @LayerNorm(normalizedShape = 8) Layer norm;
                            @Linear(outFeatures = 2) Layer fc;
                        }"""),
                new Silent(Problem.BATCH_NORM_SINGLE, """
                        @Network(input = 8) @MSELoss class Net {
                            @Linear(outFeatures = 4, bias = false) Layer fc;
                            @BatchNorm1d Layer norm;
                        }"""),
                new Silent(Problem.MSE_SHAPE, """
                        @Network @Input(name = "a", shape = {4, 4}) @Input(name = "b", shape = {1, 4}) @MSELoss class Net {
                            @Sub(from = {"a", "b"}) Layer difference;
                        }"""),
                new Silent(Problem.LAST_ACTIVATION, """
                        @Network(input = 8) @MSELoss class Net {
                            @Linear(outFeatures = 4) Layer fc;
                            @Dropout Layer drop;
                            @ReLU Layer relu;
                            @Linear(outFeatures = 4) Layer head;
                        }"""),
                new Silent(Problem.LINEAR_PAIR, """
                        @Network(input = 8) @MSELoss class Net {
                            @Linear(outFeatures = 2) Layer down;
                            @Linear(outFeatures = 8) Layer up;
                        }"""),
                new Silent(Problem.SAME_EVEN, """
                        @Network(input = {3, 8, 8}) @MSELoss class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, padding = Conv2d.SAME) Layer conv;
                            @Conv2d(outChannels = 4, kernelSize = 4, padding = 1) Layer even;
                        }"""),
                new Silent(Problem.NO_GRADIENT, """
                        @Network(input = 8) class Net {
                            @Linear(outFeatures = 3) @Output Layer one;
                            @Linear(from = "input", outFeatures = 2) @Output Layer other;
                        }"""),
                new Silent(Problem.CLASS_COUNT, """
                        @Network(input = {12, 8}) @CrossEntropyLoss class Net {
                            @Linear(outFeatures = 5) Layer tags;
                            @Permute(dims = {2, 1}) Layer classesFirst;
                        }"""),
                new Silent(Problem.CLASS_COUNT, """
                        @Network(input = {3, 8, 8}) @CrossEntropyLoss class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3) Layer conv;
                            @Linear(outFeatures = 10) Layer flattenMissing;
                        }"""),
                new Silent(Problem.BYTE_SCALE, """
                        @Network(input = 8, type = InputType.UINT8) @MSELoss class Net {
                            @Normalize(mean = 0.5, std = 0.5) Layer scaled;
                            @Linear(outFeatures = 2) Layer fc;
                        }"""));
    }
}
