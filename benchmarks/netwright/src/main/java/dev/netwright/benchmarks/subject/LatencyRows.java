package dev.netwright.benchmarks.subject;

import dev.netwright.benchmarks.harness.Burst;
import dev.netwright.benchmarks.harness.Job;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code predict} takes for one sample on one thread, in the least burst of several: rows that constants are fitted to. */
public final class LatencyRows {
    private static final double WARM = 0.5;
    private static final double SECONDS = 0.2;
    private static final int BURSTS = 3;

    private LatencyRows() {}

    /**
     * {@code time ROWS LAYERS} and for each row its name, what layer it is of (empty for networks), elements of its input
     * and its output; or {@code fit ROWS LAYERS REPORTS FILE MACHINE}.
     *
     * @param arguments see above
     * @throws Exception if a network fails
     */
    public static void main(String[] arguments) throws Exception {
        Path rows = Path.of(arguments[1]);
        Path layers = Path.of(arguments[2]);
        if (arguments[0].equals("fit")) {
            LatencyFit.write(rows, layers, Path.of(arguments[3]), Path.of(arguments[4]), arguments[5]);
            return;
        }
        List<String> lines = new ArrayList<>();
        for (int i = 3; i < arguments.length; i += 4) {
            String id = arguments[i];
            String layer = arguments[i + 1];
            float[] x = DrawnValues.normal(Integer.parseInt(arguments[i + 2]));
            String line = layer.isEmpty()
                    ? network(id, x)
                    : layer(id, LayerSource.of(layer), layers.resolve(id), x, Integer.parseInt(arguments[i + 3]));
            System.out.println(line);
            lines.add(line);
        }
        Files.write(rows, lines);
    }

    private static Options oneThread() {
        Threads one = Threads.of(1);
        return Options.defaults().threads(one).predictionThreads(one);
    }

    private static String network(String id, float[] x) throws Exception {
        Subject net = Subject.of(id.substring(0, id.indexOf("-predict")), oneThread());
        float[] y = new float[net.outputElements()];
        return line(
                id,
                seconds(() -> net.prediction().predict(x, 1, y)),
                net.model().getClass().getSimpleName());
    }

    private static String layer(String id, LayerSource.Declaration declared, Path folder, float[] x, int outElements)
            throws Exception {
        OneLayer net = load(folder);
        float[] y = new float[outElements];
        return line(id, seconds(() -> net.predict(x, 1, y)), declared.annotation() + " of " + declared.input());
    }

    private static OneLayer load(Path folder) throws IOException {
        return LayerCompiler.load(folder).create(oneThread());
    }

    private static String line(String id, double seconds, String declared) {
        return String.format(Locale.ROOT, "%s: %.1f us, %s", id, seconds * 1e6, declared);
    }

    private static double seconds(Runnable prediction) throws Exception {
        Burst burst = new Burst(new Prediction(prediction));
        burst.warmUp(WARM);
        double least = Double.MAX_VALUE;
        for (int i = 0; i < BURSTS; i++) {
            least = Math.min(least, burst.measure(SECONDS, 5).median());
        }
        return least;
    }

    private record Prediction(Runnable predicts) implements Job {
        @Override
        public void step(long batch) {
            predicts.run();
        }

        @Override
        public Map<String, double[]> check() {
            return Map.of();
        }
    }
}
