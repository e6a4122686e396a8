package dev.netwright.benchmarks.subject;

import dev.netwright.benchmarks.harness.Burst;
import dev.netwright.benchmarks.harness.Job;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.Threads;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Sixty drawn layers: GF of their kernels, and how much of the bound they reach, which is the measured peak of fused
 * multiply-adds, or for what has less to compute than to move, the measured bandwidth of a copy. What moves data
 * between the caller's arrays and the network's layout is not counted: within a network it happens once.
 */
public final class Sweep {
    private static final double WARM = 1.0;
    private static final double SECONDS = 0.3;
    private static final double REQUIRED = 0.6;

    private final Threads team;
    private final double peak;
    private final double bandwidth;

    private Sweep(Threads team, double peak, double bandwidth) {
        this.team = team;
        this.peak = peak;
        this.bandwidth = bandwidth;
    }

    /**
     * {@code compile FOLDER SEED}, or {@code time FOLDER SEED THREADS}.
     *
     * @param arguments see above
     * @throws Exception if a layer fails
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        long seed = Long.parseLong(arguments[2]);
        List<DrawnLayer> layers = new ArrayList<>(DrawnLayer.draw(seed));
        layers.addAll(DrawnModules.draw(seed));
        if (arguments[0].equals("compile")) {
            for (int i = 0; i < layers.size(); i++) {
                LayerCompiler.compile(layers.get(i).declaration(), folder.resolve("drawn" + i));
            }
            return;
        }
        Threads team = Threads.of(Integer.parseInt(arguments[3]));
        Map<String, Job> jobs = new HashMap<>();
        Map<String, Double> facts = new HashMap<>();
        MachineJobs.add(team, jobs, facts);
        double peak = team.count() * facts.get("fma") / best(jobs.get("fma"));
        double bandwidth = team.count() * facts.get("copy") / best(jobs.get("copy"));
        jobs.clear();
        System.out.printf(
                Locale.ROOT,
                "JDK %s, %s, peak %.0f GF/s, copy %.1f GB/s; seed %s\n",
                Runtime.version(),
                team,
                peak / 1e9,
                bandwidth / 1e9,
                arguments[2]);
        System.out.println("| layer | forward GF | of bound | backward GF | of bound |");
        System.out.println("|---|---|---|---|---|");
        Sweep sweep = new Sweep(team, peak, bandwidth);
        for (int i = 0; i < layers.size(); i++) {
            sweep.row(layers.get(i), folder.resolve("drawn" + i));
        }
    }

    private static double best(Job job) throws Exception {
        Burst burst = new Burst(job);
        burst.warmUp(WARM);
        return burst.measure(SECONDS, 5).min();
    }

    private void row(DrawnLayer layer, Path folder) throws Exception {
        OneLayer net = LayerCompiler.load(folder)
                .withInputGradient(Options.defaults().threads(team).predictionThreads(team));
        LayerSteps steps = LayerSteps.read(folder);
        float[] x = layer.declaration().indices()
                ? DrawnValues.indices(layer.batch() * layer.in(), DrawnModules.LEAST_ROWS)
                : DrawnValues.normal(layer.batch() * layer.in());
        float[] y = new float[layer.batch() * layer.out()];
        float[] g = DrawnValues.normal(y.length);
        long predicted = passes(batch -> net.predict(x, layer.batch(), y));
        double forward = steps.kernels(false) / predicted;
        long trained = passes(batch -> {
            net.forward(x, layer.batch());
            net.backward(g, layer.batch());
        });
        // The forward pass of training may do more than that of inference, such as remembering maxima.
        double backward = (steps.kernels(false) - steps.kernels(true)) / trained;
        double flops = (double) layer.batch() * layer.flops();
        double backwardFlops = (double) layer.batch() * layer.backwardFlops();
        double bound = Math.max(flops / peak, layer.bytes() / bandwidth);
        double backwardBound = Math.max(backwardFlops / peak, layer.backwardBytes() / bandwidth);
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s |\n",
                layer.title(),
                rate(flops, layer.bytes(), forward),
                part(bound / forward),
                rate(backwardFlops, layer.backwardBytes(), backward),
                part(backwardBound / backward));
    }

    /** What computes nothing has bytes instead of operations. */
    private static String rate(double flops, double bytes, double seconds) {
        return flops > 0
                ? String.format(Locale.ROOT, "%.1f", flops / seconds / 1e9)
                : String.format(Locale.ROOT, "%.1f GB/s", bytes / seconds / 1e9);
    }

    private static String part(double reached) {
        return String.format(Locale.ROOT, "%.0f %%%s", 100 * reached, reached < REQUIRED ? " (!)" : "");
    }

    /** Repeats a pass with the clocks set to zero; returns how often. */
    private static long passes(Step pass) throws Exception {
        Burst burst = new Burst(new Whole(pass));
        burst.warmUp(WARM);
        StepClock.reset();
        return burst.measure(SECONDS, 5).steps();
    }

    private interface Step {
        void run(long batch);
    }

    private record Whole(Step pass) implements Job {
        @Override
        public void step(long batch) {
            pass.run(batch);
        }

        @Override
        public Map<String, double[]> check() {
            return Map.of();
        }
    }
}
