package dev.netwright.processor.networks;

import com.palantir.javapoet.JavaFile;
import com.sun.management.OperatingSystemMXBean;
import dev.netwright.annotations.Network;
import dev.netwright.processor.NetwrightProcessor;
import dev.netwright.runtime.Tensor;
import dev.netwright.testing.ClassPlace;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A run of javac with the processor in a JVM of its own, which starts as cold as a user's. */
final class ColdJavac {
    /**
     * Seconds of CPU of a cold javac without the processor on the machine that budgets are of (Zen 4, JDK 17). Most of
     * either is the JVM compiling javac, so that both grow alike on a slower machine, or beside neighbours: 0.6 to 1.3
     * were seen.
     */
    static final double ALONE = 0.6;

    private ColdJavac() {}

    /** In the other JVM: javac with these arguments, then the seconds of CPU since it was started. */
    public static void main(String[] arguments) {
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments);
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        System.out.printf(Locale.ROOT, "%.3f", system.getProcessCpuTime() / 1e9);
        System.exit(result);
    }

    /**
     * Compiles to a folder; sources that are generated go there, too.
     *
     * @param classes compiled before that the sources need, besides this JVM's
     * @return the seconds of CPU from the JVM's start on, of all threads and in the kernel
     */
    static double seconds(Path folder, List<Path> classes, List<Path> sources, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java(), "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(ColdJavac.class.getName(), "--add-modules", "jdk.incubator.vector"));
        command.addAll(List.of("-processor", NetwrightProcessor.class.getName()));
        command.addAll(List.of(
                "-processorpath", path(ClassPlace.of(NetwrightProcessor.class), ClassPlace.of(JavaFile.class))));
        // what a user's javac has: it opens all that it is given
        List<Path> needed = new ArrayList<>(List.of(ClassPlace.of(Network.class), ClassPlace.of(Tensor.class)));
        needed.addAll(classes);
        command.addAll(List.of("-classpath", path(needed.toArray(Path[]::new))));
        command.addAll(List.of("-d", folder.toString(), "-s", folder.toString()));
        command.addAll(List.of(options));
        sources.forEach(source -> command.add(source.toString()));
        Path messages = folder.resolve("messages.txt");
        Process javac =
                new ProcessBuilder(command).redirectError(messages.toFile()).start();
        String seconds = new String(javac.getInputStream().readAllBytes());
        if (javac.waitFor() != 0) {
            throw new IllegalStateException("javac failed, see " + messages);
        }
        return Double.parseDouble(seconds);
    }

    /** Of several runs, which is nearest to a quiet machine's. */
    static double least(int runs, Path folder, List<Path> classes, Path source, String... options)
            throws IOException, InterruptedException {
        double least = Double.MAX_VALUE;
        for (int run = 0; run < runs; run++) {
            least = Math.min(least, seconds(folder, classes, List.of(source), options));
        }
        return least;
    }

    private static String path(Path... entries) {
        return Stream.of(entries).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
