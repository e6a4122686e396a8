package dev.netwright.training.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The samples of several data sets, one after the other. */
public final class ConcatDataset implements Dataset {

    private final List<Dataset> parts;
    /** The index behind the last sample of each part. */
    private final int[] ends;

    private ConcatDataset(List<Dataset> parts, int[] ends) {
        this.parts = parts;
        this.ends = ends;
    }

    /**
     * Puts data sets in a row.
     *
     * @param parts at least one; all have the same layout and the same classes
     * @return a view
     * @throws IllegalArgumentException if they differ
     */
    public static ConcatDataset of(Dataset... parts) {
        if (parts.length == 0) {
            throw new IllegalArgumentException("A data set needs at least one sample, but there are no parts.");
        }
        int[] ends = new int[parts.length];
        int size = 0;
        for (int i = 0; i < parts.length; i++) {
            require(i, "samples of ", parts[i].layout(), parts[0].layout());
            require(i, "the classes ", parts[i].classNames(), parts[0].classNames());
            size = Math.addExact(size, parts[i].size());
            ends[i] = size;
        }
        return new ConcatDataset(List.of(parts), ends);
    }

    private static void require(int part, String what, Object found, Object expected) {
        if (!found.equals(expected)) {
            throw new IllegalArgumentException("Data sets in a row must be alike, but part " + part + " has " + what
                    + found + ", and part 0 has " + what + expected + ".");
        }
    }

    @Override
    public int size() {
        return ends[ends.length - 1];
    }

    @Override
    public SampleLayout layout() {
        return parts.get(0).layout();
    }

    @Override
    public List<String> classNames() {
        return parts.get(0).classNames();
    }

    @Override
    public void read(int index, Batch batch, int position, SampleContext context) throws IOException {
        Objects.checkIndex(index, size());
        int found = Arrays.binarySearch(ends, index);
        int part = found >= 0 ? found + 1 : -found - 1;
        int first = part == 0 ? 0 : ends[part - 1];
        parts.get(part).read(index - first, batch, position, context);
    }
}
