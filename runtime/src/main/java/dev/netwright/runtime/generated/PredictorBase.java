package dev.netwright.runtime.generated;

import dev.netwright.runtime.ModelDefinition;

/**
 * A workspace for predictions with a model's weights: those that are the model's when a prediction begins. Generated subclasses add the typed methods, each of which holds
 * {@link #lock} from setting the arrays to the end of {@link #run}; calls from several threads so take turns.
 */
public abstract class PredictorBase {
    /** Guards the arrays and the program's memory. */
    protected final Object lock;

    /** The caller's inputs that are floats, in declared order of all inputs. */
    protected final float[][] inputs;

    /** The caller's inputs that are bytes, likewise. */
    protected final byte[][] byteInputs;

    /** The caller's inputs that are ints, likewise. */
    protected final int[][] intInputs;

    /** The caller's arrays for results, in declared order. */
    protected final float[][] outputs;

    private final ModelBase model;
    private final Program program;
    private final PredictionRun run;

    /**
     * A predictor.
     *
     * @param model whose weights are used
     * @param program memory and code: the one given to the model's constructor for the model's own predictor, which
     *     does
     *     not run while the model is being trained, or a new one
     */
    protected PredictorBase(ModelBase model, Program program) {
        boolean own = program == model.inference();
        this.model = model;
        this.program = program;
        this.run = own ? model.ownPrediction() : model.predictionOf(program);
        this.lock = program;
        this.inputs = program.inputs;
        this.byteInputs = program.byteInputs;
        this.intInputs = program.intInputs;
        this.outputs = program.outputs;
    }

    /**
     * Predicts from {@link #inputs} to {@link #outputs}, 16 samples at a time unless the program needs all at once, and
     * lets go of the arrays.
     *
     * @param n number of samples
     * @throws IllegalArgumentException if n is below 1 or an array is too short
     * @throws IllegalStateException if this is the model's own predictor and the model is being trained
     */
    protected final void run(int n) {
        if (run == model.ownPrediction()) {
            model.predictAlone(n);
            return;
        }
        run.requireLock();
        try {
            run.predict(n);
        } finally {
            run.end();
        }
    }

    /**
     * Evaluates the network, for callers that do not know its types, without allocating.
     *
     * @param inputs in declared order, each an array as {@link ModelDefinition#inputs()} tell: {@code float[]},
     *     {@code byte[]} or {@code int[]}
     * @param n number of samples, at least 1
     * @param outputs receive the results, in declared order
     * @throws IllegalArgumentException if n is below 1, there is another number of arrays, or one is of another type
     *     or too short
     * @throws IllegalStateException if this is the model's own predictor and the model is being trained
     */
    public final void predict(Object[] inputs, int n, float[][] outputs) {
        Feed.checkInputs(model.definition(), inputs);
        Feed.checkOutputs(model.definition(), outputs);
        synchronized (lock) {
            Feed.inputs(program, inputs);
            System.arraycopy(outputs, 0, program.outputs, 0, outputs.length);
            run(n);
        }
    }

    /**
     * An array for results.
     *
     * @param output the output, in declared order
     * @param n number of samples
     * @return zeros
     * @throws IllegalArgumentException if n is below 1, or the array would be larger than Java's can be
     */
    protected final float[] newOutput(int output, int n) {
        return model.newOutput(output, n);
    }
}
