package dev.netwright.training.trainer;

import dev.netwright.runtime.Gradients;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.optim.schedule.ReduceLROnPlateau;
import dev.netwright.training.data.Batch;

/** The updates of the weights: in one fused step where nothing stands between gradients and optimiser. */
final class Updates {
    private final Trainer trainer;
    private final Model model;
    private final BatchFeed feed;
    private final Averages averages;
    private final boolean fused;
    private int gathered;

    Updates(Trainer trainer, BatchFeed feed, Averages averages) {
        this.trainer = trainer;
        this.model = trainer.model;
        this.feed = feed;
        this.averages = averages;
        this.fused = trainer.accumulate == 1 && Float.isNaN(trainer.clipNorm) && Float.isNaN(trainer.clipValue);
        if (!fused) {
            model.zeroGrad();
        }
    }

    /** Whether no gradients wait for more. */
    boolean isWhole() {
        return gathered == 0;
    }

    /** Trains on a batch; its loss. */
    double step(Batch batch, boolean last) {
        double loss;
        if (fused) {
            loss = feed.trainStep(batch, trainer.optimizer);
            updated();
        } else {
            loss = feed.loss(batch);
            model.backward();
            gathered++;
            if (gathered == trainer.accumulate || last) {
                update();
            }
        }
        return loss;
    }

    private void update() {
        if (gathered > 1) {
            scale(model.parameters().gradientStorage(), 1f / gathered);
        }
        gathered = 0;
        if (!Float.isNaN(trainer.clipNorm)) {
            Gradients.clipNorm(model, trainer.clipNorm);
        }
        if (!Float.isNaN(trainer.clipValue)) {
            Gradients.clipValue(model, trainer.clipValue);
        }
        trainer.optimizer.step(model);
        model.zeroGrad();
        updated();
    }

    private static void scale(float[] gradients, float factor) {
        for (int i = 0; i < gradients.length; i++) {
            gradients[i] *= factor;
        }
    }

    private void updated() {
        averages.update();
        if (trainer.batchSchedule != null) {
            trainer.batchSchedule.step();
        }
    }

    /** After the validation of an epoch. */
    void epochEnded(double watched) {
        if (trainer.epochSchedule instanceof ReduceLROnPlateau plateau) {
            plateau.step(watched);
        } else if (trainer.epochSchedule != null) {
            trainer.epochSchedule.step();
        }
    }
}
