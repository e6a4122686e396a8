package dev.netwright.benchmarks.subject;

import dev.netwright.benchmarks.harness.Burst;
import dev.netwright.benchmarks.harness.Job;
import dev.netwright.processor.plan.TileRow;
import dev.netwright.processor.plan.TileTable;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.Threads;
import dev.netwright.runtime.generated.KernelChoice;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures the shapes of tiles on one thread: in each round all rows of the table have another shape, and layers whose
 * kernels have such tiles are compiled by a processor that reads the round's table instead of its own.
 */
public final class TileSweep {
    private static final int FEWEST = 20;

    private TileSweep() {}

    /**
     * {@code compile FOLDER ROUNDS}, {@code time FOLDER ROUNDS WARM SECONDS}, or {@code write FOLDER FILE MACHINE}.
     *
     * @param arguments see above
     * @throws Exception if a layer fails
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "compile" -> compile(folder, Integer.parseInt(arguments[2]));
            case "time" ->
                time(
                        folder,
                        Integer.parseInt(arguments[2]),
                        Double.parseDouble(arguments[3]),
                        Double.parseDouble(arguments[4]));
            default -> new TileResults(folder).write(Path.of(arguments[2]), arguments[3]);
        }
    }

    private static Path round(Path folder, int round) {
        return folder.resolve("round" + round);
    }

    private static Path table(Path round) {
        return round.resolve("table")
                .resolve(TileTable.class.getPackageName().replace('.', '/'))
                .resolve(TileTable.RESOURCE);
    }

    private static void compile(Path folder, int rounds) throws IOException {
        for (int i = 0; i < rounds; i++) {
            Path round = round(folder, i);
            Path table = table(round);
            Files.createDirectories(table.getParent());
            Files.writeString(table, TileCandidates.table(i));
            try (URLClassLoader processors = processors(round.resolve("table"))) {
                for (TileLayer layer : TileLayer.all()) {
                    Path compiled = round.resolve(layer.name());
                    List<String> names = new ArrayList<>();
                    LayerCompiler.compile(
                            layer.declaration(), compiled, processors, program -> TileKernels.clocks(program, names));
                    TileKernels.write(compiled, names);
                }
            }
        }
    }

    /** Processors that find another table in front of their own. */
    private static URLClassLoader processors(Path table) throws IOException {
        List<URL> path = new ArrayList<>(List.of(table.toUri().toURL()));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            path.add(Path.of(entry).toUri().toURL());
        }
        return new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    private static void time(Path folder, int rounds, double warm, double seconds) throws Exception {
        KernelChoice choice = KernelChoice.decide(true, TileSweep.class.getModule());
        int registers = choice.wide() ? TileRow.WIDE : TileRow.NARROW;
        TileResults results = new TileResults(folder);
        for (int i = 0; i < rounds; i++) {
            Path round = round(folder, i);
            Map<String, Double> flops = new HashMap<>();
            Map<String, Double> times = new HashMap<>();
            for (TileLayer layer : TileLayer.all()) {
                Path compiled = round.resolve(layer.name());
                TileKernels kernels = TileKernels.read(compiled);
                for (Map.Entry<String, Double> best :
                        best(layer, compiled, kernels, warm, seconds).entrySet()) {
                    String kernel = best.getKey();
                    String key = kernels.rows().get(kernel) + "/" + registers + " registers";
                    if (layer.flops(kernel) > 0 && best.getValue() > 0) {
                        flops.merge(key, (double) layer.flops(kernel), Double::sum);
                        times.merge(key, best.getValue(), Double::sum);
                    }
                }
            }
            for (TileRow row : TileTable.parse(Files.readString(table(round))).rows()) {
                if (times.containsKey(row.key())) {
                    double rate = flops.get(row.key()) / times.get(row.key()) / 1e9;
                    System.out.println(row.key() + " " + row.shape() + " " + Math.round(rate) + " GF");
                    results.add(row, rate);
                }
            }
        }
        results.save(Runtime.version().feature(), choice.bits(), registers);
    }

    /** Seconds of each kernel in a step, the least of many. */
    private static Map<String, Double> best(
            TileLayer layer, Path compiled, TileKernels kernels, double warm, double seconds) throws Exception {
        Threads one = Threads.of(1);
        OneLayer net = LayerCompiler.load(compiled)
                .create(Options.defaults().threads(one).predictionThreads(one));
        float[] x = DrawnValues.normal(layer.batch() * layer.shape().inElements());
        float[] g = DrawnValues.normal(layer.batch() * layer.outElements());
        Job step = new Step(() -> {
            net.forward(x, layer.batch());
            net.backward(g, layer.batch());
        });
        Burst burst = new Burst(step);
        burst.warmUp(warm);
        Map<String, Double> best = new HashMap<>();
        long start = System.nanoTime();
        for (int i = 0; i < FEWEST || (System.nanoTime() - start) / 1e9 < seconds; i++) {
            StepClock.reset();
            step.step(i);
            kernels.seconds().forEach((kernel, time) -> best.merge(kernel, time, Math::min));
        }
        return best;
    }

    private record Step(Runnable passes) implements Job {
        @Override
        public void step(long batch) {
            passes.run();
        }

        @Override
        public Map<String, double[]> check() {
            return Map.of();
        }
    }
}
