package dev.netwright.processor.machines;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A JVM of its own for a class with a main method.
 *
 * @param name for messages
 * @param command that starts it, without a class
 * @param environment variables besides those of this JVM
 */
record Jvm(String name, List<String> command, Map<String, String> environment) {
    private static final String MODULES = "--add-modules=jdk.incubator.vector";

    Jvm {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** The JDK that runs this. */
    static Jvm here() {
        return of(Path.of(System.getProperty("java.home")), Runtime.version().feature());
    }

    /** Of another processor. */
    static Jvm emulated(List<String> emulator, Path java) {
        List<String> command = new ArrayList<>(emulator);
        command.add(java.toString());
        command.add(MODULES);
        return new Jvm("emulated JDK", command, Map.of());
    }

    private static Jvm of(Path home, int version) {
        String java = home.resolve("bin").resolve("java").toString();
        return new Jvm("JDK " + version, List.of(java, MODULES), Map.of());
    }

    /**
     * The newest JDK of a version: where a variable such as {@code JDK25_HOME} says, or beside the one that runs this.
     *
     * @return none if there is none
     */
    static List<Jvm> ofVersion(int version) {
        String said = System.getenv("JDK" + version + "_HOME");
        Path beside = Path.of(System.getProperty("java.home")).getParent();
        try (Stream<Path> homes = said == null ? Files.list(beside) : Stream.of(Path.of(said))) {
            return homes.filter(home -> isVersion(home, version))
                    .sorted()
                    .limit(1)
                    .map(home -> of(home, version))
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static boolean isVersion(Path home, int version) {
        Path release = home.resolve("release");
        try {
            return Files.exists(release)
                    && Files.exists(home.resolve("bin").resolve("javac"))
                    && Files.readString(release).matches("(?s).*JAVA_VERSION=\"" + version + "[.\"].*");
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** With options more. */
    Jvm with(String... options) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(options));
        String named = Stream.concat(Stream.of(name), Stream.of(options)).collect(Collectors.joining(" "));
        return new Jvm(named, all, environment);
    }

    /** Emulated as a model of processor that QEMU knows. */
    Jvm on(String processor) {
        Map<String, String> more = new TreeMap<>(environment);
        more.put("QEMU_CPU", processor);
        return new Jvm(name + " on " + processor, command, more);
    }

    /**
     * Runs a class to its end.
     *
     * @return what it printed, line by line
     * @throws IllegalStateException with all that it printed, if it failed
     */
    List<String> run(List<Path> classPath, Class<?> main, List<String> arguments)
            throws IOException, InterruptedException {
        String path = classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of("-cp", path, main.getName()));
        all.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        List<String> lines;
        try (Stream<String> printed = process.inputReader().lines()) {
            lines = printed.toList();
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException(
                    name + " ended with " + process.exitValue() + ":\n" + String.join("\n", lines));
        }
        return lines;
    }

    @Override
    public String toString() {
        return name;
    }
}
