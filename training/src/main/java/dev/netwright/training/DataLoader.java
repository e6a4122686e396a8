package dev.netwright.training;

import dev.netwright.runtime.MersenneTwister;
import dev.netwright.runtime.StateReader;
import dev.netwright.runtime.StateWriter;
import dev.netwright.runtime.Stateful;
import dev.netwright.runtime.Tensor;
import java.util.Iterator;
import java.util.Map;
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
 *
 * <p>A checkpoint holds the loader's place: the next iteration of a loader that was loaded from one gives the rest of
 * the epoch in which it was saved. An epoch is over when its iterator has said that there are no more batches, as it
 * does at the end of a {@code for} loop; one that was left early is not.
 */
public final class DataLoader implements Iterable<Batch>, Stateful {

    private static final int GENERATOR_STATE = 627;

    private final Dataset dataset;
    private int batchSize = 1;
    private boolean shuffle;
    private boolean dropLast;
    private long seed;

    private int epoch;
    private int[] order;
    private MersenneTwister generator;
    private Batch batch;
    private Epoch current;
    /** The generator's state before it drew the order of the current epoch. */
    private int[] epochStart;
    /** How many batches of the next epoch were given out before it was saved. */
    private int givenBefore;

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
        current = null;
        givenBefore = 0;
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
        epochStart = generator().state();
        if (shuffle) {
            order = new MersenneTwister(nextSeed()).randperm(dataset.size());
        }
        epoch++;
        current = new Epoch(givenBefore);
        givenBefore = 0;
        return current;
    }

    private MersenneTwister generator() {
        if (generator == null) {
            generator = new MersenneTwister(seed);
        }
        return generator;
    }

    /**
     * The place of the loader and its settings.
     *
     * @return the epoch to go on with, how many of its batches were given out, and the generator's state before it
     */
    @Override
    public Map<String, Tensor> stateDict() {
        boolean inEpoch = current != null && !current.over;
        return new StateWriter()
                .put("epoch", inEpoch ? epoch - 1 : epoch)
                .put("batch", inEpoch ? current.given() : givenBefore)
                .put(
                        "generator",
                        inEpoch ? epochStart : (generator == null ? new MersenneTwister(seed) : generator).state())
                .put("dataset_size", dataset.size())
                .put("batch_size", batchSize)
                .put("shuffle", shuffle)
                .put("drop_last", dropLast)
                .stateDict();
    }

    /**
     * Checks the place of another loader, which must have had the same settings; only the seed is taken over from it.
     *
     * @param state what {@link #stateDict()} gave
     * @return goes to that place
     * @throws IllegalArgumentException if the state is none of a loader, or of one with other settings
     */
    @Override
    public Runnable prepareLoad(Map<String, Tensor> state) {
        StateReader reader = new StateReader("The loader", state);
        int savedEpoch = (int) reader.integer("epoch", 0, Integer.MAX_VALUE);
        int savedBatch = (int) reader.integer("batch", 0, batches());
        MersenneTwister saved = MersenneTwister.ofState(reader.integers("generator", GENERATOR_STATE));
        requireSame("samples in the data set", reader.integer("dataset_size", 1, Integer.MAX_VALUE), dataset.size());
        requireSame("samples per batch", reader.integer("batch_size", 1, Integer.MAX_VALUE), batchSize);
        requireSame("as shuffle", reader.integer("shuffle", 0, 1), shuffle ? 1 : 0);
        requireSame("as dropLast", reader.integer("drop_last", 0, 1), dropLast ? 1 : 0);
        reader.end();
        return () -> {
            epoch = savedEpoch;
            givenBefore = savedBatch;
            generator = saved;
            current = null;
        };
    }

    private static void requireSame(String what, long found, long expected) {
        if (found != expected) {
            throw new IllegalArgumentException("The state is of a loader with " + found + " " + what
                    + ", but this one has " + expected + ". Make it with the same settings.");
        }
    }

    /** PyTorch draws two 64-bit numbers per epoch: the first is for its workers, the second seeds the order. */
    private long nextSeed() {
        generator().nextLong();
        return generator().nextLong();
    }

    private void requireUnused() {
        if (batch != null || generator != null) {
            throw new IllegalStateException(
                    "this loader is already in use, and its settings are fixed; make another one");
        }
    }

    private final class Epoch implements Iterator<Batch> {

        private final int samples = samples();
        private int next;
        private boolean over;

        Epoch(int given) {
            next = (int) Math.min((long) given * batchSize, samples);
        }

        int given() {
            return (int) (((long) next + batchSize - 1) / batchSize);
        }

        @Override
        public boolean hasNext() {
            over |= next >= samples;
            return !over;
        }

        @Override
        public Batch next() {
            if (this != current) {
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
