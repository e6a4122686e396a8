package dev.netwright.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the machine is, and the process that measures what it can do at most. */
final class Machine implements AutoCloseable {
    private static final Row ROW = new Row(
            "machine", "machine", Kind.MACHINE, "machine", 1, List.of(1), 0, 0, null, null, List.of("fma", "copy"));

    private static final Set<Kind> NEED_COPY = Set.of(Kind.ADAM, Kind.LINEAR, Kind.MODULE, Kind.EMBEDDING);

    private final Contender contender;
    private final Plan plan;
    private final Map<Integer, WorkerProcess> processes = new HashMap<>();
    private final Map<String, Double> work = new HashMap<>();

    Machine(Contender contender, Plan plan) {
        this.contender = contender;
        this.plan = plan;
    }

    /** Adds the peak of fused multiply-adds and, where the row needs it, of a copy. */
    void measure(Results results, Row row, int threads) throws IOException, InterruptedException {
        WorkerProcess process = process(threads);
        Idle.await(processes.values());
        for (String task : ROW.tasks()) {
            if (task.equals("fma") || NEED_COPY.contains(row.kind())) {
                double seconds = ask(process, "measure", task);
                results.limit(task, row.id(), threads, work.get(task) * threads / seconds);
            }
        }
    }

    private WorkerProcess process(int threads) throws IOException {
        WorkerProcess known = processes.get(threads);
        if (known != null) {
            return known;
        }
        WorkerProcess process = contender.start(threads, plan.log());
        processes.put(threads, process);
        Map<String, Object> ready = process.ask(Request.prepare(ROW, threads));
        if (!(ready.get("facts") instanceof Map<?, ?> facts)) {
            throw new IOException("The machine's peak cannot be measured: " + ready);
        }
        facts.forEach((name, value) -> work.put(name.toString(), ((Number) value).doubleValue()));
        for (String task : ROW.tasks()) {
            ask(process, "warm", task);
        }
        return process;
    }

    private static double ask(WorkerProcess process, String command, String task) throws IOException {
        Map<String, Object> times =
                process.ask(new Request(command, Map.of("task", task, "setting", "", "seconds", "0.15", "steps", "5")));
        if (times.get("min") instanceof Number seconds) {
            return seconds.doubleValue();
        }
        throw new IOException("The machine's peak cannot be measured: " + times);
    }

    /** Processor, memory, operating system. */
    static String describe() {
        List<String> parts = new ArrayList<>();
        proc("cpuinfo", "model name").map(name -> name + kind()).ifPresent(parts::add);
        parts.add(Runtime.getRuntime().availableProcessors() + " processors");
        proc("meminfo", "MemTotal").map(Machine::gigabytes).ifPresent(parts::add);
        parts.add(System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch"));
        return String.join(", ", parts);
    }

    private static String gigabytes(String kilobytes) {
        return Math.round(Long.parseLong(kilobytes.replaceAll("\\D", "")) / 1048576.0) + " GB";
    }

    /** Virtual machines often hide the rest of the name: the processor's generation, and the widest vectors that it has. */
    private static String kind() {
        List<String> words = new ArrayList<>();
        proc("cpuinfo", "cpu family").ifPresent(family -> words.add("family " + family));
        proc("cpuinfo", "model\t").ifPresent(model -> words.add("model " + model));
        Optional<String> flags = proc("cpuinfo", "flags").map(all -> " " + all + " ");
        flags.map(all -> all.contains(" avx512f ") ? "AVX-512" : all.contains(" avx2 ") ? "AVX2" : null)
                .ifPresent(words::add);
        return words.isEmpty() ? "" : " (" + String.join(", ", words) + ")";
    }

    private static Optional<String> proc(String file, String name) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        for (WorkerProcess process : processes.values()) {
            process.close();
        }
    }
}
