package dev.netwright.processor.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects the loops of a sum, outermost first, joining a loop with the one inside it where both operands go on
 * evenly.
 */
final class SumLoops {
    private final List<SumLoop> loops = new ArrayList<>();

    SumLoops add(int count, int a, int b) {
        loops.add(new SumLoop(count, a, b));
        return this;
    }

    List<SumLoop> joined() {
        List<SumLoop> result = new ArrayList<>(loops);
        for (int i = result.size() - 2; i >= 0; i--) {
            SumLoop outer = result.get(i);
            SumLoop inner = result.get(i + 1);
            boolean even = outer.a() == inner.a() * inner.count() && outer.b() == inner.b() * inner.count();
            if (even || outer.count() == 1) {
                result.set(i, even ? new SumLoop(outer.count() * inner.count(), inner.a(), inner.b()) : inner);
                result.remove(i + 1);
            }
        }
        int last = result.size() - 1;
        if (last > 0 && result.get(last).count() == 1) {
            result.remove(last);
        }
        return result;
    }
}
