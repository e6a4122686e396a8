package dev.netwright.runtime.optim;

/**
 * Options of the optimisers that go by running averages of the gradient and of its size, Adam and its kin.
 *
 * @param <G> the kind of group, for chaining
 */
public abstract class MomentsGroup<G extends MomentsGroup<G>> extends ParameterGroup<G> {
    final GroupOption[] betas = tuple("betas", Range.BELOW_ONE, 0.9f, 0.999f);
    final GroupOption eps = option("eps", Range.NOT_NEGATIVE, 1e-8f);
    float stepTake1;
    float stepKeep2;
    float stepTake2;
    float stepEps;

    MomentsGroup(String pattern, G parent) {
        super(pattern, parent);
    }

    /**
     * The decay of the running averages.
     *
     * @param first of the gradient, 0 to below 1
     * @param second of its square, 0 to below 1
     * @return this
     */
    public G betas(float first, float second) {
        GroupOption.set(betas, first, second);
        return self();
    }

    /**
     * What keeps the denominator from 0.
     *
     * @param value 0 or more
     * @return this
     */
    public G eps(float value) {
        eps.set(value);
        return self();
    }

    @Override
    void prepare(long step) {
        super.prepare(step);
        stepTake1 = (float) (1 - betas[0].decimal());
        stepKeep2 = betas[1].get();
        stepTake2 = (float) (1 - betas[1].decimal());
        stepEps = eps.divisor();
    }
}
