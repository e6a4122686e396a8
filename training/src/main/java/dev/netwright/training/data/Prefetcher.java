package dev.netwright.training.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Workers that fill the batches of one epoch ahead of the caller, who gets them in order. The batches form a ring; the
 * caller holds one, and what lies behind it may be filled. Workers that find nothing to do for a while end, and new ones
 * begin when the caller comes back: an epoch that was left early keeps no thread.
 */
final class Prefetcher {

    /** Long enough for the caller to evaluate or to save between two batches. */
    static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final EpochPlan plan;
    private final Batch[] ring;
    private final SampleContext[] contexts;
    private final Thread[] threads;
    private final long idleNanos;
    /** For each place of the ring, the number of the batch that was filled into it last. */
    private final int[] filled;

    private int next;
    private int taken;
    private int end;
    private int failedAt = Integer.MAX_VALUE;
    private Throwable failure;
    private volatile boolean cancelled;
    private final EpochPlan.Stop stop = () -> cancelled;

    Prefetcher(EpochPlan plan, int first, Batch[] ring, SampleContext[] contexts, long idleNanos) {
        this.plan = plan;
        this.ring = ring;
        this.contexts = contexts;
        this.threads = new Thread[contexts.length];
        this.idleNanos = idleNanos;
        this.filled = new int[ring.length];
        Arrays.fill(filled, -1);
        this.next = first;
        this.taken = first - 1;
        this.end = plan.batches();
    }

    /** The next batch, which is the caller's until the next call. Rethrows what a worker met while filling it. */
    synchronized Batch take() throws IOException {
        int wanted = taken + 1;
        // Frees the batch that the caller had.
        taken = wanted;
        startMissing();
        notifyAll();
        try {
            while (filled[wanted % ring.length] != wanted && failedAt != wanted) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The thread was interrupted while it waited for batch " + wanted + ".", e);
        }
        if (failedAt == wanted) {
            throw rethrown(wanted);
        }
        return ring[wanted % ring.length];
    }

    /** The worker's own exception, so that it has the same type as without workers. */
    private IOException rethrown(int number) {
        failure.addSuppressed(new IllegalStateException("met by a worker of the loader, in batch " + number));
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        return (IOException) failure;
    }

    private void startMissing() {
        for (int i = 0; i < threads.length; i++) {
            if (threads[i] == null && next < end) {
                SampleContext context = contexts[i];
                int worker = i;
                Thread thread = new Thread(() -> work(worker, context), "netwright-loader-" + i);
                thread.setDaemon(true);
                threads[i] = thread;
                thread.start();
            }
        }
    }

    /** Stops all workers and waits for them, each of which finishes at most the sample that it is at. */
    void stop() {
        Thread[] running;
        synchronized (this) {
            cancelled = true;
            notifyAll();
            running = threads.clone();
        }
        boolean interrupted = false;
        for (Thread thread : running) {
            while (thread != null && thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(int worker, SampleContext context) {
        int number = claim(worker);
        while (number >= 0) {
            Throwable met = null;
            try {
                plan.fill(number, ring[number % ring.length], context, stop);
            } catch (IOException | RuntimeException | Error e) {
                met = e;
            }
            done(number, met);
            number = claim(worker);
        }
    }

    /** The number of a batch to fill; -1 if the worker is to end. */
    private synchronized int claim(int worker) {
        long deadline = System.nanoTime() + idleNanos;
        while (!cancelled && next < end && next - taken >= ring.length) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                threads[worker] = null;
                return -1;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                // Nobody but stop() ends a worker, and it does so by the flag.
                continue;
            }
        }
        if (cancelled || next >= end) {
            threads[worker] = null;
            return -1;
        }
        return next++;
    }

    private synchronized void done(int number, Throwable met) {
        if (met == null) {
            filled[number % ring.length] = number;
        } else if (number < failedAt) {
            failedAt = number;
            failure = met;
            // The batches before it are under way, and those after it are not wanted.
            end = number;
        }
        notifyAll();
    }
}
