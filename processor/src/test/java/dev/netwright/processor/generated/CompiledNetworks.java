package dev.netwright.processor.generated;

import dev.netwright.annotations.Network;
import dev.netwright.processor.RecordingProcessor;
import dev.netwright.processor.graph.Graph;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.generated.KernelChoice;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** Networks that one run of javac compiled. */
public final class CompiledNetworks {
    /** Scalar kernels, as a number of bits. */
    public static final int SCALAR = 0;

    private final Map<String, Graph> graphs;
    private final Map<String, byte[]> classes;
    private final Map<String, String> generatedSources;
    private final List<String> warnings;
    private final Map<Integer, ClassLoader> loaders = new HashMap<>();

    private CompiledNetworks(
            Map<String, Graph> graphs,
            Map<String, byte[]> classes,
            Map<String, String> generatedSources,
            List<String> warnings) {
        this.graphs = graphs;
        this.classes = classes;
        this.generatedSources = generatedSources;
        this.warnings = warnings;
    }

    /** Compiles; an error of any network is an {@link IllegalArgumentException} with all messages. */
    public static CompiledNetworks of(Collection<NetworkSource> networks) {
        List<JavaFileObject> files = networks.stream()
                .map(network -> MemoryFiles.source(qualified(network.name()), network.text()))
                .toList();
        Map<String, Graph> graphs = new HashMap<>();
        return compile(files, List.of(RecordingProcessor.of(graphs::put)), graphs);
    }

    /** The same networks, their generated code changed: what tests would say to a mistake in it. */
    public CompiledNetworks changed(UnaryOperator<String> change) {
        List<JavaFileObject> files = generatedSources.entrySet().stream()
                .map(source -> MemoryFiles.source(source.getKey(), change.apply(source.getValue())))
                .toList();
        return compile(files, List.of(), graphs);
    }

    /**
     * Compiles sources with a processor that records graphs elsewhere.
     *
     * @param sources by the class's simple name
     * @param graphs of the layers, by the model's qualified name, filled by the processor
     * @param options of javac besides the usual ones
     * @throws IllegalArgumentException with all messages, each behind its file's name
     */
    public static CompiledNetworks of(
            Map<String, String> sources, Processor processor, Map<String, Graph> graphs, List<String> options) {
        List<JavaFileObject> files = sources.entrySet().stream()
                .map(source -> MemoryFiles.source(qualified(source.getKey()), source.getValue()))
                .toList();
        return compile(files, List.of(processor), graphs, options);
    }

    private static CompiledNetworks compile(
            List<JavaFileObject> files, List<Processor> processors, Map<String, Graph> graphs) {
        return compile(files, processors, graphs, List.of());
    }

    private static CompiledNetworks compile(
            List<JavaFileObject> files, List<Processor> processors, Map<String, Graph> graphs, List<String> further) {
        List<String> options =
                Stream.of(options(), further).flatMap(List::stream).toList();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (MemoryFiles memory = new MemoryFiles(compiler.getStandardFileManager(diagnostics, Locale.ROOT, null))) {
            JavaCompiler.CompilationTask task = compiler.getTask(null, memory, diagnostics, options, null, files);
            task.setProcessors(processors);
            if (!task.call()) {
                throw new IllegalArgumentException(
                        messages(diagnostics, Diagnostic.Kind.ERROR).limit(20).collect(Collectors.joining("\n")));
            }
            List<String> warnings = Stream.of(Diagnostic.Kind.WARNING, Diagnostic.Kind.MANDATORY_WARNING)
                    .flatMap(kind -> messages(diagnostics, kind))
                    .toList();
            return new CompiledNetworks(graphs, memory.classes(), memory.sources(), warnings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> options() {
        String path = Stream.of(Network.class, Model.class)
                .map(CompiledNetworks::place)
                .collect(Collectors.joining(File.pathSeparator));
        // networks are drawn without regard to lints
        return List.of(
                "--add-modules",
                "jdk.incubator.vector",
                "-Xlint:all",
                "-Xmaxwarns",
                "10000",
                "-Anetwright.lints=off",
                "-classpath",
                path);
    }

    private static String place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<String> messages(DiagnosticCollector<JavaFileObject> diagnostics, Diagnostic.Kind kind) {
        return diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == kind)
                .map(diagnostic -> (diagnostic.getSource() == null
                                ? ""
                                : diagnostic.getSource().getName() + ":" + diagnostic.getLineNumber() + ": ")
                        + diagnostic.getMessage(Locale.ROOT));
    }

    /** What javac warned of, under {@code -Xlint:all}. */
    public List<String> warnings() {
        return warnings;
    }

    /** Class files by class name. */
    public Map<String, byte[]> classes() {
        return classes;
    }

    /** What the processor wrote, by class name. */
    public Map<String, String> generatedSources() {
        return generatedSources;
    }

    /**
     * A network with kernels of one kind; all kinds can be used side by side.
     *
     * @param name the annotated class's
     * @param bits 512, 256, 128 or {@link #SCALAR}
     */
    public GeneratedNetwork network(String name, int bits) {
        ClassLoader loader = loaders.computeIfAbsent(bits, any -> new ClassBytes(classes));
        String qualified = qualified(name);
        String before = System.getProperty(KernelChoice.PROPERTY);
        System.setProperty(KernelChoice.PROPERTY, String.valueOf(bits));
        try {
            // classes read the property when they are initialised
            Class<?> model = Class.forName(qualified + "Model", true, loader);
            if (bits != SCALAR && classes.containsKey(qualified + "VectorKernels")) {
                Class.forName(qualified + "VectorKernels", true, loader);
            }
            return new GeneratedNetwork(graphs.get(qualified + "Model"), model);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(e);
        } finally {
            if (before == null) {
                System.clearProperty(KernelChoice.PROPERTY);
            } else {
                System.setProperty(KernelChoice.PROPERTY, before);
            }
        }
    }

    private static String qualified(String name) {
        return NetworkSource.PACKAGE + "." + name;
    }
}
