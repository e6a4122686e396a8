package dev.netwright.benchmarks.subject;

import dev.netwright.benchmarks.harness.Burst;
import dev.netwright.benchmarks.harness.Job;
import dev.netwright.benchmarks.harness.LayerShape;
import dev.netwright.runtime.Threads;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link KernelBenchmark} and prints GF and percent of the peak measured before. */
public final class Kernels {
    private Kernels() {}

    /**
     * Whether to be quick, then pairs of a folder and a shape.
     *
     * @param arguments see above
     * @throws Exception if JMH fails
     */
    public static void main(String[] arguments) throws Exception {
        boolean quick = Boolean.parseBoolean(arguments[0]);
        Map<String, Job> jobs = new HashMap<>();
        Map<String, Double> facts = new HashMap<>();
        MachineJobs.add(Threads.of(1), jobs, facts);
        Burst burst = new Burst(jobs.get("fma"));
        burst.warmUp(1);
        double peak = facts.get("fma") / burst.measure(0.5, 5).min();
        System.out.printf(
                Locale.ROOT,
                "JDK %s, 1 thread, batch %d, peak %.0f GF/s\n",
                Runtime.version(),
                KernelBenchmark.BATCH,
                peak / 1e9);
        System.out.println("| layer | pass | time | error | GF | of peak |");
        System.out.println("|---|---|---|---|---|---|");
        for (int i = 1; i < arguments.length; i += 2) {
            run(quick, arguments[i], arguments[i + 1], peak);
        }
    }

    private static void run(boolean quick, String folder, String shape, double peak) throws Exception {
        // JMH separates parameter values by commas.
        OptionsBuilder options = new OptionsBuilder();
        options.include(KernelBenchmark.class.getName())
                .param("folder", folder)
                .param("shape", shape.replace(',', 'x'))
                .forks(quick ? 1 : 3)
                .warmupIterations(quick ? 2 : 5)
                .warmupTime(TimeValue.milliseconds(500))
                .measurementIterations(quick ? 3 : 5)
                .measurementTime(TimeValue.milliseconds(500))
                .verbosity(VerboseMode.SILENT);
        double flops = (double) KernelBenchmark.BATCH * LayerShape.parse(shape).flops();
        for (RunResult result : new Runner(options.build()).run()) {
            double seconds = result.getPrimaryResult().getScore() / 1e9;
            String pass = result.getParams().getBenchmark();
            double work = pass.endsWith("forwardBackward") ? 3 * flops : flops;
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %.3f ms | %.3f | %.1f | %.0f %% |\n",
                    folder.substring(folder.lastIndexOf('/') + 1),
                    pass.substring(pass.lastIndexOf('.') + 1),
                    1e3 * seconds,
                    result.getPrimaryResult().getScoreError() / 1e6,
                    work / seconds / 1e9,
                    100 * work / seconds / peak);
        }
    }
}
