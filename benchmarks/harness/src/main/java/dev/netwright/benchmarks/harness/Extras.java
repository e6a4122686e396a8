package dev.netwright.benchmarks.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The measurements that are no rows: time to start, memory, loading of files, the loader, drawn shapes, kernels under JMH. */
final class Extras {
    private static final String EXAMPLE = "dev.netwright.examples.Example02Cifar";
    private static final String END_OF_EPOCH = "test accuracy";
    private static final List<String> VECTORS = List.of("--add-modules", "jdk.incubator.vector");

    private final Contenders contenders;
    private final Map<Integer, Path> jdks;
    private final List<Integer> threads;
    private final Path out;

    Extras(Contenders contenders, Map<Integer, Path> jdks, List<Integer> threads, Path out) {
        this.contenders = contenders;
        this.jdks = jdks;
        this.threads = threads;
        this.out = out;
    }

    /** Milliseconds from the start of each process to its events: median, min and max of several starts in turn. */
    void startup(int starts, Optional<Path> python) throws IOException, InterruptedException {
        Map<String, List<String>> commands = new LinkedHashMap<>();
        for (Map.Entry<Integer, Path> jdk : jdks.entrySet()) {
            commands.put(
                    "Netwright, JDK " + jdk.getKey(),
                    contenders.java(jdk.getValue(), VECTORS, "netwright", "subject.Startup"));
            List<String> example =
                    new ArrayList<>(contenders.java(jdk.getValue(), VECTORS, "netwright", "subject.Startup"));
            example.set(example.size() - 1, EXAMPLE);
            example.addAll(
                    List.of("--epochs", "1", "--out", out.resolve("cifar").toString()));
            commands.put("example 02Cifar, JDK " + jdk.getKey(), example);
        }
        int most = threads.stream().mapToInt(Integer::intValue).max().orElse(1);
        python.ifPresent(path -> commands.put("PyTorch", contenders.startup(path, most)));
        Map<String, Map<String, List<Double>>> times = new LinkedHashMap<>();
        for (int i = 0; i < starts; i++) {
            for (Map.Entry<String, List<String>> command : commands.entrySet()) {
                events(command.getValue())
                        .forEach((event, seconds) -> times.computeIfAbsent(
                                        command.getKey(), key -> new LinkedHashMap<>())
                                .computeIfAbsent(event, key -> new ArrayList<>())
                                .add(seconds));
            }
        }
        StringBuilder table = new StringBuilder("| process | event | median | min | max |\n|---|---|---|---|---|\n");
        times.forEach((process, events) -> events.forEach((event, all) -> table.append(String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s |\n",
                process,
                event,
                Units.time(Statistics.median(all)),
                Units.time(all.stream().mapToDouble(v -> v).min().orElseThrow()),
                Units.time(all.stream().mapToDouble(v -> v).max().orElseThrow())))));
        save("startup.md", Machine.describe() + "; " + starts + " starts in turn\n\n" + table);
    }

    private static Map<String, Double> events(List<String> command) throws IOException, InterruptedException {
        Map<String, Double> events = new LinkedHashMap<>();
        boolean example = command.contains(EXAMPLE);
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                double seconds = (System.nanoTime() - start) / 1e9;
                if (!example) {
                    events.put(line, seconds);
                } else if (line.startsWith(END_OF_EPOCH)) {
                    events.put("first epoch and test", seconds);
                }
            }
        }
        process.waitFor();
        return events;
    }

    /** Training in a heap of 4 GB. */
    void memory() throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        for (Path jdk : jdks.values()) {
            List<String> flags = new ArrayList<>(List.of("-Xmx4g"));
            flags.addAll(VECTORS);
            text.append(run(contenders.java(jdk, flags, "netwright", "subject.MemoryReport")))
                    .append('\n');
        }
        save("memory.md", text.toString());
    }

    /** VGG16's weights from a file into the model, and plain reads of the file, each in a process of its own. */
    void load() throws IOException, InterruptedException {
        Path file = out.resolve("vgg16.safetensors");
        StringBuilder text = new StringBuilder();
        try {
            for (Map.Entry<Integer, Path> jdk : jdks.entrySet()) {
                text.append("JDK ").append(jdk.getKey()).append("\n\n");
                text.append(run(load(jdk.getValue(), "write", file)));
                text.append(
                        "\n| | median | fastest | first | heap before | peak heap | heap after | peak of the process |\n");
                text.append("|---|---|---|---|---|---|---|---|\n");
                for (String what : List.of("plain", "whole", "map", "read", "load")) {
                    text.append(run(load(jdk.getValue(), what, file)));
                }
                text.append('\n');
            }
        } finally {
            Files.deleteIfExists(file);
        }
        save("load.md", text.toString());
    }

    /** Samples per second of the loader. */
    void loader() throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<Integer, Path> jdk : jdks.entrySet()) {
            List<String> flags = new ArrayList<>(List.of("-Xmx2g"));
            flags.addAll(VECTORS);
            text.append("JDK ").append(jdk.getKey()).append("\n\n");
            text.append("| | samples/s, median | min | max |\n|---|---|---|---|\n");
            for (String part : List.of("cifar", "training", "png")) {
                List<String> command =
                        new ArrayList<>(contenders.java(jdk.getValue(), flags, "netwright", "subject.LoaderReport"));
                command.addAll(List.of(part, out.resolve("pictures").toString()));
                text.append(run(command));
            }
            text.append('\n');
        }
        save("loader.md", text.toString());
    }

    private List<String> load(Path jdk, String what, Path file) throws IOException {
        List<String> flags = new ArrayList<>(List.of("-Xmx4g"));
        flags.addAll(VECTORS);
        List<String> command = new ArrayList<>(contenders.java(jdk, flags, "netwright", "subject.LoadReport"));
        command.addAll(List.of(what, file.toString()));
        return command;
    }

    /** Sixty drawn layers. */
    void sweep(long seed) throws IOException, InterruptedException {
        String folder = out.resolve("sweep").toString();
        String drawn = Long.toString(seed);
        run(sweep(Path.of(System.getProperty("java.home")), "compile", folder, drawn));
        StringBuilder text = new StringBuilder();
        for (Path jdk : jdks.values()) {
            for (int count : threads) {
                text.append(run(sweep(jdk, "time", folder, drawn, Integer.toString(count))))
                        .append('\n');
            }
        }
        save("sweep.md", text.toString());
    }

    private List<String> sweep(Path jdk, String... arguments) throws IOException {
        return command(jdk, List.of(), "subject.Sweep", arguments);
    }

    /** The shapes of tiles, with all vector registers and with those of AVX2: writes the table that the compiler reads. */
    void tiles(boolean quick) throws IOException, InterruptedException {
        String main = "subject.TileSweep";
        Path folder = Files.createDirectories(out.resolve("tiles"));
        String rounds = quick ? "3" : "5";
        Path running = Path.of(System.getProperty("java.home"));
        run(command(running, List.of(), main, "compile", folder.toString(), rounds));
        String[] time = {"time", folder.toString(), rounds, quick ? "0.3" : "0.5", quick ? "0.15" : "0.3"};
        for (Path jdk : jdks.values()) {
            run(command(jdk, List.of(), main, time));
            if (System.getProperty("os.arch").matches("amd64|x86_64")) {
                run(command(jdk, List.of("-XX:UseAVX=2"), main, time));
            }
        }
        Path table = out.resolve("tiles.txt");
        run(command(running, List.of(), main, "write", folder.toString(), table.toString(), Machine.describe()));
        System.out.println("Wrote " + table + ".");
    }

    /** Times predictions of one sample on the first JDK, fits constants to them, and writes the file that the compiler reads. */
    void fit(List<Row> rows, Plan plan) throws IOException, InterruptedException {
        List<Row> predicted = rows.stream()
                .filter(row -> Set.of(Kind.PREDICT, Kind.CONVOLUTION, Kind.LINEAR, Kind.MODULE)
                        .contains(row.kind()))
                .toList();
        contenders.compileLayers(predicted, plan);
        String main = "subject.LatencyRows";
        String times = out.resolve("latency-rows.txt").toString();
        List<String> time = new ArrayList<>(List.of("time", times, plan.layers().toString()));
        for (Row row : predicted) {
            time.add(row.id());
            time.add(row.isLayer() ? row.layerText() : "");
            time.add(Integer.toString(row.inElements()));
            time.add(Integer.toString(row.isLayer() ? row.outElements() : 0));
        }
        Map.Entry<Integer, Path> jdk = jdks.entrySet().iterator().next();
        run(command(jdk.getValue(), List.of(), main, time.toArray(String[]::new)));
        String table = out.resolve("latency.txt").toString();
        String machine =
                Machine.describe().replace(System.getProperty("os.version") + " ", "") + ", JDK " + jdk.getKey();
        String reports = contenders.reports().toString();
        run(command(jdk.getValue(), List.of(), main, "fit", times, plan.layers().toString(), reports, table, machine));
        System.out.println("Wrote " + table + ".");
    }

    private List<String> command(Path jdk, List<String> further, String main, String... arguments) throws IOException {
        List<String> flags = new ArrayList<>(List.of("-Xmx4g"));
        flags.addAll(VECTORS);
        flags.addAll(further);
        List<String> command = new ArrayList<>(contenders.java(jdk, flags, "netwright", main));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Single kernels under JMH. */
    void jmh(List<Row> rows, Plan plan, boolean quick) throws IOException, InterruptedException {
        List<Row> layers = rows.stream()
                .filter(row -> row.kind() == Kind.CONVOLUTION || row.kind() == Kind.LINEAR)
                .toList();
        contenders.compileLayers(layers, plan);
        StringBuilder text = new StringBuilder();
        for (Path jdk : jdks.values()) {
            List<String> command = new ArrayList<>(contenders.java(
                    jdk, List.of("--add-modules", "jdk.incubator.vector"), "netwright", "subject.Kernels"));
            command.add(Boolean.toString(quick));
            for (Row row : layers) {
                command.add(plan.layers().resolve(row.id()).toString());
                command.add(row.layer().text());
            }
            text.append(run(command)).append('\n');
        }
        save("jmh.md", text.toString());
    }

    /** Prints what the process prints, and returns it. */
    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        StringBuilder text = new StringBuilder();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(line);
                text.append(line).append('\n');
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException("A process failed with " + process.exitValue() + ".");
        }
        return text.toString();
    }

    private void save(String file, String text) throws IOException {
        Files.writeString(out.resolve(file), text);
        System.out.println("Wrote " + out.resolve(file) + ".");
    }
}
