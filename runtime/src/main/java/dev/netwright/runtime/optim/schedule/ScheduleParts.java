package dev.netwright.runtime.optim.schedule;

import dev.netwright.runtime.StateReader;
import dev.netwright.runtime.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** What schedules of several schedules have in common. */
final class ScheduleParts {
    private ScheduleParts() {}

    static LRScheduler[] claim(LRScheduler[] schedulers, String whole) {
        if (schedulers.length == 0) {
            throw new IllegalArgumentException(whole + " needs at least one schedule.");
        }
        for (LRScheduler scheduler : schedulers) {
            scheduler.requireSteps(whole);
            scheduler.requireDetached();
        }
        LRScheduler[] parts = schedulers.clone();
        for (LRScheduler part : parts) {
            part.claim();
        }
        return parts;
    }

    /** The state of each part's rule, after its number. */
    static Map<String, Tensor> state(LRScheduler[] parts) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (int i = 0; i < parts.length; i++) {
            String prefix = i + ".";
            parts[i].ruleState().forEach((name, tensor) -> state.put(prefix + name, tensor));
        }
        return state;
    }

    static Runnable prepare(LRScheduler[] parts, StateReader state) {
        Runnable[] prepared = new Runnable[parts.length];
        for (int i = 0; i < parts.length; i++) {
            StateReader own = state.part(i + ".");
            prepared[i] = parts[i].prepareRule(own);
            own.end();
        }
        return () -> {
            for (Runnable one : prepared) {
                one.run();
            }
        };
    }
}
