package dev.netwright.benchmarks.subject;

import java.io.IOException;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles networks of a single layer, whose shapes are only known when the benchmark runs, and loads them. */
public final class LayerCompiler {
    private static final List<String> VECTORS = List.of("--add-modules", "jdk.incubator.vector");

    private LayerCompiler() {}

    /**
     * Compiles layers into folders.
     *
     * @param arguments pairs of a folder and a layer
     * @throws IOException if a folder cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        for (int i = 0; i < arguments.length; i += 2) {
            compile(LayerSource.of(arguments[i + 1]), Path.of(arguments[i]));
        }
    }

    /** Compiles with clocks in the generated programs, and writes down their steps. */
    static void compile(LayerSource.Declaration declaration, Path folder) throws IOException {
        List<Profiled.Step> steps = new ArrayList<>();
        compile(declaration, folder, LayerCompiler.class.getClassLoader(), program -> Profiled.source(program, steps));
        new LayerSteps(steps).write(folder);
    }

    /** Compiles with the processors of a class loader, and clocks put into the generated programs. */
    static void compile(
            LayerSource.Declaration declaration, Path folder, ClassLoader processors, UnaryOperator<String> clocks)
            throws IOException {
        Path sources = sources(declaration, folder);
        javac(folder, List.of("-proc:only", "-s", sources.toString()), processors(processors), sources);
        for (Path source : javaFiles(sources)) {
            String name = source.getFileName().toString();
            if (name.endsWith("Training.java") || name.endsWith("Inference.java")) {
                Files.writeString(source, clocks.apply(Files.readString(source)));
            }
        }
        javac(folder, List.of("-proc:none"), List.of(), sources);
    }

    private static Path sources(LayerSource.Declaration declaration, Path folder) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(OneLayer.Factory.class.getName()), LayerSource.PACKAGE + ".LayerFactory\n");
        Path sources = folder.resolve("sources");
        Path packageFolder = Files.createDirectories(sources.resolve(LayerSource.PACKAGE.replace('.', '/')));
        try (Stream<Path> old = Files.list(packageFolder)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        for (Map.Entry<String, String> source : LayerSource.classes(declaration).entrySet()) {
            Files.writeString(packageFolder.resolve(source.getKey() + ".java"), source.getValue());
        }
        return sources;
    }

    private static void javac(Path folder, List<String> more, List<Processor> processors, Path sources)
            throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options = new ArrayList<>(VECTORS);
        options.addAll(List.of("-classpath", System.getProperty("java.class.path"), "-d", folder.toString()));
        options.addAll(more);
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            Iterable<? extends JavaFileObject> units = files.getJavaFileObjectsFromPaths(javaFiles(sources));
            JavaCompiler.CompilationTask task = compiler.getTask(messages, files, null, options, null, units);
            task.setProcessors(processors);
            if (!task.call()) {
                throw new IOException("The layer in " + sources + " does not compile:\n" + messages);
            }
        }
    }

    private static List<Path> javaFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Processor> processors(ClassLoader loader) {
        return ServiceLoader.load(Processor.class, loader).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    static OneLayer.Factory load(Path folder) throws MalformedURLException {
        URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, LayerCompiler.class.getClassLoader());
        return ServiceLoader.load(OneLayer.Factory.class, loader)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no layer in " + folder + "."));
    }
}
