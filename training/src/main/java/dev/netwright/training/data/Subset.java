package dev.netwright.training.data;

import dev.netwright.runtime.init.MersenneTwister;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Some samples of a data set, in a given order. */
public final class Subset implements Dataset {

    private final Dataset dataset;
    private final int[] indices;

    private Subset(Dataset dataset, int[] indices) {
        this.dataset = dataset;
        this.indices = indices;
    }

    /**
     * Chosen samples.
     *
     * @param dataset where they are
     * @param indices which, at least one
     * @return a view
     * @throws IndexOutOfBoundsException if there is no such sample
     * @throws IllegalArgumentException if none is chosen
     */
    public static Subset of(Dataset dataset, int... indices) {
        if (indices.length == 0) {
            throw new IllegalArgumentException("A data set needs at least one sample, but none was chosen.");
        }
        for (int index : indices) {
            Objects.checkIndex(index, dataset.size());
        }
        return new Subset(dataset, indices.clone());
    }

    /**
     * Splits a data set at random, as PyTorch's {@code random_split} with {@code manual_seed(seed)} does.
     *
     * @param dataset what to split
     * @param seed as for {@code torch.manual_seed}
     * @param sizes samples of each part, at least 1 each, all of them together the data set's
     * @return a view for each part
     * @throws IllegalArgumentException if the sizes do not add up
     */
    public static List<Subset> randomSplit(Dataset dataset, long seed, int... sizes) {
        long sum = 0;
        boolean empty = false;
        for (int size : sizes) {
            sum += size;
            empty |= size < 1;
        }
        if (empty || sum != dataset.size()) {
            throw new IllegalArgumentException("The parts' sizes are at least 1 each and " + dataset.size()
                    + " together, but are " + Arrays.toString(sizes) + ".");
        }
        int[] order = new MersenneTwister(seed).randperm(dataset.size());
        List<Subset> parts = new ArrayList<>();
        int from = 0;
        for (int size : sizes) {
            parts.add(new Subset(dataset, Arrays.copyOfRange(order, from, from + size)));
            from += size;
        }
        return parts;
    }

    /**
     * Splits a data set at random by shares, as PyTorch's {@code random_split} with {@code manual_seed(seed)} does:
     * sizes are rounded down, and what is left over goes to the first parts, one sample each.
     *
     * @param dataset what to split
     * @param seed as for {@code torch.manual_seed}
     * @param shares of each part, 1 together
     * @return a view for each part
     * @throws IllegalArgumentException if the shares do not add up, or a part would be empty
     */
    public static List<Subset> randomSplit(Dataset dataset, long seed, double... shares) {
        double sum = Arrays.stream(shares).sum();
        boolean negative = Arrays.stream(shares).anyMatch(share -> !(share >= 0));
        if (negative || !(Math.abs(sum - 1) < 1e-9) || shares.length == 0) {
            throw new IllegalArgumentException(
                    "The parts' shares are at least 0 each and 1 together, but are " + Arrays.toString(shares) + ".");
        }
        int[] sizes = new int[shares.length];
        int left = dataset.size();
        for (int i = 0; i < shares.length; i++) {
            sizes[i] = (int) Math.floor(dataset.size() * shares[i]);
            left -= sizes[i];
        }
        for (int i = 0; i < left; i++) {
            sizes[i % sizes.length]++;
        }
        return randomSplit(dataset, seed, sizes);
    }

    /**
     * Which samples these are, such as to take the same ones with other transforms.
     *
     * @return a copy
     */
    public int[] indices() {
        return indices.clone();
    }

    @Override
    public int size() {
        return indices.length;
    }

    @Override
    public SampleLayout layout() {
        return dataset.layout();
    }

    @Override
    public List<String> classNames() {
        return dataset.classNames();
    }

    @Override
    public void read(int index, Batch batch, int position, SampleContext context) throws IOException {
        dataset.read(indices[index], batch, position, context);
    }
}
