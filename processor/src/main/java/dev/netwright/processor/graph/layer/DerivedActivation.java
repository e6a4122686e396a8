package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Expr;

/** An activation that states its forward only: its gradient is the derivative of that, as {@link Dual} takes it. */
interface DerivedActivation extends Activation {
    Dual of(Dual x);

    @Override
    default Expr value(Expr x) {
        return of(Dual.variable(x)).value();
    }

    @Override
    default Expr gradientFromInput(Expr x, Expr gradient) {
        return of(Dual.variable(x)).gradient(gradient);
    }
}
