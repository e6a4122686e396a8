package dev.netwright.benchmarks.harness;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How all contestants are started, from the folders that Maven filled. */
final class Contenders {
    private static final String MAIN = "dev.netwright.benchmarks.";
    private static final Set<Kind> ALL = EnumSet.complementOf(EnumSet.of(Kind.MACHINE));

    private final Path home;
    private final List<String> heap;

    /**
     * Looks in a folder.
     *
     * @param home the folder of the benchmarks
     * @param heap the largest heap of each JVM, such as 6g
     */
    Contenders(Path home, String heap) {
        this.home = home;
        this.heap = List.of("-Xmx" + heap);
    }

    Contender netwright(Path jdk, int feature) throws IOException {
        List<String> flags = new ArrayList<>(heap);
        flags.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        return new Contender(
                "Netwright, JDK " + feature,
                true,
                ALL,
                java(jdk, flags, "netwright", "subject.NetwrightContestant"),
                Map.of(),
                false);
    }

    Contender libtorch(Path jdk) throws IOException {
        return new Contender(
                "libtorch", false, ALL, java(jdk, heap, "libtorch", "libtorch.LibtorchContestant"), Map.of(), true);
    }

    Contender onnxRuntime(Path jdk) throws IOException {
        return new Contender(
                "ONNX Runtime",
                false,
                EnumSet.of(Kind.PREDICT, Kind.SEQUENCE),
                java(jdk, heap, "onnxruntime", "onnxruntime.OnnxRuntimeContestant"),
                Map.of(),
                true);
    }

    Contender dl4j(Path jdk) throws IOException {
        return new Contender(
                "DL4J", false, EnumSet.of(Kind.TRAIN), java(jdk, heap, "dl4j", "dl4j.Dl4jContestant"), Map.of(), true);
    }

    Contender python(Path interpreter) {
        List<String> command = List.of(
                interpreter.toString(),
                home.resolve("python").resolve("contestant.py").toString());
        return new Contender("PyTorch", false, ALL, command, Map.of("PYTHONUNBUFFERED", "1"), true);
    }

    /** The command line of a short program in Python. */
    List<String> startup(Path interpreter, int threads) {
        return List.of(
                interpreter.toString(),
                home.resolve("python").resolve("startup.py").toString(),
                Integer.toString(threads));
    }

    /** Compiles the networks of the rows' single layers, whose shapes are constants of the generated code. */
    void compileLayers(List<Row> rows, Plan plan) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(java(
                Path.of(System.getProperty("java.home")),
                List.of("--add-modules", "jdk.incubator.vector"),
                "netwright",
                "subject.LayerCompiler"));
        int fixed = command.size();
        for (Row row : rows) {
            if (row.isLayer()) {
                command.add(plan.layers().resolve(row.id()).toString());
                command.add(row.layerText());
            }
        }
        if (command.size() > fixed
                && new ProcessBuilder(command)
                                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                                        plan.log().toFile()))
                                .redirectError(ProcessBuilder.Redirect.appendTo(
                                        plan.log().toFile()))
                                .start()
                                .waitFor()
                        != 0) {
            throw new IOException("The single layers could not be compiled: see " + plan.log());
        }
    }

    /** Whether Maven has built a module. */
    boolean built(String module) {
        return Files.exists(home.resolve(module).resolve("target/classpath"));
    }

    /** Where the compiler's reports of our networks lie. */
    Path reports() {
        return home.resolve("netwright/target/generated-sources/annotations/dev/netwright/benchmarks/subject");
    }

    /** The command line of a class of a module. */
    List<String> java(Path jdk, List<String> flags, String module, String main) throws IOException {
        Path target = home.resolve(module).resolve("target");
        String classPath = target.resolve("classes")
                + File.pathSeparator
                + Files.readString(target.resolve("classpath")).trim();
        List<String> command = new ArrayList<>();
        command.add(jdk.resolve("bin").resolve("java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, MAIN + main));
        return command;
    }
}
