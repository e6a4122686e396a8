package dev.netwright.processor.networks;

import com.sun.management.OperatingSystemMXBean;
import dev.netwright.processor.NetwrightProcessor;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.ToolProvider;

/** A run of javac with the processor in a JVM of its own, which starts as cold as a user's. */
final class ColdJavac {
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
        String own = System.getProperty("java.class.path");
        List<String> command = new ArrayList<>(List.of(java(), "-cp", own, ColdJavac.class.getName(), "--add-modules"));
        command.add("jdk.incubator.vector");
        command.addAll(List.of("-processor", NetwrightProcessor.class.getName(), "-processorpath", own));
        StringBuilder path = new StringBuilder(own);
        classes.forEach(each -> path.append(File.pathSeparator).append(each));
        command.addAll(List.of("-classpath", path.toString(), "-d", folder.toString(), "-s", folder.toString()));
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

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
