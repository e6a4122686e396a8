package dev.netwright.runtime;

/**
 * Who uses a model at the moment: nobody, one training thread, or its own predictor. A prediction that ran while
 * weights change in place would be computed with some of the old ones and some of the new. Models and optimisers claim
 * it by themselves.
 */
public final class Occupancy {
    private Thread trainer;
    private boolean predicting;

    Occupancy() {}

    /**
     * Claims the weights for changes in place by the calling thread. Again by the same thread is fine: a failed
     * preparation leaves its claim behind.
     *
     * @return false if the thread has claimed them already
     * @throws IllegalStateException if another thread has, or a prediction runs
     */
    public synchronized boolean beginTraining() {
        if (predicting) {
            throw new IllegalStateException(
                    "A prediction of this model is running in another thread, so training it was"
                            + " refused. Predict with newPredictor() there, and pause it while weights change.");
        }
        if (isTrainedByAnother()) {
            throw new IllegalStateException("This model is being trained by the thread " + trainer.getName()
                    + ". Train another model here, or wait for it.");
        }
        boolean first = trainer == null;
        trainer = Thread.currentThread();
        return first;
    }

    /** Ends the calling thread's claim, if it has one. */
    public synchronized void endTraining() {
        if (trainer == Thread.currentThread()) {
            trainer = null;
        }
    }

    /**
     * The model's own predictor begins.
     *
     * @throws IllegalStateException if the model is being trained
     */
    public synchronized void beginPrediction() {
        if (trainer != null) {
            throw new IllegalStateException("This model is being trained by the thread " + trainer.getName()
                    + ", so the prediction was refused. Predict between two steps, or with a second model that takes"
                    + " over the state dict.");
        }
        predicting = true;
    }

    /** The model's own predictor has ended. */
    public synchronized void endPrediction() {
        predicting = false;
    }

    /** Predictions may run: they compute with the set that they began with. */
    synchronized void requireNoTraining() {
        if (isTrainedByAnother()) {
            throw new IllegalStateException("This model is being trained by the thread " + trainer.getName()
                    + ", so new weights were refused; it is unchanged. Load between two steps, or into another model.");
        }
    }

    private boolean isTrainedByAnother() {
        return trainer != null && trainer != Thread.currentThread();
    }
}
