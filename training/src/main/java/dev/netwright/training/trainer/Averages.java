package dev.netwright.training.trainer;

import dev.netwright.runtime.Model;
import dev.netwright.runtime.files.checkpoint.Checkpoint;
import dev.netwright.runtime.optim.AveragedModel;

/** The moving average of the weights, where one is wanted; without one every method does nothing. */
final class Averages {
    /** Null without one. */
    private final AveragedModel average;

    Averages(Model model, float decay) {
        average = Float.isNaN(decay) ? null : AveragedModel.of(model).decay(decay);
    }

    Checkpoint addTo(Checkpoint checkpoint) {
        return average == null ? checkpoint : checkpoint.add("average", average);
    }

    void update() {
        if (average != null) {
            average.update();
        }
    }

    /** The model has the averaged weights from now on. */
    void enter() {
        if (average != null && average.averaged() > 0 && !average.swapped()) {
            average.swap();
        }
    }

    /** The model has its own weights again. */
    void leave() {
        if (average != null && average.swapped()) {
            average.swap();
        }
    }
}
