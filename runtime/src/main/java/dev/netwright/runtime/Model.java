package dev.netwright.runtime;

import dev.netwright.runtime.files.ModelFile;
import dev.netwright.runtime.files.Safetensors;
import dev.netwright.runtime.files.StateDicts;
import dev.netwright.runtime.optim.Optimizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;

/**
 * A network with its weights. The generated class adds what depends on its shape: predictions, training steps and a
 * field for every layer; what is declared here serves callers that do not know the network's types.
 *
 * <p>One thread at a time trains a model, and its own predictor does not run meanwhile: both are refused. Predictions
 * of several threads take turns; {@code newPredictor()} gives a thread a workspace of its own. Arrays of inputs and
 * targets may be longer than the samples need, never shorter.
 *
 * <p>Weights are replaced as a whole: whatever loads fills a new set beside the old and exchanges the two at once. All
 * samples of a prediction are computed with the set that was the model's when it began, so a model may be loaded while
 * others predict; nothing is torn, and nobody waits. A load is refused while another thread makes a training step. A
 * step changes weights in place: predictors made by {@code newPredictor()} that run beside it compute with some of the
 * old and some of the new.
 */
public abstract class Model implements Trainable {
    /** For generated classes. */
    protected Model() {}

    /**
     * One training step, for callers that do not know the network's types: forward, backward, update. It allocates
     * nothing once the largest batch was seen.
     *
     * @param inputs in declared order, each an array as {@link ModelDefinition#inputs()} tell: {@code float[]},
     *     {@code byte[]} or {@code int[]}
     * @param targets in the order of the losses, each an array as {@link LossDefinition#hasIndices()} tells
     * @param n number of samples
     * @param optimizer makes the update
     * @return the weighted sum of all losses, before the update
     * @throws IllegalArgumentException if n is below 1, there is another number of arrays, one is of another type or
     *     too short, or a label is out of range
     * @throws NonFiniteLossException if the loss is NaN or infinite
     * @throws IllegalStateException if the optimiser belongs to another model, another thread uses the model, or it
     *     has no loss that is one number
     */
    public abstract float trainStep(Object[] inputs, Object[] targets, int n, Optimizer optimizer);

    /**
     * The loss in training mode, for callers that do not know the network's types; updates running statistics and
     * enables {@link #backward()}.
     *
     * @param inputs as for {@link #trainStep(Object[], Object[], int, Optimizer)}
     * @param targets as there
     * @param n number of samples
     * @return the weighted sum of all losses
     * @throws IllegalArgumentException if n is below 1, there is another number of arrays, one is of another type or
     *     too short, or a label is out of range
     * @throws NonFiniteLossException if the loss is NaN or infinite
     * @throws IllegalStateException if another thread uses the model, or it has no loss that is one number
     */
    public abstract float loss(Object[] inputs, Object[] targets, int n);

    /**
     * The loss in evaluation mode, for callers that do not know the network's types. Changes nothing.
     *
     * @param inputs as for {@link #trainStep(Object[], Object[], int, Optimizer)}
     * @param targets as there
     * @param n number of samples
     * @return the weighted sum of all losses, whatever its value
     * @throws IllegalArgumentException if n is below 1, there is another number of arrays, one is of another type or
     *     too short, or a label is out of range
     * @throws IllegalStateException if the model is being trained, or has no loss that is one number
     */
    public abstract float evaluate(Object[] inputs, Object[] targets, int n);

    /**
     * Evaluates the network, for callers that do not know its types, without allocating.
     *
     * @param inputs as for {@link #trainStep(Object[], Object[], int, Optimizer)}
     * @param n number of samples
     * @param outputs receive the results, in declared order
     * @throws IllegalArgumentException if n is below 1, there is another number of arrays, or one is of another type
     *     or too short
     * @throws IllegalStateException if the model is being trained
     */
    public abstract void predict(Object[] inputs, int n, float[][] outputs);

    /**
     * Adds the gradients of the last {@code loss(...)} to those of the parameters.
     *
     * @throws IllegalStateException if there was no loss, or it has been used
     */
    public abstract void backward();

    /**
     * What the network is.
     *
     * @return its layers, shapes, parameters and losses
     */
    public abstract ModelDefinition definition();

    /**
     * Which kernels run.
     *
     * @return such as {@code vector 512-bit, FMA, 2 threads}; for scalar kernels also why
     */
    public abstract String kernels();

    /**
     * How a hand-made forward pass computes.
     *
     * @return {@link Mode#TRAINING} at first
     */
    public abstract Mode mode();

    /**
     * Chooses how a hand-made forward pass computes. Predictions always evaluate, training steps always train.
     *
     * @param value the mode from now on
     */
    public abstract void mode(Mode value);

    /**
     * A copy of the whole state.
     *
     * @return an ordered map under PyTorch's names, shapes and element order
     */
    public final Map<String, Tensor> stateDict() {
        return parameters().stateDict();
    }

    /**
     * Takes over a state that fits exactly, at once for all predictions that begin from now on.
     *
     * @param state tensors by state-dict key
     * @throws IllegalArgumentException if a key is missing, unexpected or of another shape; nothing is changed then
     * @throws IllegalStateException if another thread trains the model; nothing is changed then
     */
    public final void loadStateDict(Map<String, Tensor> state) {
        parameters().load(state, true);
    }

    /**
     * Takes over a state, or what of it fits.
     *
     * @param state tensors by state-dict key
     * @param strict whether what does not fit is an error
     * @return what did not fit
     * @throws IllegalArgumentException if strict and something does not fit; nothing is changed then
     * @throws IllegalStateException if another thread trains the model; nothing is changed then
     */
    public abstract LoadResult loadStateDict(Map<String, Tensor> state, boolean strict);

    /**
     * Uses another model's weights from now on, without a copy: values, running statistics and counters, and what
     * predictions derive from them, where both derive the same. The model's own weights are let go. For networks of one
     * structure that were compiled for several input shapes, and for those that freeze different parameters:
     *
     * <pre>{@code
     * large.shareWeights(small);
     * small.trainStep(images, labels, n, optimizer);   // large predicts with the result
     * }</pre>
     *
     * <p>Whatever changes the weights through one of the two, be it training, loading or averaging, changes them for both.
     * They count as one model for what may run at the same time: while one trains, the other neither trains nor predicts
     * with its own predictor. Gradients, optimisers' states, random masks and workspaces stay each model's own, so a
     * {@link #backward()} does not follow a {@code loss(...)} from before. Models that share this one's weights until now
     * keep those.
     *
     * @param other whose state has the same keys, shapes and kinds, stored alike; frozen parameters may be others
     * @throws IllegalArgumentException if something differs, with the first difference; nothing is changed then
     * @throws IllegalStateException if this model is being trained by another thread, or its own predictor runs; nothing
     *     is changed then
     */
    public final void shareWeights(Model other) {
        parameters().shareWeights(other.parameters());
    }

    /**
     * A copy of all gradients.
     *
     * @return an ordered map under PyTorch's names, shapes and element order
     * @throws IllegalStateException after a training step, which leaves gradients unspecified
     */
    public abstract Map<String, Tensor> gradients();

    /** Sets all gradients to zero. */
    public abstract void zeroGrad();

    /**
     * Where the random masks of dropout are.
     *
     * @return for {@link #generatorState(Tensor)}: the seed and the number of passes in training mode
     */
    public abstract Tensor generatorState();

    /**
     * Continues with the random masks where another model was.
     *
     * @param state what {@link #generatorState()} gave there
     * @throws IllegalArgumentException if it is not such a state
     */
    public abstract void generatorState(Tensor state);

    /**
     * Writes the whole model, crash-safe: a safetensors file with the state dict, and the network's structure and
     * fingerprint in its metadata.
     *
     * @param path the file; its folder must exist
     * @throws IOException if it cannot be written; an old file is then unchanged
     */
    public final void save(Path path) throws IOException {
        Safetensors.write(path, stateDict(), metadata());
    }

    /**
     * Reads a whole model or the weights of a checkpoint, whose structure must be this one's, or a state dict:
     * safetensors, or a file of PyTorch's as {@link StateDicts#read(Path)} reads it. All or nothing. The file must not
     * change meanwhile: the weights go from the mapped file into a new set of the model's, without a copy of it in
     * memory.
     *
     * @param path the file
     * @throws MalformedFileException if it is not such a file
     * @throws IllegalArgumentException if structure, keys or shapes differ, with the first difference
     * @throws IllegalStateException if another thread trains the model
     * @throws IOException if it cannot be read
     */
    public final void loadStateDict(Path path) throws IOException {
        prepareLoad(String.valueOf(path.getFileName()), StateDicts.views(path)).run();
    }

    /**
     * Reads a stream to its end, as {@link #loadStateDict(Path)}.
     *
     * @param in the stream, left open
     * @throws MalformedFileException if it is not such a file
     * @throws IllegalArgumentException if structure, keys or shapes differ, with the first difference
     * @throws IOException if it cannot be read
     */
    public final void loadStateDict(InputStream in) throws IOException {
        prepareLoad("The stream", StateDicts.views(in)).run();
    }

    /**
     * Reads a buffer from its position to its limit, as {@link #loadStateDict(Path)}.
     *
     * @param buffer the content of a file
     * @throws MalformedFileException if it is not such a file
     * @throws IllegalArgumentException if structure, keys or shapes differ, with the first difference
     */
    public final void loadStateDict(ByteBuffer buffer) throws MalformedFileException {
        prepareLoad("The buffer", StateDicts.views(buffer)).run();
    }

    /**
     * Checks the content of a safetensors file as {@link #loadStateDict(Path)} does, and changes nothing yet.
     *
     * @param source the file's name, for messages
     * @param contents what is in it
     * @return takes the weights over; fails only if another thread trains the model then
     * @throws MalformedFileException if the metadata makes no sense
     * @throws IllegalArgumentException if structure, keys or shapes differ, with the first difference
     */
    public final Runnable prepareLoad(String source, Safetensors.Contents contents) throws MalformedFileException {
        Runnable weights = ModelFile.prepareLoad(definition(), parameters(), source, contents);
        String given = ModelFile.lossWeights(contents);
        if (given.isEmpty()) {
            return weights;
        }
        Runnable ofLosses = prepareLossWeights(source, given);
        return () -> {
            weights.run();
            ofLosses.run();
        };
    }

    /**
     * What a file of this model says beside the weights: the network's structure and fingerprint, the versions of
     * Netwright and of the format, and the weights that its losses were given.
     *
     * @return for the metadata of a safetensors file
     */
    public final Map<String, String> metadata() {
        return ModelFile.metadata(definition(), givenLossWeights());
    }

    /**
     * What the losses were given at run time, for files.
     *
     * @return empty if nothing was
     */
    protected abstract String givenLossWeights();

    /**
     * Checks what {@link #givenLossWeights()} gave and changes nothing yet.
     *
     * @param source the file, for messages
     * @param text from the file
     * @return takes it over
     * @throws MalformedFileException if it makes no sense
     * @throws IllegalArgumentException if it is of other losses
     */
    protected abstract Runnable prepareLossWeights(String source, String text) throws MalformedFileException;

    /**
     * What the sum of a batch's losses is divided by, as {@link LossDefinition#divisor} with the weights in force: to join
     * batches, weigh each one's loss with it.
     *
     * @param loss the loss, in declared order
     * @param n number of samples
     * @param inputs the batch's, in declared order, one of which may tell how many steps count
     * @param labels the batch's class indices, all of them valid; null for a loss without
     * @return 1 unless the reduction is MEAN
     */
    public abstract double lossDivisor(int loss, int n, Object[] inputs, int[] labels);

    /**
     * Identifies the structure: inputs, layers with their attributes, and how they are connected; neither weights nor
     * the
     * names of the class and its fields.
     *
     * @return SHA-256, 64 hexadecimal digits
     */
    public final String fingerprint() {
        return ModelFile.fingerprint(definition());
    }

    /**
     * Predicts zeros until predictions get no faster, so that the JVM compiles the kernels before the first request: a
     * fraction of a second for small networks, a few for large ones. Once for every class of models: what is compiled
     * for one serves all, and the second call returns at once.
     */
    public abstract void warmUp();

    /**
     * A table of 80 columns: each layer's output, parameters, operations and memory for one sample, and the totals.
     *
     * @return several lines, without a line end after the last
     */
    public abstract String summary();
}
