package dev.netwright.runtime.generated;

/**
 * Who uses a model at the moment: nobody, one training thread, or its own predictor. A prediction that ran while
 * weights
 * change would be computed with some of the old ones and some of the new.
 */
final class Occupancy {
    private Thread trainer;
    private boolean predicting;

    /** Again by the same thread is fine: a failed preparation leaves its claim behind. */
    synchronized void beginTraining() {
        if (predicting) {
            throw new IllegalStateException(
                    "A prediction of this model is running in another thread, so training it was"
                            + " refused. Predict with newPredictor() there, and pause it while weights change.");
        }
        if (trainer != null && trainer != Thread.currentThread()) {
            throw new IllegalStateException("This model is being trained by the thread " + trainer.getName()
                    + ". Train another model here, or wait for it.");
        }
        trainer = Thread.currentThread();
    }

    synchronized void endTraining() {
        if (trainer == Thread.currentThread()) {
            trainer = null;
        }
    }

    synchronized void beginPrediction() {
        if (trainer != null) {
            throw new IllegalStateException("This model is being trained by the thread " + trainer.getName()
                    + ", so the prediction was refused. Predict between two steps, or with a second model that takes"
                    + " over the state dict.");
        }
        predicting = true;
    }

    synchronized void endPrediction() {
        predicting = false;
    }
}
