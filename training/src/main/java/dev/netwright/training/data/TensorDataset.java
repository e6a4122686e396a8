package dev.netwright.training.data;

import dev.netwright.runtime.DType;
import dev.netwright.runtime.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Samples that are the rows of tensors: sample i has row i of each. {@code U8} stays bytes, other integers become
 * 32-bit ones, and everything else floats.
 */
public final class TensorDataset implements Dataset {

    private final SampleLayout layout;
    private final int size;
    private final Object[] inputs;
    private final Object[] targets;
    private final List<String> classNames;

    private TensorDataset(SampleLayout layout, int size, Object[] inputs, Object[] targets, List<String> classNames) {
        this.layout = layout;
        this.size = size;
        this.inputs = inputs;
        this.targets = targets;
        this.classNames = classNames;
    }

    /**
     * One input and one target per sample.
     *
     * @param inputs (sample, then the input's shape); copied
     * @param targets (sample), integers, for classes; (sample, then the target's shape) otherwise; copied
     * @return the data set
     * @throws IllegalArgumentException if the numbers of samples differ, or a tensor has no dimension
     */
    public static TensorDataset of(Tensor inputs, Tensor targets) {
        return of(List.of(inputs), List.of(targets));
    }

    /**
     * Any number of inputs and targets per sample.
     *
     * @param inputs in the order of the network's inputs, at least one
     * @param targets in the order of its losses; may be empty
     * @return the data set
     * @throws IllegalArgumentException if the numbers of samples differ, or a tensor has no dimension
     */
    public static TensorDataset of(List<Tensor> inputs, List<Tensor> targets) {
        List<Tensor> all = new ArrayList<>(inputs);
        all.addAll(targets);
        for (int i = 0; i < all.size(); i++) {
            int[] shape = all.get(i).shape();
            if (shape.length == 0 || shape[0] == 0 || shape[0] != all.get(0).shape()[0]) {
                throw new IllegalArgumentException(
                        "All tensors need the same number of samples in their first dimension,"
                                + " at least 1, but the first is "
                                + Arrays.toString(all.get(0).shape()) + " and number " + (i + 1)
                                + " is " + Arrays.toString(shape) + ".");
            }
        }
        SampleLayout layout = new SampleLayout(fields(inputs), fields(targets));
        return new TensorDataset(layout, inputs.get(0).shape()[0], arrays(inputs), arrays(targets), List.of());
    }

    private static List<Field> fields(List<Tensor> tensors) {
        List<Field> fields = new ArrayList<>();
        for (Tensor tensor : tensors) {
            int[] shape = Arrays.copyOfRange(tensor.shape(), 1, tensor.shape().length);
            fields.add(
                    switch (tensor.dtype()) {
                        case U8 -> Field.bytes(shape);
                        case I8, I16, I32, I64, BOOL -> Field.ints(shape);
                        default -> Field.floats(shape);
                    });
        }
        return fields;
    }

    private static Object[] arrays(List<Tensor> tensors) {
        Object[] arrays = new Object[tensors.size()];
        for (int i = 0; i < arrays.length; i++) {
            Tensor tensor = tensors.get(i);
            arrays[i] = switch (tensor.dtype()) {
                case U8 -> tensor.toBytes();
                case I8, I16, I32, I64, BOOL ->
                    Arrays.stream(tensor.toLongs().toLongArray())
                            .mapToInt(Math::toIntExact)
                            .toArray();
                case F32 -> tensor.toArray();
                default -> tensor.toFloat().toArray();
            };
        }
        return arrays;
    }

    /**
     * Names the classes.
     *
     * @param names one per class; a negative label, such as PyTorch's -100, is of none: losses ignore it
     * @return the same samples
     * @throws IllegalArgumentException if the first target is no class, or names one beyond the list
     */
    public TensorDataset classNames(List<String> names) {
        if (layout.targets().isEmpty() || layout.targets().get(0).dtype() != DType.I32) {
            throw new IllegalArgumentException(
                    "Classes are a target of integers, but the targets are " + layout.targets() + ".");
        }
        int[] labels = (int[]) targets[0];
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] >= names.size()) {
                throw new IllegalArgumentException(
                        "Sample " + i / layout.targets().get(0).size() + " has the label " + labels[i]
                                + ", but there are " + names.size() + " classes, 0 to " + (names.size() - 1) + ".");
            }
        }
        return new TensorDataset(layout, size, inputs, targets, List.copyOf(names));
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public SampleLayout layout() {
        return layout;
    }

    @Override
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public void read(int index, Batch batch, int position, SampleContext context) {
        Objects.checkIndex(index, size);
        for (int i = 0; i < inputs.length; i++) {
            copy(
                    inputs[i],
                    index,
                    batch.input(i),
                    position,
                    layout.inputs().get(i).size());
        }
        for (int i = 0; i < targets.length; i++) {
            copy(
                    targets[i],
                    index,
                    batch.target(i),
                    position,
                    layout.targets().get(i).size());
        }
    }

    private static void copy(Object from, int index, Object to, int position, int size) {
        System.arraycopy(from, index * size, to, position * size, size);
    }
}
