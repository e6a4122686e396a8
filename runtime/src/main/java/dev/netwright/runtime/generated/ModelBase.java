package dev.netwright.runtime.generated;

import dev.netwright.runtime.DType;
import dev.netwright.runtime.LoadResult;
import dev.netwright.runtime.LossDefinition;
import dev.netwright.runtime.LossWeights;
import dev.netwright.runtime.MalformedFileException;
import dev.netwright.runtime.Mode;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.ModelDefinition;
import dev.netwright.runtime.NonFiniteLossException;
import dev.netwright.runtime.Occupancy;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.Parameters;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.Threads;
import dev.netwright.runtime.check.ArrayChecks;
import dev.netwright.runtime.check.Shapes;
import dev.netwright.runtime.optim.Optimizer;
import java.util.Map;
import java.util.Objects;

/**
 * What every generated model is: its state, the programs that compute with it, and who may use them at the moment.
 * Generated subclasses set the programs' arrays and call the passes.
 */
public abstract class ModelBase extends Model {
    private final ModelDefinition definition;
    private final KernelChoice kernels;
    private final Options options;
    private final Threads threads;
    private final Parameters parameters;
    private final Occupancy occupancy;
    private final Activations activations;
    private final HeldLossWeights lossWeights;
    private final PredictionRun prediction;
    private final TrainingRun training;
    private Mode mode = Mode.TRAINING;

    /**
     * A network whose weights are zeros until they are drawn or loaded.
     *
     * @param definition what the network is
     * @param kernels which kernels the programs were made with
     * @param seed of the random masks
     * @param options the teams of threads
     * @param inference the program of the model's own predictor
     * @param training the program that trains; null if the network was generated for inference only
     */
    protected ModelBase(
            ModelDefinition definition,
            KernelChoice kernels,
            long seed,
            Options options,
            Program inference,
            Program training) {
        this.definition = Objects.requireNonNull(definition, "definition");
        definition.requireCurrent();
        this.kernels = Objects.requireNonNull(kernels, "kernels");
        this.options = Objects.requireNonNull(options, "options");
        this.threads = options.threads(definition);
        this.parameters = new Parameters(definition.parameters());
        this.occupancy = parameters.occupancy();
        this.activations = new Activations(definition);
        this.lossWeights = new HeldLossWeights(definition);
        this.prediction = predictionOf(inference);
        this.training = training == null
                ? null
                : new TrainingRun(definition, parameters, lossWeights, training, threads, activations, seed);
        VersionNotice.check(definition);
    }

    /**
     * Draws the weights, exactly as PyTorch does after {@code torch.manual_seed(seed)}.
     *
     * @param seed the seed; its low 32 bits count
     */
    protected final void initialize(long seed) {
        parameters.initialize(seed);
    }

    /**
     * Loads the weights that the network was compiled with.
     *
     * @param weights where they are
     * @throws IllegalStateException if they are not there, or have another header than when the network was compiled
     * @throws IllegalArgumentException if they are those of a whole model of another structure
     * @throws java.io.UncheckedIOException if they cannot be read
     */
    protected final void loadWeights(WeightsResource weights) {
        weights.load(this);
    }

    /** A run of a program on the model's weights. */
    final PredictionRun predictionOf(Program program) {
        return new PredictionRun(definition, parameters, lossWeights, program, options.predictionThreads());
    }

    /** The run of the model's own predictor. */
    final PredictionRun ownPrediction() {
        return prediction;
    }

    /** Runs a prediction that must not meet a training step; the program's monitor is held. */
    final void predictAlone(int n) {
        beginPrediction();
        try {
            prediction.predict(n);
            keepActivations(n);
        } finally {
            endPrediction();
        }
    }

    private void beginPrediction() {
        prediction.requireLock();
        occupancy.beginPrediction();
        activations.clear();
    }

    private void keepActivations(int n) {
        activations.keep(prediction.program(), prediction.program().samples, n);
    }

    private void endPrediction() {
        prediction.end();
        occupancy.endPrediction();
    }

    /**
     * The program of the model's own predictor. Hold its monitor while setting its arrays and evaluating.
     *
     * @return the program given to the constructor
     */
    protected final Program inference() {
        return prediction.program();
    }

    /**
     * The program that trains, to set its arrays. Claims the model for the calling thread until the pass that follows
     * has ended.
     *
     * @return the program given to the constructor
     * @throws IllegalStateException if another thread uses the model, or it was generated for inference only
     */
    protected final Program training() {
        TrainingRun run = trainingRun();
        occupancy.beginTraining();
        run.begin();
        return run.program();
    }

    private void endTraining() {
        training.end();
        occupancy.endTraining();
    }

    private TrainingRun trainingRun() {
        if (training == null) {
            throw new IllegalStateException(definition.name() + " was generated for inference only, by"
                    + " -Anetwright.generate=inference. Compile it without that option to train it.");
        }
        return training;
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
        ArrayChecks.samples(n, 1);
        return new float
                [Shapes.elements(new int[] {
                    n, Shapes.elements(definition.outputs().get(output).shape())
                })];
    }

    /**
     * One training step on the arrays set in {@link #training()}: forward, backward, update. It allocates nothing once
     * the
     * largest batch was seen.
     *
     * @param n number of samples
     * @param optimizer makes the update
     * @return the weighted sum of all losses, before the update
     * @throws IllegalArgumentException if n is below 1, an array is too short, or a label is out of range
     * @throws NonFiniteLossException if the loss is NaN or infinite
     * @throws IllegalStateException if the optimiser belongs to another model
     */
    protected final float trainStep(int n, Optimizer optimizer) {
        training();
        try {
            return training.step(n, optimizer);
        } finally {
            endTraining();
        }
    }

    @Override
    public final float trainStep(Object[] inputs, Object[] targets, int n, Optimizer optimizer) {
        feedTraining(inputs, targets);
        return trainStep(n, optimizer);
    }

    private void feedTraining(Object[] inputs, Object[] targets) {
        Feed.checkInputs(definition, inputs);
        Feed.checkTargets(definition, targets);
        Program program = training();
        Feed.inputs(program, inputs);
        Feed.targets(definition, program, targets);
    }

    @Override
    public final float loss(Object[] inputs, Object[] targets, int n) {
        feedTraining(inputs, targets);
        return lossValue(n);
    }

    @Override
    public final float evaluate(Object[] inputs, Object[] targets, int n) {
        Feed.checkInputs(definition, inputs);
        Feed.checkTargets(definition, targets);
        synchronized (inference()) {
            Feed.inputs(inference(), inputs);
            Feed.targets(definition, inference(), targets);
            return evaluateLoss(n);
        }
    }

    @Override
    public final void predict(Object[] inputs, int n, float[][] outputs) {
        Feed.checkInputs(definition, inputs);
        Feed.checkOutputs(definition, outputs);
        synchronized (inference()) {
            Feed.inputs(inference(), inputs);
            System.arraycopy(outputs, 0, inference().outputs, 0, outputs.length);
            predictAlone(n);
        }
    }

    /**
     * The loss in training mode, on the arrays set in {@link #training()}; updates running statistics and enables
     * {@link #backward()}.
     *
     * @param n number of samples
     * @return the weighted sum of all losses
     * @throws IllegalArgumentException if n is below 1, an array is too short, or a label is out of range
     * @throws NonFiniteLossException if the loss is NaN or infinite
     */
    protected final float lossValue(int n) {
        training();
        try {
            return training.loss(n);
        } finally {
            endTraining();
        }
    }

    /**
     * The losses in training mode of a network with a loss of the reduction NONE; enables {@link #backwardLosses}.
     *
     * @param n number of samples
     * @return of each loss every element's, or its one number, times the loss's scale
     * @throws IllegalArgumentException if n is below 1, an array is too short, or a label is out of range
     * @throws NonFiniteLossException if a loss is NaN or infinite
     */
    protected final float[][] lossValues(int n) {
        training();
        try {
            return training.losses(n);
        } finally {
            endTraining();
        }
    }

    /**
     * A forward pass in training mode; enables {@link #backwardFrom}.
     *
     * @param n number of samples
     * @param outputs receive the results
     * @throws IllegalArgumentException if n is below 1 or an array is too short
     */
    protected final void forwardTraining(int n, float[][] outputs) {
        training();
        try {
            training.outputs(n, outputs);
        } finally {
            endTraining();
        }
    }

    @Override
    public void backward() {
        training();
        try {
            training.backward();
        } finally {
            endTraining();
        }
    }

    /**
     * Adds the gradients of the last {@link #lossValues}. Losses that are one number count once.
     *
     * @param gradients by each element of each loss with the reduction NONE, in declared order
     * @throws IllegalStateException if there were no losses, or they have been used
     * @throws IllegalArgumentException if an array is too short
     */
    protected final void backwardLosses(float[]... gradients) {
        training();
        try {
            training.backwardLosses(gradients);
        } finally {
            endTraining();
        }
    }

    /**
     * Adds the gradients of the last {@link #forwardTraining}.
     *
     * @param n the same number of samples
     * @param outputGradients the gradient by each output
     * @throws IllegalStateException if there was no forward pass, or it has been used
     * @throws IllegalArgumentException if n is another or an array is too short
     */
    protected final void backwardFrom(int n, float[]... outputGradients) {
        training();
        try {
            training.backwardOutputs(n, outputGradients);
        } finally {
            endTraining();
        }
    }

    /**
     * The loss in evaluation mode, on the arrays set in {@link #inference()}, whose monitor is held. Changes nothing.
     *
     * @param n number of samples
     * @return the weighted sum of all losses, whatever its value
     * @throws IllegalArgumentException if n is below 1, an array is too short, or a label is out of range
     */
    protected final float evaluateLoss(int n) {
        beginPrediction();
        try {
            float loss = prediction.loss(n);
            keepActivations(n);
            return loss;
        } finally {
            endPrediction();
        }
    }

    /**
     * The losses in evaluation mode of a network with a loss of the reduction NONE, as {@link #evaluateLoss}.
     *
     * @param n number of samples
     * @return of each loss every element's, or its one number, times the loss's scale
     */
    protected final float[][] evaluateLosses(int n) {
        beginPrediction();
        try {
            float[][] losses = prediction.losses(n);
            keepActivations(n);
            return losses;
        } finally {
            endPrediction();
        }
    }

    /**
     * Gives the one loss that takes such weights others, from the next pass on.
     *
     * @param kind what they weigh
     * @param weights as many as there are; positive targets also one for all
     * @throws IllegalArgumentException if there are more or fewer, or one is negative or not finite; nothing is changed
     *     then
     */
    protected final void lossWeights(LossWeights.Kind kind, float[] weights) {
        lossWeights.give(kind, weights);
    }

    /**
     * Gives the losses of an output others, as {@link #lossWeights(LossWeights.Kind, float[])}.
     *
     * @param kind what they weigh
     * @param output the output that the losses judge
     * @param weights as many as there are; positive targets also one for all
     * @throws IllegalArgumentException also if no loss that takes such weights judges it
     */
    protected final void lossWeights(LossWeights.Kind kind, String output, float[] weights) {
        lossWeights.give(kind, output, weights);
    }

    @Override
    public final double lossDivisor(int loss, int n, Object[] inputs, int[] labels) {
        LossDefinition of = definition.losses().get(loss);
        int[] stepsOf =
                of.lengths() == null ? null : (int[]) inputs[of.lengths().input()];
        return of.divisor(n, labels, lossWeights.values(), stepsOf);
    }

    @Override
    protected final String givenLossWeights() {
        return lossWeights.text();
    }

    @Override
    protected final Runnable prepareLossWeights(String source, String text) throws MalformedFileException {
        return lossWeights.prepare(source, text);
    }

    /**
     * A layer's output in the last pass of this model.
     *
     * @param layer the layer's index in the definition
     * @return shape [samples, one sample's shape]
     * @throws IllegalStateException if there was no pass, or the output was not kept
     */
    protected final Tensor keptOutput(int layer) {
        return activations.output(layer);
    }

    /**
     * The gradient by an input in the last backward pass.
     *
     * @param input the input, in declared order
     * @return shape [samples, one sample's shape]
     * @throws IllegalStateException if there was no backward pass, or the gradient is not computed
     */
    protected final Tensor inputGradient(int input) {
        return activations.inputGradient(input);
    }

    @Override
    public final ModelDefinition definition() {
        return definition;
    }

    @Override
    public final Parameters parameters() {
        return parameters;
    }

    @Override
    public final Threads threads() {
        return threads;
    }

    @Override
    public final String kernels() {
        return kernels.describe(threads().count());
    }

    @Override
    public final Mode mode() {
        return mode;
    }

    /**
     * Whether a hand-made forward pass evaluates.
     *
     * @return true in {@link Mode#EVALUATION}
     */
    protected final boolean evaluates() {
        return mode == Mode.EVALUATION;
    }

    @Override
    public final void mode(Mode value) {
        mode = Objects.requireNonNull(value, "mode");
    }

    @Override
    public final LoadResult loadStateDict(Map<String, Tensor> state, boolean strict) {
        return parameters.load(state, strict);
    }

    @Override
    public final Map<String, Tensor> gradients() {
        trainingRun().requireGradients();
        return parameters.gradientDict();
    }

    @Override
    public final void zeroGrad() {
        trainingRun().zeroGradients();
    }

    @Override
    public final Tensor generatorState() {
        return Tensor.ofLongs(trainingRun().generatorState(), 2);
    }

    @Override
    public final void generatorState(Tensor state) {
        if (state.dtype() != DType.I64 || state.size() != 2) {
            throw new IllegalArgumentException("A generator state is I64[2], but this is " + state + ".");
        }
        trainingRun().generatorState(state.toLongArray());
    }

    @Override
    public final void warmUp() {
        synchronized (inference()) {
            WarmUp.run(this);
        }
    }

    @Override
    public final String summary() {
        return ModelSummary.of(this);
    }

    /**
     * PyTorch's {@code print(model)}: a line for each layer by its key, dotted keys nested under {@code Sequential}.
     *
     * @return several lines, without a line end after the last
     */
    @Override
    public final String toString() {
        return ModelText.of(definition);
    }
}
