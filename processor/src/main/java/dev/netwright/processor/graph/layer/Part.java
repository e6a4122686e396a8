package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.Collections;
import java.util.List;

/** A layer whose output is a part of its input along one dimension. */
interface Part extends Derived {
    Shape input();

    /** The dimension of the sample that is cut. */
    int dimension();

    int start();

    int size();

    @Override
    default String name() {
        return getClass().getSimpleName();
    }

    @Override
    default Shape output() {
        return input().with(dimension(), size());
    }

    private boolean isAll() {
        return size() == input().size(dimension());
    }

    @Override
    default Value forward(Lowering l, List<Value> inputs) {
        return isAll() ? inputs.get(0) : l.slice(inputs.get(0), dimension(), start(), size());
    }

    private List<Integer> along(int amount) {
        List<Integer> amounts = new java.util.ArrayList<>(Collections.nCopies(input().rank(), 0));
        amounts.set(dimension(), amount);
        return amounts;
    }
}
