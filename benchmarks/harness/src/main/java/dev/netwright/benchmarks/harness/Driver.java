package dev.netwright.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the rows and writes the tables. */
@Command(
        name = "benchmarks/run",
        showDefaultValues = true,
        description = "Measures Netwright and its peers side by side and writes results.md and results.json.")
public final class Driver implements Callable<Integer> {
    @Option(names = "--help", usageHelp = true, description = "shows this text")
    private boolean help;

    @Option(names = "--list", description = "prints the rows and ends")
    private boolean list;

    @Option(names = "--rows", split = ",", description = "rows by name; * stands for any text; default: all")
    private List<String> rows = List.of("*");

    @Option(names = "--quick", description = "one fork, three bursts, short warm-up: for a look, not for a table")
    private boolean quick;

    @Option(names = "--forks", description = "processes of each contestant, one after the other")
    private int forks = 3;

    @Option(names = "--rounds", description = "bursts of each contestant in a fork")
    private int rounds = 5;

    @Option(names = "--jdk", split = ",", description = "versions of the JDK that Netwright runs on")
    private List<Integer> jdks = List.of(17, 25);

    @Option(names = "--threads", split = ",", description = "numbers of threads")
    private List<Integer> threads = List.of(1, 2);

    @Option(names = "--peers", split = ",", description = "of libtorch, python, onnxruntime, dl4j; none for none")
    private List<String> peers = List.of("libtorch", "python", "onnxruntime", "dl4j");

    @Option(names = "--heap", description = "largest heap of each JVM")
    private String heap = "6g";

    @Option(
            names = "--models",
            description = "folder of the ONNX files; default: NETWRIGHT_PEERS, else shared/peers beside or above")
    private Path models;

    @Option(names = "--startup", description = "instead of rows: time from the start of a process to its first results")
    private boolean startup;

    @Option(names = "--memory", description = "instead of rows: heap that training takes")
    private boolean memory;

    @Option(names = "--load", description = "instead of rows: time and memory of loading VGG16's weights")
    private boolean load;

    @Option(names = "--loader", description = "instead of rows: samples/s of the loader, alone and in training")
    private boolean loader;

    @Option(names = "--sweep", description = "instead of rows: GF of thirty drawn layers")
    private boolean sweep;

    @Option(names = "--seed", description = "of the drawn layers")
    private long seed = 1;

    @Option(names = "--tiles", description = "instead of rows: the table of the tiles' shapes, measured on one thread")
    private boolean tiles;

    @Option(
            names = "--fit",
            description = "instead of rows: the constants of predicted latency, fitted to predictions of one sample")
    private boolean fit;

    @Option(names = "--jmh", description = "instead of rows: the single layers among the rows, under JMH")
    private boolean jmh;

    @Option(names = "--home", required = true, hidden = true)
    private Path home;

    @Option(names = "--out", description = "folder of the results")
    private Path out = Path.of("target/benchmarks");

    /**
     * Ends the JVM with 0 if every row was measured.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Driver()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Row> chosen = chosen();
        if (list) {
            chosen.forEach(row -> System.out.printf(Locale.ROOT, "%-28s %s\n", row.id(), row.title()));
            return 0;
        }
        Files.createDirectories(out);
        Results results = new Results();
        Path log = out.resolve("processes.log");
        Files.deleteIfExists(log);
        Path layers = out.resolve("layers");
        Plan plan = quick
                ? new Plan(3, 0.2, 1, models(results), layers, log)
                : new Plan(rounds, 0.3, 2, models(results), layers, log);
        System.out.println(Machine.describe());
        if (startup || memory || load || loader || sweep || tiles || fit || jmh) {
            extras(plan, chosen, results);
            return 0;
        }
        List<Contender> contenders = contenders(results);
        if (contenders.isEmpty() || !contenders.get(0).ours()) {
            System.out.println("There is no JDK to run Netwright on.");
            return 1;
        }
        new Contenders(home, heap).compileLayers(chosen, plan);
        long ours = contenders.stream().filter(Contender::ours).count();
        try (Machine machine = new Machine(contenders.get((int) ours - 1), plan)) {
            for (Row row : chosen) {
                System.out.println(row.id());
                for (int count : threads) {
                    for (int fork = 0; fork < (quick ? 1 : forks); fork++) {
                        new RowRun(results, plan, row, count).run(contenders, machine);
                    }
                }
                // After every row, so that a broken run leaves what it had.
                Reports.write(out, results, chosen, threads);
            }
        }
        System.out.println("Wrote " + out.resolve("results.md") + " and results.json.");
        return 0;
    }

    private void extras(Plan plan, List<Row> chosen, Results results) throws IOException, InterruptedException {
        Extras extras = new Extras(new Contenders(home, heap), jdks(results), threads, out.toAbsolutePath());
        if (startup) {
            extras.startup(quick ? 3 : 10, Pythons.withTorch(System.getenv()));
        }
        if (memory) {
            extras.memory();
        }
        if (load) {
            extras.load();
        }
        if (loader) {
            extras.loader();
        }
        if (sweep) {
            extras.sweep(seed);
        }
        if (tiles) {
            extras.tiles(quick);
        }
        if (fit) {
            extras.fit(chosen, plan);
        }
        if (jmh) {
            extras.jmh(chosen, plan, quick);
        }
    }

    private List<Row> chosen() {
        List<Pattern> patterns = rows.stream()
                .map(text -> Pattern.compile(Pattern.quote(text).replace("*", "\\E.*\\Q")))
                .toList();
        return Rows.list().stream()
                .filter(row -> patterns.stream()
                        .anyMatch(pattern -> pattern.matcher(row.id()).matches()))
                .toList();
    }

    private Path models(Results results) {
        String variable = System.getenv("NETWRIGHT_PEERS");
        Path chosen = models != null ? models : variable != null ? Path.of(variable) : null;
        for (Path above = home; chosen == null && above != null; above = above.getParent()) {
            Path folder = above.resolve("shared").resolve("peers");
            chosen = Files.isDirectory(folder) ? folder : null;
        }
        if (chosen != null && Files.isDirectory(chosen)) {
            return chosen;
        }
        results.note("no folder of ONNX files: ONNX Runtime does not take part. Set NETWRIGHT_PEERS.");
        return null;
    }

    private Map<Integer, Path> jdks(Results results) {
        Jdks installed = Jdks.find(System.getenv(), Path.of(System.getProperty("java.home")));
        Map<Integer, Path> found = new LinkedHashMap<>();
        for (int feature : jdks) {
            installed
                    .home(feature)
                    .ifPresentOrElse(
                            jdk -> found.put(feature, jdk),
                            () -> results.note("JDK " + feature + " not found: set JDK" + feature + "_HOME"));
        }
        return found;
    }

    private List<Contender> contenders(Results results) throws IOException, InterruptedException {
        Contenders all = new Contenders(home, heap);
        List<Contender> contenders = new ArrayList<>();
        for (Map.Entry<Integer, Path> jdk : jdks(results).entrySet()) {
            contenders.add(all.netwright(jdk.getValue(), jdk.getKey()));
        }
        Path running = Path.of(System.getProperty("java.home"));
        for (String peer : peers) {
            switch (peer) {
                case "libtorch" -> {
                    if (built(all, results, peer)) {
                        contenders.add(all.libtorch(running));
                    }
                }
                case "onnxruntime" -> {
                    if (built(all, results, peer)) {
                        contenders.add(all.onnxRuntime(running));
                    }
                }
                case "dl4j" -> {
                    if (built(all, results, peer)) {
                        contenders.add(all.dl4j(running));
                    }
                }
                case "python" -> {
                    Optional<Path> python = Pythons.withTorch(System.getenv());
                    python.ifPresentOrElse(
                            path -> contenders.add(all.python(path)),
                            () -> results.note("no python3 that imports torch: set NETWRIGHT_PYTHON"));
                }
                case "none" -> {}
                default -> throw new IllegalArgumentException("There is no peer " + peer + ".");
            }
        }
        return contenders;
    }

    private static boolean built(Contenders all, Results results, String module) {
        boolean built = all.built(module);
        if (!built) {
            results.note(module + " was not built");
        }
        return built;
    }
}
