package dev.netwright.training.tensorboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Writes records to files in a daemon thread, so that training never waits for a disk that keeps up. What went wrong
 * there is thrown by every later call here.
 */
final class BackgroundWriter {
    private record Pending(EventFile file, byte[] record) {}

    private final int maxQueue;
    private final long flushNanos;
    private final Thread thread = new Thread(this::run, "netwright-summary-writer");
    private final Thread hook = new Thread(this::flushAtExit, "netwright-summary-flush");

    // Guarded by this object's monitor.
    private final Queue<Pending> queue = new ArrayDeque<>();
    private long flushesAsked;
    private long flushesDone;
    private boolean closing;
    private Throwable failure;

    // Of the thread alone.
    private final List<EventFile> files = new ArrayList<>();
    private boolean dirty;
    private long flushed = System.nanoTime();

    BackgroundWriter(int maxQueue, long flushNanos) {
        this.maxQueue = maxQueue;
        this.flushNanos = flushNanos;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // Too late for a hook: what is written now counts on close.
        }
    }

    /** Waits while the queue is full. */
    synchronized void add(EventFile file, byte[] record) {
        boolean interrupted = false;
        while (queue.size() >= maxQueue && failure == null && !closing) {
            interrupted |= pause();
        }
        restore(interrupted);
        check();
        if (closing) {
            throw new IllegalStateException("This SummaryWriter is closed; nothing can be added to it.");
        }
        queue.add(new Pending(file, record));
        notifyAll();
    }

    /** Returns when all that was added before is with the operating system. */
    synchronized void flush() {
        check();
        if (closing) {
            return;
        }
        long mine = ++flushesAsked;
        notifyAll();
        boolean interrupted = false;
        while (flushesDone < mine && failure == null) {
            interrupted |= pause();
        }
        restore(interrupted);
        check();
    }

    /** Writes the rest and ends the thread. */
    void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        restore(interrupted);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook finds nothing left to do.
        }
        check();
    }

    private synchronized void check() {
        if (failure instanceof IOException e) {
            throw new UncheckedIOException("TensorBoard's files could not be written: " + e.getMessage(), e);
        }
        if (failure != null) {
            throw new IllegalStateException("The thread that writes TensorBoard's files ended.", failure);
        }
    }

    private boolean pause() {
        try {
            wait();
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void flushAtExit() {
        if (failure == null) {
            flush();
        }
    }

    private void run() {
        try {
            while (turn()) {
                // Until the writer is closed.
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        }
        for (EventFile file : files) {
            try {
                file.close();
            } catch (IOException e) {
                fail(e);
            }
        }
    }

    private synchronized void fail(Throwable cause) {
        failure = failure == null ? cause : failure;
        queue.clear();
        notifyAll();
    }

    /** Writes what is queued; flushes if that is asked for or due. False when closed and nothing is left. */
    private boolean turn() throws IOException {
        List<Pending> taken;
        long asked;
        boolean last;
        synchronized (this) {
            await();
            taken = new ArrayList<>(queue);
            queue.clear();
            asked = flushesAsked;
            last = closing;
            notifyAll();
        }
        for (Pending next : taken) {
            if (!files.contains(next.file())) {
                files.add(next.file());
            }
            next.file().append(next.record());
            dirty = true;
        }
        if (asked > flushesDone || System.nanoTime() - flushed >= flushNanos) {
            for (EventFile file : files) {
                file.flush();
            }
            dirty = false;
            flushed = System.nanoTime();
        }
        synchronized (this) {
            flushesDone = asked;
            notifyAll();
        }
        return !last;
    }

    private synchronized void await() {
        while (queue.isEmpty() && flushesAsked == flushesDone && !closing) {
            long left = flushNanos - (System.nanoTime() - flushed);
            if (dirty && left <= 0) {
                return;
            }
            try {
                if (dirty) {
                    wait(left / 1_000_000 + 1);
                } else {
                    wait();
                }
            } catch (InterruptedException ignored) {
                // Nobody has a reason to interrupt this thread; closing ends it.
            }
        }
    }
}
