package dev.netwright.training.trainer;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Ctrl-C, and every other orderly end of the JVM, while a training runs: asks it to stop after its batch, and keeps the
 * JVM alive until it has written its checkpoint.
 */
final class StopSignal implements AutoCloseable {
    private static final long LONGEST_WAIT_SECONDS = 60;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread trains = Thread.currentThread();
    private final Thread hook;
    private volatile boolean raised;

    StopSignal(Runnable stop) {
        hook = new Thread(
                () -> {
                    raised = true;
                    stop.run();
                    await();
                },
                "netwright-stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void await() {
        if (endsTheJvmItself()) {
            return;
        }
        try {
            ended.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    /** A listener may call System.exit, which does not come back to end the batch. */
    private boolean endsTheJvmItself() {
        return Arrays.stream(trains.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals("java.lang.Shutdown"));
    }

    /** Whether the JVM is ending. */
    boolean raised() {
        return raised;
    }

    /**
     * Everything is written. Where the JVM is ending this does not return: the program must not go on with a network
     * that is half trained.
     */
    @Override
    public void close() {
        ended.countDown();
        if (raised) {
            while (true) {
                LockSupport.park();
            }
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The JVM began to end in this moment; the hook finds the latch open.
        }
    }
}
