package dev.netwright.runtime.generated;

import dev.netwright.runtime.Threads;
import dev.netwright.runtime.WeightSet;
import dev.netwright.runtime.check.ArrayChecks;
import java.util.Arrays;

/**
 * One program of a network, for inference or for training, on memory of its own. Subclasses are generated. Every worker
 * of a team calls the same methods at the same time and does its share; within a method steps that depend on each other
 * are separated by {@link Worker#barrier()}, and the caller puts a barrier between two methods, except behind
 * {@link #forward}.
 *
 * <p>A value that exists once per sample lies in the arena from {@code offset * capacity} on, sample after sample. The
 * caller's arrays are addressed from sample {@link #inputOffset} on.
 */
public abstract class Program {
    /** Room for what lies before the first element, and for vector loads that reach beyond the last. */
    static final int SLACK = 80;

    /**
     * From this length on G1 gives an array regions of its own: half of the largest region that a heap of this size can
     * have. The array then begins at a multiple of 64 bytes, and its data at 16 bytes more.
     */
    private static final int HUMONGOUS =
            (int) Math.min(Runtime.getRuntime().maxMemory() / 2048, 16 << 20) / Float.BYTES;

    /** Arrays of less than this part of {@link #HUMONGOUS} are not worth being made as long. */
    private static final int SMALL = HUMONGOUS / 64;

    private static final float[] EMPTY = {};

    private static final long[] NO_COUNTERS = {};

    /** What exists once per sample; zeros whenever it is allocated anew. */
    protected float[] arena = EMPTY;

    /** What exists once and is computed anew in every call. */
    protected float[] scratch = EMPTY;

    /** What depends on parameters and buffers alone; programs of several predictors share it. */
    protected float[] prepared = EMPTY;

    /** What a worker needs for itself while it computes a unit of work: {@link #localSize()} floats for each. */
    protected float[] local = EMPTY;

    /** The network's trained values. */
    protected float[] parameters = EMPTY;

    /** The gradients, each as its parameter's values are, without frozen ones; empty where nothing is trained. */
    protected float[] gradients = EMPTY;

    /** The network's running statistics. */
    protected float[] buffers = EMPTY;

    /** The network's counters, such as the number of batches that running statistics have seen. */
    protected long[] counters = NO_COUNTERS;

    /** Tables known at compile time. */
    protected final float[] constants;

    /** How many samples the arena has room for. */
    protected int capacity;

    /** How many samples the present call has. */
    protected int samples;

    /** The caller's inputs that are floats, in declared order of all inputs. */
    protected final float[][] inputs;

    /** The caller's inputs that are bytes, likewise. */
    protected final byte[][] byteInputs;

    /** The caller's inputs that are ints, likewise. */
    protected final int[][] intInputs;

    /** How often the whole batch names each row, by the input that names them; null where nothing is divided by that. */
    protected final float[][] indexCounts;

    /** The caller's arrays for results, in declared order. */
    protected final float[][] outputs;

    /** The first sample of the present call within the caller's arrays. */
    protected int inputOffset;

    /** Targets that are numbers, by target; after the losses' targets come gradients that the caller gives. */
    protected final float[][] floatTargets;

    /** Targets that are class indices, by target. */
    protected final int[][] indexTargets;

    /** By loss: its weight divided by the divisor of its reduction. Gradients are multiplied by it, losses are not. */
    protected final float[] lossScale;

    /** What the losses weigh classes by. */
    protected float[] lossWeights = EMPTY;

    /** What the random masks of this pass depend on, besides layer, sample and element. */
    protected long drawKey;

    private final int microBatch;
    private final int arenaPerSample;
    private final int scratchSize;
    private final int preparedSize;
    private int workers;

    /**
     * A program without memory; it is allocated at the first use.
     *
     * @param arenaPerSample floats per sample
     * @param scratch floats once
     * @param prepared floats computed when parameters change
     * @param constants tables
     * @param inputs number of the network's inputs
     * @param outputs number of the network's outputs
     * @param losses number of losses
     * @param targets number of targets and of gradients that the caller gives
     * @param microBatch samples that are computed at a time; 0 if a batch must not be split: the program combines over
     *     samples, or leaves something of each for the user
     */
    protected Program(
            int arenaPerSample,
            int scratch,
            int prepared,
            float[] constants,
            int inputs,
            int outputs,
            int losses,
            int targets,
            int microBatch) {
        this.arenaPerSample = arenaPerSample;
        this.scratchSize = scratch;
        this.preparedSize = prepared;
        this.constants = constants;
        this.inputs = new float[inputs][];
        this.byteInputs = new byte[inputs][];
        this.intInputs = new int[inputs][];
        this.indexCounts = new float[inputs][];
        this.outputs = new float[outputs][];
        this.floatTargets = new float[targets][];
        this.indexTargets = new int[targets][];
        this.lossScale = new float[losses];
        this.microBatch = microBatch;
    }

    /**
     * The same code with shortened sums, whose results are meaningless: to be run until the JVM has compiled it.
     *
     * @return null, unless overridden, if that gains nothing
     */
    protected Program rehearsal() {
        return null;
    }

    /**
     * Computes what depends on parameters and buffers alone. Called before {@link #forward} when they have changed.
     *
     * @param worker the calling worker
     */
    protected abstract void prepare(Worker worker);

    /**
     * Says what {@link #prepare} computes, and from what: programs with equal texts prepare the same floats in the same
     * places, from weights that lie alike.
     *
     * @return the class's name, unless overridden: other programs prepare something else
     */
    protected String derivation() {
        return getClass().getName();
    }

    /**
     * Computes all activations.
     *
     * @param worker the calling worker
     */
    protected abstract void forward(Worker worker);

    /**
     * Copies the results to {@link #outputs}.
     *
     * @param worker the calling worker
     */
    protected abstract void outputs(Worker worker);

    /**
     * Computes every sample's losses, undivided; in training also the gradients by the losses' inputs, multiplied by
     * {@link #lossScale}.
     *
     * @param worker the calling worker
     */
    protected abstract void losses(Worker worker);

    /**
     * Adds to the gradients.
     *
     * @param worker the calling worker
     */
    protected abstract void backward(Worker worker);

    /**
     * Where the losses of the samples lie: {@code arena[lossBase(loss) + sample * stride + element]}, with as many
     * elements, and as large a stride, as the loss keeps apart for a sample: 1 unless its reduction is NONE.
     *
     * @param loss the loss, in declared order
     * @return floats from the start of the arena
     */
    protected abstract int lossBase(int loss);

    /**
     * Updates running statistics, by {@link RunningStatistics#update}. Called by one thread, after the pass
     * succeeded.
     */
    protected abstract void statistics();

    /**
     * Fewest samples that the program can compute with. Batch normalisation of one value per sample and channel needs 2
     * in training, and in evaluation too where it keeps no running statistics.
     *
     * @return 1 unless overridden
     */
    protected int minimumSamples() {
        return 1;
    }

    /**
     * Floats that each worker needs for itself while it computes a unit of work.
     *
     * @return 0 unless overridden
     */
    protected int localSize() {
        return 0;
    }

    /**
     * Where a layer's output lies after {@link #forward}, if it is kept.
     *
     * @param layer the layer's index in the definition
     * @return null, unless overridden, for a layer whose output is not kept
     */
    protected StridedView keptOutput(int layer) {
        return null;
    }

    /**
     * Where a layer's output lies when the losses have been computed, if it is still there: to find out which layer was
     * the first with a value that is not finite.
     *
     * @param layer the layer's index in the definition
     * @return null, unless overridden, for a layer that was fused into the one after it or whose memory was used again
     */
    protected StridedView layerOutput(int layer) {
        return null;
    }

    /**
     * Where the gradient by an input lies after {@link #backward}, if it is computed.
     *
     * @param input the input, in declared order
     * @return null, unless overridden, if it is not computed
     */
    protected StridedView inputGradient(int input) {
        return null;
    }

    /**
     * Sets an input of the next call.
     *
     * @param index the input, in declared order
     * @param values all samples, row-major
     * @return this
     */
    public final Program input(int index, float[] values) {
        inputs[index] = values;
        return this;
    }

    /**
     * Sets an input of bytes for the next call.
     *
     * @param index the input, in declared order
     * @param values all samples, row-major; from 0 to 255
     * @return this
     */
    public final Program input(int index, byte[] values) {
        byteInputs[index] = values;
        return this;
    }

    /**
     * Sets an input of ints for the next call.
     *
     * @param index the input, in declared order
     * @param values all samples, row-major
     * @return this
     */
    public final Program input(int index, int[] values) {
        intInputs[index] = values;
        return this;
    }

    /**
     * Sets where an output of the next call goes.
     *
     * @param index the output, in declared order
     * @param values receives all samples, row-major
     * @return this
     */
    public final Program output(int index, float[] values) {
        outputs[index] = values;
        return this;
    }

    /**
     * Sets a target of numbers for the next call.
     *
     * @param index the loss, in declared order
     * @param values all samples, row-major
     * @return this
     */
    public final Program target(int index, float[] values) {
        floatTargets[index] = values;
        return this;
    }

    /**
     * Sets a target of class indices for the next call.
     *
     * @param index the loss, in declared order
     * @param values all samples, row-major
     * @return this
     */
    public final Program target(int index, int[] values) {
        indexTargets[index] = values;
        return this;
    }

    /** Says whose work it is. */
    final void team(Threads team) {
        workers = team.count();
    }

    /** Connects the program with one set of weights, for a pass. */
    final void bind(WeightSet weights, float[] preparedMemory) {
        parameters = weights.values();
        buffers = weights.buffers();
        counters = weights.counters();
        prepared = preparedMemory;
    }

    /** Says where a training program adds its gradients. */
    final void gradients(float[] memory) {
        gradients = memory;
    }

    /** Lets go of the weights: a program that nobody runs must not keep a set that was exchanged since. */
    final void unbind() {
        parameters = EMPTY;
        buffers = EMPTY;
        counters = NO_COUNTERS;
        prepared = EMPTY;
    }

    /** Takes part in another program's work, on activations of its own. */
    final void imitate(Program other, int n) {
        parameters = other.parameters;
        gradients = other.gradients;
        buffers = other.buffers;
        counters = other.counters;
        prepared = other.prepared;
        lossWeights = other.lossWeights;
        workers = 1;
        copy(other.inputs, inputs);
        copy(other.byteInputs, byteInputs);
        copy(other.intInputs, intInputs);
        copy(other.indexCounts, indexCounts);
        copy(other.outputs, outputs);
        copy(other.floatTargets, floatTargets);
        copy(other.indexTargets, indexTargets);
        System.arraycopy(other.lossScale, 0, lossScale, 0, lossScale.length);
        reserve(n);
        samples = n;
    }

    private static void copy(Object[] from, Object[] to) {
        System.arraycopy(from, 0, to, 0, to.length);
    }

    /** Floats that an activation of all layers takes. */
    final long size(int n) {
        return (long) n * arenaPerSample;
    }

    /** Memory for what {@link #prepare} computes; empty if it computes nothing. */
    final float[] newPrepared() {
        return preparedSize == 0 ? EMPTY : allocate(padded(preparedSize, "prepared weights"));
    }

    /** How many samples of a batch to compute at a time. */
    final int part(int n) {
        return microBatch == 0 ? n : Math.min(n, microBatch);
    }

    /** Makes room for a number of samples; allocates only when it is the largest so far. */
    final void reserve(int n) {
        if (n <= capacity) {
            return;
        }
        long floats = (long) arenaPerSample * n + SLACK;
        if (floats > Integer.MAX_VALUE - 8) {
            long most = (Integer.MAX_VALUE - 8L - SLACK) / arenaPerSample;
            throw new IllegalArgumentException("A batch of " + n + " samples needs " + floats
                    + " floats of memory, more than a Java array can hold. Use at most " + most + " samples.");
        }
        if (scratch.length == 0) {
            scratch = allocate(padded(scratchSize, "scratch memory"));
            local = allocate(padded(Math.multiplyExact(localSize(), workers), "memory of workers"));
        }
        // The old memory may go before the new comes.
        arena = EMPTY;
        capacity = 0;
        arena = allocate((int) floats);
        capacity = n;
    }

    /**
     * Memory whose elements with an index of 12 modulo 16 begin a cache line, if G1 allocates it: kernels that load a
     * vector for each multiplication take a third less time then (a step of the CIFAR CNN written by hand: 13 instead of
     * 18 ms).
     */
    private static float[] allocate(int floats) {
        return new float[floats < SMALL ? floats : Math.max(floats, HUMONGOUS)];
    }

    private static int padded(int size, String what) {
        if (size > Integer.MAX_VALUE - 8 - SLACK) {
            throw new IllegalStateException("The network's " + what + " of " + size + " floats is too large.");
        }
        return size + SLACK;
    }

    /** Of the caller's array for an input, of whatever type; -1 if there is none. */
    final int inputLength(int index) {
        if (byteInputs[index] != null) {
            return byteInputs[index].length;
        }
        return intInputs[index] != null ? intInputs[index].length : ArrayChecks.length(inputs[index]);
    }

    /** Lets go of the caller's arrays. */
    final void release() {
        Arrays.fill(inputs, null);
        Arrays.fill(byteInputs, null);
        Arrays.fill(intInputs, null);
        Arrays.fill(outputs, null);
        Arrays.fill(floatTargets, null);
        Arrays.fill(indexTargets, null);
    }
}
