package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.loss.BCELoss;
import dev.netwright.processor.graph.loss.BCEWithLogitsLoss;
import dev.netwright.processor.graph.loss.GaussianNLLLoss;
import dev.netwright.processor.graph.loss.HingeEmbeddingLoss;
import dev.netwright.processor.graph.loss.HuberLoss;
import dev.netwright.processor.graph.loss.KLDivLoss;
import dev.netwright.processor.graph.loss.MarginRankingLoss;
import dev.netwright.processor.graph.loss.MultiLabelSoftMarginLoss;
import dev.netwright.processor.graph.loss.PoissonNLLLoss;
import dev.netwright.processor.graph.loss.SmoothL1Loss;
import java.util.List;

/** The losses of each element by itself, with their derivatives by what they judge. */
final class ReferenceElementLosses {
    private ReferenceElementLosses() {}

    /**
     * One element's loss.
     *
     * @param i the element's number in the batch
     * @param x the element of each input
     * @param y the target's
     * @return the loss, then the derivative by each input; null for a loss of another kind
     */
    static double[] of(Loss loss, int i, double[] x, double y, Arithmetic arithmetic) {
        double d = x[0] - y;
        return switch (loss.name()) {
            case "MSELoss" -> new double[] {d * d, 2 * d};
            case "L1Loss" -> new double[] {Math.abs(d), sign(d, arithmetic)};
            case "HuberLoss" -> huber(d, ((HuberLoss) loss).delta());
            case "SmoothL1Loss" -> smooth(d, ((SmoothL1Loss) loss).beta(), arithmetic);
            case "SoftMarginLoss" -> new double[] {softplus(-y * x[0]), -y * ReferenceLayers.sigmoid(-y * x[0])};
            case "HingeEmbeddingLoss" -> hinge(x[0], y, ((HingeEmbeddingLoss) loss).margin(), arithmetic);
            case "PoissonNLLLoss" -> poisson((PoissonNLLLoss) loss, x[0], y);
            case "KLDivLoss" ->
                ((KLDivLoss) loss).logTarget()
                        ? new double[] {Math.exp(y) * (y - x[0]), -Math.exp(y)}
                        : new double[] {(y == 0 ? 0 : y * Math.log(y)) - y * x[0], -y};
            case "BCELoss" -> probabilities((BCELoss) loss, i, x[0], y);
            case "BCEWithLogitsLoss" -> scores((BCEWithLogitsLoss) loss, i, x[0], y, arithmetic);
            case "MultiLabelSoftMarginLoss" -> labels((MultiLabelSoftMarginLoss) loss, i, x[0], y, arithmetic);
            case "MarginRankingLoss" -> {
                double missing = -y * (x[0] - x[1]) + ((MarginRankingLoss) loss).margin();
                double any = arithmetic.side(missing >= 0) ? 1 : 0;
                yield new double[] {Math.max(0, missing), -y * any, y * any};
            }
            case "GaussianNLLLoss" -> gaussian((GaussianNLLLoss) loss, d, x[1]);
            default -> null;
        };
    }

    private static double sign(double d, Arithmetic arithmetic) {
        arithmetic.side((int) Math.signum(d));
        return Math.signum(d);
    }

    private static double softplus(double x) {
        return Math.log1p(Math.exp(-Math.abs(x))) + Math.max(x, 0);
    }

    private static double huber(double d, double delta, boolean near) {
        return near ? d * d / 2 : delta * (Math.abs(d) - delta / 2);
    }

    private static double[] huber(double d, double delta) {
        boolean near = Math.abs(d) <= delta;
        return new double[] {huber(d, delta, near), near ? d : delta * Math.signum(d)};
    }

    private static double[] smooth(double d, double beta, Arithmetic arithmetic) {
        if (beta == 0) {
            return new double[] {Math.abs(d), sign(d, arithmetic)};
        }
        double[] huber = huber(d, beta);
        return new double[] {huber[0] / beta, huber[1] / beta};
    }

    private static double[] hinge(double x, double y, double margin, Arithmetic arithmetic) {
        boolean missing = arithmetic.side(margin >= x);
        double value = (y == 1 ? 0 : Math.max(0, margin - x)) + (y == -1 ? 0 : x);
        return new double[] {value, (y != 1 && missing ? -1 : 0) + (y == -1 ? 0 : 1)};
    }

    private static double[] poisson(PoissonNLLLoss loss, double x, double y) {
        double constant = loss.full() && y > 1 ? y * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI * y) : 0;
        return loss.logInput()
                ? new double[] {Math.exp(x) - y * x + constant, Math.exp(x) - y}
                : new double[] {x - y * Math.log(x + loss.eps()) + constant, 1 - y / (x + loss.eps())};
    }

    private static double[] probabilities(BCELoss loss, int i, double p, double y) {
        double w = ReferenceLosses.weight(loss.weight().values(), i);
        double value = -y * Math.max(Math.log(p), -100) - (1 - y) * Math.max(Math.log1p(-p), -100);
        return new double[] {w * value, w * (p - y) / Math.max((1 - p) * p, 1e-12)};
    }

    private static double[] scores(BCEWithLogitsLoss loss, int i, double x, double y, Arithmetic arithmetic) {
        double w = ReferenceLosses.weight(loss.weight().values(), i);
        double positive = y * ReferenceLosses.weight(loss.posWeight().start(), i);
        double sigmoid = arithmetic.round((1 - y + positive) * ReferenceLayers.sigmoid(x));
        return new double[] {w * (positive * softplus(-x) + (1 - y) * softplus(x)), w * (sigmoid - positive)};
    }

    private static double[] labels(MultiLabelSoftMarginLoss loss, int i, double x, double y, Arithmetic arithmetic) {
        int classes = loss.target().size(loss.target().rank() - 1);
        double w = ReferenceLosses.weight(loss.weight().start(), i) / classes;
        double sigmoid = arithmetic.round(ReferenceLayers.sigmoid(x));
        return new double[] {w * (y * softplus(-x) + (1 - y) * softplus(x)), w * (sigmoid - y)};
    }

    private static double[] gaussian(GaussianNLLLoss loss, double d, double variance) {
        double v = Math.max(variance, loss.eps());
        double constant = loss.full() ? Math.log(2 * Math.PI) / 2 : 0;
        return new double[] {(Math.log(v) + d * d / v) / 2 + constant, d / v, (1 - d * d / v) / v / 2};
    }

    /** How many losses of elements are summed to one that stays apart. */
    static int summed(Loss loss) {
        return loss.target().elements() / loss.losses().elements();
    }

    /** An element of an input that may have one for a whole row of the target's. */
    static double[] inputs(List<double[]> x, int i, int elements) {
        return x.stream()
                .mapToDouble(values -> values[index(values.length, i, elements)])
                .toArray();
    }

    static int index(int size, int i, int elements) {
        return i / (elements / size);
    }
}
