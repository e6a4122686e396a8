package dev.netwright.processor.drawn;

import dev.netwright.processor.drawn.Verdict.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Draws networks by seeds, checks them on all cores, and counts; failures are shrunk and printed. */
final class NetworkRuns {
    /** Enough that a run of javac is well used, few enough for little memory. */
    private static final int BATCH = 20;

    private static final int MOST_SHRUNK = Integer.getInteger("netwright.networks.shrunk", 12);
    private static final int PROGRESS = 500;

    private final Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
    private final Map<Reach, Integer> reached = new EnumMap<>(Reach.class);
    private final List<String> failures = new ArrayList<>();
    private final long start = System.nanoTime();
    private int count;
    private int shrunk;

    /** Networks of consecutive seeds. */
    static NetworkRuns of(long seed, int networks) {
        NetworkRuns runs = new NetworkRuns();
        int threads = Math.max(1, Math.min(2, Runtime.getRuntime().availableProcessors()));
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> batches = new ArrayList<>();
            for (int first = 0; first < networks; first += BATCH) {
                long from = seed * 1_000_000L + first;
                int size = Math.min(BATCH, networks - first);
                batches.add(executor.submit(() -> runs.batch(from, size)));
            }
            for (Future<?> batch : batches) {
                batch.get();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            executor.shutdownNow();
        }
        return runs;
    }

    private void batch(long from, int size) {
        Map<String, DrawnNetwork> networks = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            networks.put("Drawn" + (from + i), NetworkDrawing.draw(from + i));
        }
        CompiledBatch compiled = CompiledBatch.of(networks);
        networks.forEach((name, network) -> count(name, network, compiled.verdict(name)));
    }

    private void count(String name, DrawnNetwork network, Verdict verdict) {
        boolean shrinks;
        synchronized (this) {
            count++;
            kinds.merge(verdict.kind(), 1, Integer::sum);
            verdict.reached().forEach(reach -> reached.merge(reach, 1, Integer::sum));
            if (count % PROGRESS == 0) {
                System.out.println(summary());
            }
            shrinks = verdict.isFailure() && shrunk++ < MOST_SHRUNK;
        }
        if (verdict.isFailure()) {
            String text = shrinks ? shrunk(name, network, verdict) : text(name, network, verdict);
            synchronized (this) {
                System.out.println(text);
                failures.add(text);
            }
        }
    }

    private static String shrunk(String name, DrawnNetwork network, Verdict verdict) {
        Shrinker.Shrunk smallest = Shrinker.shrink(network, verdict);
        return text(name, smallest.network(), smallest.verdict()) + "    (drawn: " + verdict.message() + ")\n";
    }

    private static String text(String name, DrawnNetwork network, Verdict verdict) {
        return "\n--- " + verdict.kind() + " " + name + ", " + network.samples() + " samples: " + verdict.message()
                + "\n" + network.text(name);
    }

    List<String> failures() {
        return failures;
    }

    int share(Reach reach) {
        return 100 * reached.getOrDefault(reach, 0) / Math.max(1, count);
    }

    double nearKinks() {
        return (double) kinds.getOrDefault(Kind.KINK, 0) / Math.max(1, count);
    }

    String summary() {
        StringBuilder text = new StringBuilder(count + " random networks:");
        for (Kind kind : Kind.values()) {
            text.append(' ')
                    .append(kinds.getOrDefault(kind, 0))
                    .append(' ')
                    .append(kind.name().toLowerCase(java.util.Locale.ROOT));
        }
        for (Reach reach : Reach.values()) {
            text.append(String.format(
                    java.util.Locale.ROOT,
                    "; %s %.1f %%",
                    reach.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
                    100.0 * reached.getOrDefault(reach, 0) / Math.max(1, count)));
        }
        return text + String.format(java.util.Locale.ROOT, "; %.0f s", (System.nanoTime() - start) / 1e9);
    }
}
