package dev.netwright.training.tensorboard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Names that TensorBoard knows event files by, and reads in their order. */
final class EventFileNames {
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private EventFileNames() {}

    static String next(long seconds, String suffix) {
        return String.format(
                Locale.ROOT,
                "events.out.tfevents.%010d.%s.%d.%d%s",
                seconds,
                host(),
                ProcessHandle.current().pid(),
                COUNTER.getAndIncrement(),
                suffix);
    }

    static String host() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "-");
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
