package dev.netwright.training.data;

import dev.netwright.runtime.DType;
import java.util.List;

/**
 * Some samples side by side, as a model takes them. A loader owns a few batches and fills them again and again: copy what
 * has to outlive the step.
 *
 * <p>The usual sample has one input, {@link #inputs()} or, for pictures left as bytes, {@link #bytes()}, and one target,
 * {@link #labels()} or {@link #targets()}. The methods with a number are for samples with several.
 */
public final class Batch {

    private final SampleLayout layout;
    private final int capacity;
    private final Object[] inputs;
    private final Object[] targets;
    private int size;

    /**
     * An empty batch.
     *
     * @param layout what each sample consists of
     * @param capacity the most samples that it can hold, at least 1
     */
    public Batch(SampleLayout layout, int capacity) {
        this.layout = layout;
        this.capacity = capacity;
        this.inputs = arrays(layout.inputs(), capacity);
        this.targets = arrays(layout.targets(), capacity);
    }

    private static Object[] arrays(List<Field> fields, int capacity) {
        Object[] arrays = new Object[fields.size()];
        for (int i = 0; i < arrays.length; i++) {
            int length = Math.multiplyExact(capacity, fields.get(i).size());
            DType dtype = fields.get(i).dtype();
            arrays[i] = dtype == DType.U8 ? new byte[length] : dtype == DType.F32 ? new float[length] : new int[length];
        }
        return arrays;
    }

    void size(int samples) {
        size = samples;
    }

    /**
     * What each sample consists of.
     *
     * @return inputs and targets
     */
    public SampleLayout layout() {
        return layout;
    }

    /**
     * The most samples that there can be.
     *
     * @return at least {@link #size()}
     */
    public int capacity() {
        return capacity;
    }

    /**
     * How many samples there are: the loader's batch size, or fewer in an epoch's last batch.
     *
     * @return the number of samples, at least 1
     */
    public int size() {
        return size;
    }

    /**
     * The samples' only or first input as floats, row-major (sample, then the sample's shape).
     *
     * @return the live array; only the first {@link #size()} samples belong to this batch
     * @throws IllegalStateException if that input is of another type
     */
    public float[] inputs() {
        return inputs(0);
    }

    /**
     * One of the samples' inputs as floats.
     *
     * @param input which input, from 0
     * @return the live array
     * @throws IllegalStateException if that input is of another type
     */
    public float[] inputs(int input) {
        return (float[]) array("input", layout.inputs(), inputs, input, DType.F32);
    }

    /**
     * The samples' only or first input as unsigned bytes, row-major (sample, then the sample's shape).
     *
     * @return the live array; only the first {@link #size()} samples belong to this batch
     * @throws IllegalStateException if that input is of another type
     */
    public byte[] bytes() {
        return bytes(0);
    }

    /**
     * One of the samples' inputs as unsigned bytes.
     *
     * @param input which input, from 0
     * @return the live array
     * @throws IllegalStateException if that input is of another type
     */
    public byte[] bytes(int input) {
        return (byte[]) array("input", layout.inputs(), inputs, input, DType.U8);
    }

    /**
     * One of the samples' inputs as integers, such as indices of words.
     *
     * @param input which input, from 0
     * @return the live array
     * @throws IllegalStateException if that input is of another type
     */
    public int[] ints(int input) {
        return (int[]) array("input", layout.inputs(), inputs, input, DType.I32);
    }

    /**
     * The samples' classes: their only or first target as integers.
     *
     * @return the live array; only the first {@link #size()} samples belong to this batch
     * @throws IllegalStateException if there is no such target, or it is of another type
     */
    public int[] labels() {
        return labels(0);
    }

    /**
     * One of the samples' targets as integers.
     *
     * @param target which target, from 0
     * @return the live array
     * @throws IllegalStateException if there is no such target, or it is of another type
     */
    public int[] labels(int target) {
        return (int[]) array("target", layout.targets(), targets, target, DType.I32);
    }

    /**
     * The samples' only or first target as floats, row-major (sample, then the target's shape).
     *
     * @return the live array; only the first {@link #size()} samples belong to this batch
     * @throws IllegalStateException if there is no such target, or it is of another type
     */
    public float[] targets() {
        return targets(0);
    }

    /**
     * One of the samples' targets as floats.
     *
     * @param target which target, from 0
     * @return the live array
     * @throws IllegalStateException if there is no such target, or it is of another type
     */
    public float[] targets(int target) {
        return (float[]) array("target", layout.targets(), targets, target, DType.F32);
    }

    /** The array of an input, of whatever type. */
    Object input(int input) {
        return inputs[input];
    }

    /** The array of a target, of whatever type. */
    Object target(int target) {
        return targets[target];
    }

    private static Object array(String kind, List<Field> fields, Object[] arrays, int index, DType dtype) {
        if (index < 0 || index >= arrays.length) {
            throw new IllegalStateException(
                    "There is no " + kind + " " + index + ": these samples have " + arrays.length + ".");
        }
        Field field = fields.get(index);
        if (field.dtype() != dtype) {
            throw new IllegalStateException("The " + kind + " " + index + " of these samples is " + field + ", not "
                    + dtype + ": ask for " + access(kind, field.dtype()) + ".");
        }
        return arrays[index];
    }

    private static String access(String kind, DType dtype) {
        if (kind.equals("target")) {
            return dtype == DType.F32 ? "targets()" : "labels()";
        }
        return dtype == DType.F32 ? "inputs()" : dtype == DType.U8 ? "bytes(), or let ToTensor make floats" : "ints(i)";
    }

    /**
     * The inputs, for a model's methods that do not know its types.
     *
     * @return the live arrays, in declared order
     */
    public Object[] inputArrays() {
        return inputs;
    }

    /**
     * The targets, for a model's methods that do not know its types.
     *
     * @return the live arrays, in declared order
     */
    public Object[] targetArrays() {
        return targets;
    }
}
