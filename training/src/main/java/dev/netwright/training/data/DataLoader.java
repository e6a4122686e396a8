package dev.netwright.training.data;

import dev.netwright.runtime.StateReader;
import dev.netwright.runtime.StateWriter;
import dev.netwright.runtime.Stateful;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.init.MersenneTwister;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Cuts a data set into batches; each iteration is one epoch.
 *
 * <p>Defaults are PyTorch's: one sample per batch, no shuffling, the last partial batch kept, no workers. With shuffling
 * the order of every epoch equals that of PyTorch's {@code DataLoader(shuffle=True)} in a program that began with
 * {@code torch.manual_seed(seed)} and drew nothing else.
 *
 * <p>Settings are fixed by the first iteration. One loader serves one thread, and one epoch at a time: its batches are
 * filled again and again, so only the order of an epoch is ever allocated.
 *
 * <p>With {@link #workers} the next batches are filled by other threads while the caller trains on one. What is in a
 * batch does not depend on their number: random transforms draw from a generator of the loader's seed, the epoch and the
 * sample's place in it. What a worker meets is thrown by {@code next()} for the batch at which it happened. There is
 * nothing to close: the threads are daemons, and they end with the epoch, or ten seconds after a loop was left early;
 * the next iteration or {@link #close()} ends them at once.
 *
 * <p>A checkpoint holds the loader's place: the next iteration of a loader that was loaded from one gives the rest of
 * the epoch in which it was saved. An epoch is over when its iterator has said that there are no more batches, as it
 * does at the end of a {@code for} loop; one that was left early is not.
 */
public final class DataLoader implements Iterable<Batch>, Stateful {

    private static final int GENERATOR_STATE = 627;

    private final Dataset dataset;
    private int batchSize = 1;
    private Sampler sampler;
    private boolean shuffle;
    private boolean dropLast;
    private int workers;
    private int prefetch;
    private long seed;
    private long idleNanos = Prefetcher.IDLE_NANOS;

    private int epoch;
    private MersenneTwister generator;
    private Batch[] ring;
    private SampleContext[] contexts;
    private Epoch current;
    /** The generator's state before it drew the order of the current epoch. */
    private int[] epochStart;
    /** How many batches of the next epoch were given out before it was saved. */
    private int givenBefore;

    private DataLoader(Dataset dataset) {
        this.dataset = dataset;
        this.sampler = SequentialSampler.of(dataset);
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
        this.sampler = shuffle ? RandomSampler.of(dataset) : SequentialSampler.of(dataset);
        return this;
    }

    /**
     * Chooses the samples and their order, in place of {@link #shuffle}.
     *
     * @param sampler such as {@link WeightedRandomSampler}
     * @return this loader
     * @throws IllegalArgumentException if it was made for a data set of another size
     */
    public DataLoader sampler(Sampler sampler) {
        requireUnused();
        if (sampler instanceof WeightedRandomSampler weighted && weighted.weights() != dataset.size()) {
            throw new IllegalArgumentException("The sampler has " + weighted.weights()
                    + " weights, but the data set has " + dataset.size() + " samples: give one weight per sample.");
        }
        this.shuffle = false;
        this.sampler = sampler;
        return this;
    }

    /**
     * Lets threads fill batches ahead of the caller.
     *
     * @param workers how many; 0, the default, fills each batch when the caller asks for it
     * @return this loader
     */
    public DataLoader workers(int workers) {
        requireUnused();
        if (workers < 0) {
            throw new IllegalArgumentException("a loader has at least 0 workers, not " + workers);
        }
        this.workers = workers;
        return this;
    }

    /**
     * Sets how many batches the workers may be ahead; each takes the memory of a batch.
     *
     * @param batches at least 1; two for each worker unless set
     * @return this loader
     */
    public DataLoader prefetch(int batches) {
        requireUnused();
        if (batches < 1) {
            throw new IllegalArgumentException("workers fill at least 1 batch ahead, not " + batches);
        }
        this.prefetch = batches;
        return this;
    }

    /** For tests: how long a worker waits for the caller. */
    DataLoader idle(long nanos) {
        this.idleNanos = nanos;
        return this;
    }

    /**
     * Sets the seed of the order and of random transforms.
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
            generator.nextLong();
            sampler.skip(generator);
        }
        this.epoch = epoch;
        close();
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
     * @return the sampler's number, usually the data set's size, less what {@link #dropLast(boolean)} leaves out
     */
    public int samples() {
        int samples = sampler.samples();
        return dropLast ? samples / batchSize * batchSize : samples;
    }

    /**
     * How many samples an epoch has, with those that {@link #dropLast(boolean)} leaves out.
     *
     * @return the sampler's number
     */
    public int allSamples() {
        return sampler.samples();
    }

    /**
     * The size of every batch but the last.
     *
     * @return samples
     */
    public int batchSize() {
        return batchSize;
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
     * @return the epoch's batches, the same objects filled anew; each belongs to the caller until the next one. What a
     *     data set throws is thrown by {@code next()}, an {@code IOException} within an {@code UncheckedIOException};
     *     asked again, it tries again
     */
    @Override
    public Iterator<Batch> iterator() {
        close();
        current = null;
        if (ring == null) {
            makeBuffers();
        }
        epochStart = generator().state();
        // PyTorch draws a seed for its workers and then, by its sampler, one for the order.
        long sampleSeed = generator.nextLong();
        int[] order = sampler.order(generator);
        epoch++;
        current = new Epoch(new EpochPlan(dataset, order, samples(), batchSize, sampleSeed), givenBefore);
        givenBefore = 0;
        return current;
    }

    private void makeBuffers() {
        int ahead = workers == 0 ? 0 : prefetch == 0 ? 2 * workers : prefetch;
        ring = new Batch[1 + ahead];
        for (int i = 0; i < ring.length; i++) {
            ring[i] = new Batch(dataset.layout(), Math.min(batchSize, sampler.samples()));
        }
        contexts = new SampleContext[Math.max(1, workers)];
        for (int i = 0; i < contexts.length; i++) {
            contexts[i] = new SampleContext();
        }
    }

    /**
     * Ends the threads at once. Nobody needs to call this: threads that have nothing to do end by themselves, and the
     * loader begins new ones when it is used again.
     */
    public void close() {
        if (current != null) {
            current.stop();
        }
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
                .put("samples", sampler.samples())
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
        requireSame("samples per epoch", reader.integer("samples", 1, Integer.MAX_VALUE), sampler.samples());
        requireSame("samples per batch", reader.integer("batch_size", 1, Integer.MAX_VALUE), batchSize);
        requireSame("as shuffle", reader.integer("shuffle", 0, 1), shuffle ? 1 : 0);
        requireSame("as dropLast", reader.integer("drop_last", 0, 1), dropLast ? 1 : 0);
        reader.end();
        return () -> {
            epoch = savedEpoch;
            givenBefore = savedBatch;
            generator = saved;
            close();
            current = null;
        };
    }

    private static void requireSame(String what, long found, long expected) {
        if (found != expected) {
            throw new IllegalArgumentException("The state is of a loader with " + found + " " + what
                    + ", but this one has " + expected + ". Make it with the same settings.");
        }
    }

    private void requireUnused() {
        if (ring != null || generator != null) {
            throw new IllegalStateException(
                    "this loader is already in use, and its settings are fixed; make another one");
        }
    }

    private final class Epoch implements Iterator<Batch> {

        private final EpochPlan plan;
        private Prefetcher prefetcher;
        private int given;
        private boolean over;

        Epoch(EpochPlan plan, int given) {
            this.plan = plan;
            this.given = given;
        }

        int given() {
            return given;
        }

        void stop() {
            if (prefetcher != null) {
                prefetcher.stop();
                prefetcher = null;
            }
        }

        @Override
        public boolean hasNext() {
            over |= given >= plan.batches();
            return !over;
        }

        @Override
        public Batch next() {
            if (this != current) {
                throw new IllegalStateException("this epoch ended when a later one began on the same loader");
            }
            if (given >= plan.batches()) {
                throw new NoSuchElementException("the epoch has no more batches");
            }
            boolean filled = false;
            try {
                Batch batch = workers == 0 ? fill() : prefetched();
                filled = true;
                given++;
                return batch;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                if (!filled) {
                    stop();
                }
            }
        }

        private Batch fill() throws IOException {
            plan.fill(given, ring[0], contexts[0], EpochPlan.Stop.NEVER);
            return ring[0];
        }

        private Batch prefetched() throws IOException {
            if (prefetcher == null) {
                prefetcher = new Prefetcher(plan, given, ring, contexts, idleNanos);
            }
            return prefetcher.take();
        }
    }
}
