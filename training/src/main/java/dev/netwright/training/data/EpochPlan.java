package dev.netwright.training.data;

import java.io.IOException;

/**
 * One epoch, decided: which samples each batch holds, and what their random numbers depend on.
 *
 * @param dataset what is loaded
 * @param order the samples
 * @param samples how many of them are visited
 * @param batchSize samples per batch
 * @param seed of the samples' random numbers
 */
record EpochPlan(Dataset dataset, int[] order, int samples, int batchSize, long seed) {

    int batches() {
        return (int) (((long) samples + batchSize - 1) / batchSize);
    }

    /** Fills a batch; gives up when told so, leaving it undefined. */
    void fill(int number, Batch batch, SampleContext context, Stop stop) throws IOException {
        int first = number * batchSize;
        int count = Math.min(batchSize, samples - first);
        batch.size(count);
        for (int i = 0; i < count && !stop.asked(); i++) {
            context.begin(seed, first + i);
            dataset.read(order[first + i], batch, i, context);
        }
    }

    /** Asks whether what is being loaded is still wanted. */
    interface Stop {
        Stop NEVER = () -> false;

        boolean asked();
    }
}
