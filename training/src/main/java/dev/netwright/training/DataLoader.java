package dev.netwright.training;

import dev.netwright.runtime.MersenneTwister;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

/**
 * Cuts a data set into batches; each iteration is one epoch.
 *
 * <p>Defaults are PyTorch's: one sample per batch, no shuffling, the last partial batch kept. With shuffling the order
 * of every epoch equals that of PyTorch's {@code DataLoader(shuffle=True)} in a program that began with
 * {@code torch.manual_seed(seed)} and drew nothing else.
 *
 * <p>Settings are fixed by the first iteration. One loader serves one thread, and one epoch at a time: its only
 * {@link Batch} is filled anew at every step, so only the order of an epoch is ever allocated.
 */
public final class DataLoader implements Iterable<Batch> {

    private final Dataset dataset;
    private int batchSize = 1;
    private boolean shuffle;
    private boolean dropLast;
    private long seed;

    private int epoch;
    private int[] order;
    private MersenneTwister generator;
    private Batch batch;

    private DataLoader(Dataset dataset) {
        this.dataset = dataset;
    }

    /**
     * A loader over a data set.
     *
     * @param dataset what to load
     * @return the loader
     */
    public static DataLoader of(Dataset dataset) {
        return new DataLoader(dataset);
    }

    /**
     * Sets the samples per batch.
     *
     * @param batchSize at least 1; 1 unless set
     * @return this loader
     */
    public DataLoader batchSize(int batchSize) {
        requireUnused();
        if (batchSize < 1) {
            throw new IllegalArgumentException("a batch holds at least 1 sample, not " + batchSize);
        }
        this.batchSize = batchSize;
        return this;
    }

    /**
     * Chooses whether each epoch visits the samples in an order of its own.
     *
     * @param shuffle false unless set
     * @return this loader
     */
    public DataLoader shuffle(boolean shuffle) {
        requireUnused();
        this.shuffle = shuffle;
        return this;
    }

    /**
     * Sets the seed of the shuffling.
     *
     * @param seed as for {@code torch.manual_seed}, of which the low 32 bits count; 0 unless set
     * @return this loader
     */
    public DataLoader seed(long seed) {
        requireUnused();
        this.seed = seed;
        return this;
    }

    /**
     * Chooses whether samples that do not fill a whole batch are left out at the end of an epoch.
     *
     * @param dropLast false unless set
     * @return this loader
     */
    public DataLoader dropLast(boolean dropLast) {
        requireUnused();
        this.dropLast = dropLast;
        return this;
    }

    /**
     * Chooses the epoch that the next iteration loads, so that resumed training sees the batches it would have seen.
     *
     * @param epoch how many epochs lie before it, at least 0
     * @return this loader
     */
    public DataLoader epoch(int epoch) {
        if (epoch < 0) {
            throw new IllegalArgumentException("epochs count from 0, so there is no epoch " + epoch);
        }
        generator = new MersenneTwister(seed);
        for (int i = 0; i < epoch; i++) {
            nextSeed();
        }
        this.epoch = epoch;
        return this;
    }

    /**
     * The epoch that the next iteration loads.
     *
     * @return how many epochs were begun, or lie before the one that was chosen
     */
    public int epoch() {
        return epoch;
    }

    /**
     * The data set.
     *
     * @return what this loader loads
     */
    public Dataset dataset() {
        return dataset;
    }

    /**
     * The samples that one epoch visits.
     *
     * @return the data set's size, less what {@link #dropLast(boolean)} leaves out
     */
    public int samples() {
        return dropLast ? dataset.size() / batchSize * batchSize : dataset.size();
    }

    /**
     * The batches of one epoch.
     *
     * @return their number; 0 if the only batch is partial and dropped
     */
    public int batches() {
        return (int) (((long) samples() + batchSize - 1) / batchSize);
    }

    /**
     * Begins the next epoch. An iterator of an earlier epoch must not be used any more.
     *
     * @return the epoch's batches, all of them the same object filled anew
     */
    @Override
    public Iterator<Batch> iterator() {
        if (batch == null) {
            batch = new Batch(Math.min(batchSize, dataset.size()), dataset.sampleSize());
            order = IntStream.range(0, dataset.size()).toArray();
        }
        if (shuffle) {
            if (generator == null) {
                generator = new MersenneTwister(seed);
            }
            order = new MersenneTwister(nextSeed()).randperm(dataset.size());
        }
        return new Epoch(++epoch);
    }

    /** PyTorch draws two 64-bit numbers per epoch: the first is for its workers, the second seeds the order. */
    private long nextSeed() {
        generator.nextLong();
        return generator.nextLong();
    }

    private void requireUnused() {
        if (batch != null || generator != null) {
            throw new IllegalStateException(
                    "this loader is already in use, and its settings are fixed; make another one");
        }
    }

    private final class Epoch implements Iterator<Batch> {

        private final int number;
        private final int samples = samples();
        private int next;

        Epoch(int number) {
            this.number = number;
        }

        @Override
        public boolean hasNext() {
            return next < samples;
        }

        @Override
        public Batch next() {
            if (number != epoch) {
                throw new IllegalStateException("this epoch ended when a later one began on the same loader");
            }
            if (next >= samples) {
                throw new NoSuchElementException("the epoch has no more batches");
            }
            int count = Math.min(batchSize, samples - next);
            batch.fill(dataset, order, next, count);
            next += count;
            return batch;
        }
    }
}
