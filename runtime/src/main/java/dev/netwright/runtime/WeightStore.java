package dev.netwright.runtime;

/**
 * Where the weights of a model are, or of several models that share them, and who uses them at the moment: nobody, one
 * training thread, or models' own predictors. Its monitor guards all of it.
 */
final class WeightStore {
    private volatile WeightSet weights;
    private Thread trainer;
    private int predictions;

    WeightStore(WeightSet weights) {
        this.weights = weights;
    }

    WeightSet weights() {
        return weights;
    }

    synchronized void publish(WeightSet next) {
        next.begin(weights.version() + 1);
        weights = next;
    }

    synchronized boolean beginTraining() {
        if (predictions > 0) {
            throw new IllegalStateException(
                    "A prediction of this model, or of one that shares its weights, is running in another thread, so"
                            + " training it was refused. Predict with newPredictor() there, and pause it while weights"
                            + " change.");
        }
        if (isTrainedByAnother()) {
            throw new IllegalStateException("This model is being trained by the thread " + trainer.getName()
                    + ". Train another model here, or wait for it.");
        }
        boolean first = trainer == null;
        trainer = Thread.currentThread();
        return first;
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
        predictions++;
    }

    synchronized void endPrediction() {
        predictions--;
    }

    synchronized void requireNoTraining() {
        if (isTrainedByAnother()) {
            throw new IllegalStateException("This model is being trained by the thread " + trainer.getName()
                    + ", so new weights were refused; it is unchanged. Load between two steps, or into another model.");
        }
    }

    /** For a model that leaves: its claim ends, as it would be of the weights that it has no longer. */
    synchronized void leave() {
        requireNoTraining();
        if (predictions > 0) {
            throw new IllegalStateException("A prediction of this model, or of one that shares its weights, is running"
                    + " in another thread, so new weights were refused. Share weights before predicting.");
        }
        trainer = null;
    }

    private boolean isTrainedByAnother() {
        return trainer != null && trainer != Thread.currentThread();
    }
}
