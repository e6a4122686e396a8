package dev.netwright.runtime.optim.schedule;

import dev.netwright.runtime.optim.Optimizer;
import java.util.function.IntToDoubleFunction;

/** The rate before times a function of the epoch, as {@code torch.optim.lr_scheduler.MultiplicativeLR}. */
public final class MultiplicativeLR extends LRScheduler {
    private final IntToDoubleFunction[] lambdas;

    private MultiplicativeLR(IntToDoubleFunction[] lambdas) {
        this.lambdas = lambdas;
    }

    /**
     * A schedule by a function, which is called with 1 at first.
     *
     * @param lrLambda the factor by the number of steps made; one function for all groups or one for each, the
     *     optimiser's own options first
     * @return a new schedule
     */
    public static MultiplicativeLR of(IntToDoubleFunction... lrLambda) {
        return new MultiplicativeLR(lrLambda.clone());
    }

    @Override
    void check(Optimizer scheduled) {
        requireForGroups("Functions", lambdas.length, scheduled);
    }

    @Override
    protected double learningRate(int group, int epoch, double initial, double previous) {
        return epoch == 0 ? previous : previous * lambdas[Math.min(group, lambdas.length - 1)].applyAsDouble(epoch);
    }

    @Override
    double restarted(int group, double initial, double present) {
        return present;
    }
}
