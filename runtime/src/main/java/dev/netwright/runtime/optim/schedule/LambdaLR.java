package dev.netwright.runtime.optim.schedule;

import dev.netwright.runtime.optim.Optimizer;
import java.util.function.IntToDoubleFunction;

/** The initial rate times a function of the epoch, as {@code torch.optim.lr_scheduler.LambdaLR}. */
public final class LambdaLR extends LRScheduler {
    private final IntToDoubleFunction[] lambdas;

    private LambdaLR(IntToDoubleFunction[] lambdas) {
        this.lambdas = lambdas;
    }

    /**
     * A schedule by a function, which is called with 0 at first.
     *
     * @param lrLambda the factor by the number of steps made; one function for all groups or one for each, the
     *     optimiser's own options first
     * @return a new schedule
     */
    public static LambdaLR of(IntToDoubleFunction... lrLambda) {
        return new LambdaLR(lrLambda.clone());
    }

    @Override
    void check(Optimizer scheduled) {
        requireForGroups("Functions", lambdas.length, scheduled);
    }

    @Override
    protected double learningRate(int group, int epoch, double initial, double previous) {
        return initial * lambdas[Math.min(group, lambdas.length - 1)].applyAsDouble(epoch);
    }
}
