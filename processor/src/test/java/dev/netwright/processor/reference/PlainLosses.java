package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.Loss.Reduction;
import dev.netwright.processor.graph.LossWeights;
import dev.netwright.processor.graph.loss.BCELoss;
import dev.netwright.processor.graph.loss.BCEWithLogitsLoss;
import dev.netwright.processor.graph.loss.CTCLoss;
import dev.netwright.processor.graph.loss.CosineEmbeddingLoss;
import dev.netwright.processor.graph.loss.CrossEntropyLoss;
import dev.netwright.processor.graph.loss.Distance;
import dev.netwright.processor.graph.loss.GaussianNLLLoss;
import dev.netwright.processor.graph.loss.HingeEmbeddingLoss;
import dev.netwright.processor.graph.loss.HuberLoss;
import dev.netwright.processor.graph.loss.KLDivLoss;
import dev.netwright.processor.graph.loss.MarginRankingLoss;
import dev.netwright.processor.graph.loss.MultiLabelSoftMarginLoss;
import dev.netwright.processor.graph.loss.MultiMarginLoss;
import dev.netwright.processor.graph.loss.NLLLoss;
import dev.netwright.processor.graph.loss.PoissonNLLLoss;
import dev.netwright.processor.graph.loss.SmoothL1Loss;
import dev.netwright.processor.graph.loss.StepLoss;
import dev.netwright.processor.graph.loss.TripletMarginLoss;
import dev.netwright.runtime.Functional;
import dev.netwright.runtime.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** Which of the runtime's plain functions computes a loss: they are means, and have few attributes. */
public final class PlainLosses {
    private static final Distance PLAIN_DISTANCE = new Distance(2, 1e-6);
    private static final double EPSILON = 1e-6;

    private PlainLosses() {}

    /** A loss by its function; nothing where an attribute is written that the function does not have. */
    public static OptionalDouble of(Loss loss, int samples, List<double[]> x, double[] target) {
        if (loss.reduction() != Reduction.MEAN || loss instanceof StepLoss || !isPlain(loss, x, target)) {
            return OptionalDouble.empty();
        }
        int each = x.get(0).length / samples;
        Tensor input = PlainFunctions.tensor(x.get(0), samples, each);
        Tensor same = PlainFunctions.tensor(target, samples, target.length / samples);
        Tensor second = x.size() < 2 ? null : PlainFunctions.tensor(x.get(1), samples, x.get(1).length / samples);
        int[] labels = Arrays.stream(target).mapToInt(label -> (int) label).toArray();
        return OptionalDouble.of(
                switch (loss.name()) {
                    case "CrossEntropyLoss" -> Functional.crossEntropy(input, labels);
                    case "NLLLoss" -> Functional.nllLoss(input, labels);
                    case "MSELoss" -> Functional.mseLoss(input, same);
                    case "L1Loss" -> Functional.l1Loss(input, same);
                    case "BCELoss" -> Functional.binaryCrossEntropy(input, same);
                    case "BCEWithLogitsLoss" -> Functional.binaryCrossEntropyWithLogits(input, same);
                    case "KLDivLoss" -> Functional.klDiv(input, same);
                    case "PoissonNLLLoss" -> Functional.poissonNllLoss(input, same);
                    case "GaussianNLLLoss" -> Functional.gaussianNllLoss(input, same, second);
                    case "HuberLoss" -> Functional.huberLoss(input, same, ((HuberLoss) loss).delta());
                    case "SmoothL1Loss" -> Functional.smoothL1Loss(input, same, ((SmoothL1Loss) loss).beta());
                    case "SoftMarginLoss" -> Functional.softMarginLoss(input, same);
                    case "HingeEmbeddingLoss" ->
                        Functional.hingeEmbeddingLoss(input, same, ((HingeEmbeddingLoss) loss).margin());
                    case "MarginRankingLoss" ->
                        Functional.marginRankingLoss(input, second, same, ((MarginRankingLoss) loss).margin());
                    case "MultiMarginLoss" -> Functional.multiMarginLoss(input, labels);
                    case "MultiLabelMarginLoss" -> Functional.multilabelMarginLoss(input, labels);
                    case "MultiLabelSoftMarginLoss" -> Functional.multilabelSoftMarginLoss(input, same);
                    case "CosineEmbeddingLoss" ->
                        Functional.cosineEmbeddingLoss(input, second, same, ((CosineEmbeddingLoss) loss).margin());
                    case "TripletMarginLoss" -> triplets((TripletMarginLoss) loss, samples, x);
                    case "CTCLoss" -> sequences((CTCLoss) loss, samples, x, labels);
                    default -> throw new IllegalArgumentException("no plain function of " + loss.name());
                });
    }

    private static boolean isPlain(Loss loss, List<double[]> x, double[] target) {
        return switch (loss.name()) {
            case "CrossEntropyLoss" -> {
                CrossEntropyLoss cross = (CrossEntropyLoss) loss;
                yield !cross.probabilities()
                        && cross.labelSmoothing() == 0
                        && cross.input().rank() == 1
                        && isOne(cross.weights())
                        && !has(target, cross.ignoreIndex());
            }
            case "NLLLoss" -> {
                NLLLoss nll = (NLLLoss) loss;
                yield nll.input().rank() == 1 && isOne(nll.weights()) && !has(target, nll.ignoreIndex());
            }
            case "BCELoss" -> ((BCELoss) loss).weight().values().isEmpty();
            case "BCEWithLogitsLoss" ->
                ((BCEWithLogitsLoss) loss).weight().values().isEmpty() && isOne(((BCEWithLogitsLoss) loss).posWeight());
            case "KLDivLoss" -> !((KLDivLoss) loss).logTarget();
            case "PoissonNLLLoss" -> ((PoissonNLLLoss) loss).logInput() && !((PoissonNLLLoss) loss).full();
            case "GaussianNLLLoss" -> {
                GaussianNLLLoss gauss = (GaussianNLLLoss) loss;
                yield !gauss.full() && gauss.eps() == EPSILON && x.get(0).length == x.get(1).length;
            }
            case "MultiMarginLoss" -> {
                MultiMarginLoss margin = (MultiMarginLoss) loss;
                yield margin.power() == 1 && margin.margin() == 1 && isOne(margin.weights());
            }
            case "MultiLabelSoftMarginLoss" -> isOne(((MultiLabelSoftMarginLoss) loss).weight());
            case "TripletMarginLoss" -> {
                TripletMarginLoss triplets = (TripletMarginLoss) loss;
                yield triplets.distance().equals(PLAIN_DISTANCE) && !triplets.swap();
            }
            case "CTCLoss" -> !((CTCLoss) loss).zeroInfinity();
            case "TripletMarginWithDistanceLoss" -> false;
            default -> true;
        };
    }

    private static boolean isOne(LossWeights weights) {
        return weights.start().stream().allMatch(weight -> weight == 1);
    }

    private static boolean has(double[] target, int index) {
        return Arrays.stream(target).anyMatch(each -> each == index);
    }

    private static float triplets(TripletMarginLoss loss, int samples, List<double[]> x) {
        int vector = loss.shape().size(loss.shape().rank() - 1);
        List<Tensor> vectors = x.stream()
                .map(each -> PlainFunctions.tensor(each, each.length / vector, vector))
                .toList();
        return Functional.tripletMarginLoss(vectors.get(0), vectors.get(1), vectors.get(2), loss.margin());
    }

    private static float sequences(CTCLoss loss, int samples, List<double[]> x, int[] labels) {
        Tensor scores = PlainFunctions.tensor(
                x.get(0), samples, loss.input().size(0), loss.input().size(1));
        int[] lengths = x.size() < 2
                ? null
                : Arrays.stream(x.get(1)).mapToInt(length -> (int) length).toArray();
        return Functional.ctcLoss(scores, labels, loss.maxTarget(), lengths, loss.blank());
    }
}
