package dev.netwright.processor.graph.loss;

import static dev.netwright.processor.graph.Expr.arg;

import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.graph.Primitive.Table;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A loss of each element by itself: it states a formula, whose derivatives are the gradients. */
interface ElementwiseLoss extends Loss {
    /**
     * The loss of an element.
     *
     * @param x the element of each input
     * @param y the target's
     * @param tables the numbers for it in the tables, then of the weights that may be given at run time
     */
    Dual formula(List<Dual> x, Expr y, List<Expr> tables);

    /** Constants for each element of the last dimension. */
    default List<Table> tables() {
        return List.of();
    }

    /** Dimensions of a sample over which losses are summed even where they stay apart. */
    default List<Integer> summed() {
        return List.of();
    }

    /** The formula of arguments: the inputs' elements, the target's and the tables'. */
    default Dual formula(int inputs) {
        return formula(
                IntStream.range(0, inputs).mapToObj(i -> Dual.variable(i)).toList(),
                arg(inputs),
                IntStream.range(0, tables().size() + runTimeWeights().size())
                        .mapToObj(i -> arg(inputs + 1 + i))
                        .toList());
    }

    @Override
    default Terms lower(Lowering lowering, Judged judged) {
        Dual formula = formula(judged.inputs().size());
        List<Value> arguments = new ArrayList<>(judged.inputs());
        arguments.add(judged.target());
        tables().forEach(table -> arguments.add(lowering.table(table)));
        arguments.addAll(judged.weights());
        Value losses = lowering.map(".elements", formula.value(), arguments.toArray(new Value[0]));
        if (isApart() && !summed().isEmpty()) {
            losses = lowering.reduce("", Reduce.Kind.SUM, arg(0), summed(), losses);
        }
        List<Value> gradients = new ArrayList<>();
        if (judged.trains()) {
            Expr factor = arg(arguments.size());
            arguments.add(judged.factor());
            for (int i = 0; i < judged.inputs().size(); i++) {
                Expr slope = formula.slope(i).times(factor);
                gradients.add(lowering.map(".grad", slope, arguments.toArray(new Value[0])));
            }
        }
        return new Terms(losses, gradients);
    }
}
