package dev.netwright.cli;

import dev.netwright.annotations.Network;
import dev.netwright.processor.NetwrightProcessor;
import dev.netwright.runtime.Model;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compiles networks in memory and tells what the compiler says of them. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description =
                "Compiles declared networks and shows what the compiler made of them: shapes, parameters, kernels,"
                        + " memory. Nothing is written but reports that --out asks for.")
final class Report implements Callable<Integer> {
    private static final String VECTOR = "jdk.incubator.vector";
    private static final String TEXT = ".txt";

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE.java",
            description = "Classes annotated with @Network, and what they use")
    private List<Path> sources;

    @Option(
            names = {"-cp", "--class-path"},
            paramLabel = "PATH",
            description = "What the classes need beside Netwright's annotations and runtime, such as the zoo")
    private String classPath = "";

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Writes the reports there, by package, instead of printing their texts")
    private Path out;

    @Option(
            names = "-A",
            paramLabel = "NAME=VALUE",
            description = "An option of the compiler of networks, such as -Anetwright.generate=inference")
    private List<String> options = List.of();

    @Override
    public Integer call() throws IOException {
        for (Path source : sources) {
            if (!Files.isRegularFile(source)) {
                throw new NoSuchFileException(source.toString());
            }
        }
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        if (javac == null) {
            throw new IllegalArgumentException("this Java has no compiler: run netwright with a JDK's java");
        }
        DiagnosticCollector<JavaFileObject> told = new DiagnosticCollector<>();
        try (StandardJavaFileManager standard = javac.getStandardFileManager(told, Locale.ROOT, null);
                MemoryFiles files = new MemoryFiles(standard)) {
            JavaCompiler.CompilationTask task =
                    javac.getTask(null, files, told, arguments(), null, standard.getJavaFileObjectsFromPaths(sources));
            task.setProcessors(List.of(new NetwrightProcessor()));
            boolean compiled = task.call();
            tell(told);
            if (!compiled) {
                return spec.exitCodeOnExecutionException();
            }
            return reports(files.reports());
        }
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("-proc:only", "-cp"));
        arguments.add(classPath.isEmpty() ? ownPath() : classPath + File.pathSeparator + ownPath());
        if (ModuleFinder.ofSystem().find(VECTOR).isPresent()) {
            arguments.addAll(List.of("--add-modules", VECTOR));
        }
        options.forEach(option -> arguments.add("-A" + option));
        return arguments;
    }

    /** Where annotations and runtime are. */
    private static String ownPath() {
        return place(Network.class) + File.pathSeparator + place(Model.class);
    }

    private static Path place(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("A class's place is an address.", impossible);
        }
    }

    /** Errors, and what we say ourselves; javac's own remarks are about its options. */
    private void tell(DiagnosticCollector<JavaFileObject> told) {
        PrintWriter err = spec.commandLine().getErr();
        for (Diagnostic<? extends JavaFileObject> each : told.getDiagnostics()) {
            boolean ours = each.getMessage(Locale.ROOT).startsWith("[netwright/");
            if (ours || each.getKind() == Diagnostic.Kind.ERROR) {
                err.println(each);
            }
        }
        err.flush();
    }

    private int reports(Map<String, byte[]> reports) throws IOException {
        if (reports.isEmpty()) {
            throw new IllegalArgumentException(
                    "no report: none of these classes is a @Network with an input, or the report is switched off");
        }
        PrintWriter print = spec.commandLine().getOut();
        for (Map.Entry<String, byte[]> report : reports.entrySet()) {
            if (out != null) {
                Path file = out.resolve(report.getKey());
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.write(file, report.getValue());
                print.println(file);
            } else if (report.getKey().endsWith(TEXT)) {
                print.println(MemoryFiles.text(report.getValue()).stripTrailing());
            }
        }
        print.flush();
        return 0;
    }
}
