package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Loss.Reduction;
import dev.netwright.processor.graph.loss.CTCLoss;
import java.util.ArrayList;
import java.util.List;

/** Connectionist temporal classification in probabilities, not their logarithms, each sample by itself. */
final class ReferenceCtc {
    private final CTCLoss loss;
    private final int samples;
    private final double[] x;
    private final double[] target;
    private final double[] lengths;
    private final int steps;
    private final int classes;

    /** @param x log-probabilities, and how many steps of each sample count if that is told */
    ReferenceCtc(CTCLoss loss, int samples, List<double[]> x, double[] target) {
        this.loss = loss;
        this.samples = samples;
        this.x = x.get(0);
        this.target = target;
        this.lengths = x.size() > 1 ? x.get(1) : null;
        this.steps = loss.input().size(0);
        this.classes = loss.input().size(1);
    }

    private int length(int sample) {
        return lengths == null ? steps : (int) lengths[sample];
    }

    /** The target with blanks before, between and behind. */
    private List<Integer> spelled(int sample) {
        List<Integer> spelled = new ArrayList<>(List.of(loss.blank()));
        for (int k = 0; k < loss.maxTarget(); k++) {
            int label = (int) target[sample * loss.maxTarget() + k];
            if (label < 0) {
                break;
            }
            spelled.add(label);
            spelled.add(loss.blank());
        }
        return spelled;
    }

    private double probability(int sample, int step, int label) {
        return Math.exp(x[(sample * steps + step) * classes + label]);
    }

    private static boolean leadsTo(List<Integer> spelled, int from, int to) {
        boolean skip = to == from + 2 && !spelled.get(from).equals(spelled.get(to));
        return to == from || to == from + 1 || skip;
    }

    /** Of each step and state the probability of what came until then, the state itself included. */
    private double[][] until(int sample, List<Integer> spelled) {
        double[][] ways = new double[length(sample)][spelled.size()];
        for (int t = 0; t < ways.length; t++) {
            for (int s = 0; s < spelled.size(); s++) {
                double before = t == 0 && s < 2 ? 1 : 0;
                for (int from = 0; t > 0 && from <= s; from++) {
                    before += leadsTo(spelled, from, s) ? ways[t - 1][from] : 0;
                }
                ways[t][s] = before * probability(sample, t, spelled.get(s));
            }
        }
        return ways;
    }

    /** The same of what comes from then on, without the state itself. */
    private double[][] then(int sample, List<Integer> spelled) {
        double[][] ways = new double[length(sample)][spelled.size()];
        for (int t = ways.length - 1; t >= 0; t--) {
            for (int s = 0; s < spelled.size(); s++) {
                ways[t][s] = t == ways.length - 1 && s >= spelled.size() - 2 ? 1 : 0;
                for (int to = s; t < ways.length - 1 && to < spelled.size(); to++) {
                    ways[t][s] +=
                            leadsTo(spelled, s, to) ? ways[t + 1][to] * probability(sample, t + 1, spelled.get(to)) : 0;
                }
            }
        }
        return ways;
    }

    private double all(int sample, List<Integer> spelled) {
        double[] last = until(sample, spelled)[length(sample) - 1];
        double sum = 0;
        for (int s = Math.max(0, spelled.size() - 2); s < spelled.size(); s++) {
            sum += last[s];
        }
        return sum;
    }

    private double divisor(List<Integer> spelled) {
        return loss.reduction() == Reduction.MEAN ? Math.max(1, spelled.size() / 2) : 1;
    }

    /** Each sample's. */
    double[] losses() {
        double[] losses = new double[samples];
        for (int i = 0; i < samples; i++) {
            List<Integer> spelled = spelled(i);
            double all = all(i, spelled);
            losses[i] = all == 0 && loss.zeroInfinity() ? 0 : -Math.log(all) / divisor(spelled);
        }
        return losses;
    }

    /** By the log-probabilities, as those of a softmax's scores. */
    double[] gradient(double[] weights) {
        double[] gradient = new double[x.length];
        for (int i = 0; i < samples; i++) {
            List<Integer> spelled = spelled(i);
            double all = all(i, spelled);
            if (all == 0 && loss.zeroInfinity()) {
                continue;
            }
            double weight = weights[weights.length == 1 ? 0 : i]
                    / divisor(spelled)
                    / (loss.reduction() == Reduction.MEAN ? samples : 1);
            double[][] until = until(i, spelled);
            double[][] then = then(i, spelled);
            for (int t = 0; t < length(i); t++) {
                for (int c = 0; c < classes; c++) {
                    double there = 0;
                    for (int s = 0; s < spelled.size(); s++) {
                        there += spelled.get(s) == c ? until[t][s] * then[t][s] : 0;
                    }
                    gradient[(i * steps + t) * classes + c] = (probability(i, t, c) - there / all) * weight;
                }
            }
        }
        return gradient;
    }
}
