package dev.netwright.processor.generated;

import dev.netwright.processor.RecordingProcessor;
import dev.netwright.processor.graph.Network;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.generated.KernelChoice;
import dev.netwright.testing.ClassPlace;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** What one run of javac with the processor made of networks; without an error, or there is none of this. */
public final class CompiledNetworks {
    /** Scalar kernels, as a number of bits. */
    public static final int SCALAR = 0;

    /** Vectors of 128 bits and 32 registers, which only processors of ARM have, with their tiles: as a number of bits. */
    public static final int NEON = -128;

    /** As {@link #NEON}, with vectors of 256 bits. */
    public static final int SVE = -256;

    /** As on this machine, among the loaders of all kinds. */
    private static final int CHOSEN = 1;

    private static final String PROCESSOR = "os.arch";

    /** As many networks as are worth a run of javac of their own. */
    private static final int PART = 32;

    /** Drawn networks have no regard to lints. */
    private static final List<String> DRAWN = List.of("-Xlint:all", "-Xmaxwarns", "10000", "-Anetwright.lints=off");

    private final Map<String, Network> declared;
    private final Map<String, byte[]> classes;
    private final Map<String, String> sources;
    private final Map<String, String> resources;
    private final List<Diagnostic<? extends JavaFileObject>> diagnostics;
    private final Map<Integer, ClassLoader> loaders = new HashMap<>();

    private CompiledNetworks(
            Map<String, Network> declared, MemoryFiles files, List<Diagnostic<? extends JavaFileObject>> diagnostics) {
        this.declared = declared;
        this.classes = files.classes();
        this.sources = files.sources();
        this.resources = files.resources();
        this.diagnostics = diagnostics;
    }

    private CompiledNetworks(List<CompiledNetworks> parts) {
        this.declared = merged(parts, part -> part.declared);
        this.classes = merged(parts, CompiledNetworks::classes);
        this.sources = merged(parts, CompiledNetworks::sources);
        this.resources = merged(parts, CompiledNetworks::resources);
        this.diagnostics =
                parts.stream().flatMap(part -> part.diagnostics.stream()).toList();
    }

    private static <T> Map<String, T> merged(
            List<CompiledNetworks> parts, Function<CompiledNetworks, Map<String, T>> files) {
        Map<String, T> all = new LinkedHashMap<>();
        parts.forEach(part -> all.putAll(files.apply(part)));
        return all;
    }

    /** Compiles; an error of any network is an {@link IllegalArgumentException} with all messages. */
    public static CompiledNetworks of(NetworkText... networks) {
        return with(List.of(), networks);
    }

    /** As {@link #of(NetworkText...)}, with further options of javac. */
    public static CompiledNetworks with(List<String> options, NetworkText... networks) {
        Map<String, Network> declared = new HashMap<>();
        return of(List.of(networks), RecordingProcessor.of(declared::put), declared, options);
    }

    /**
     * As {@link #of(NetworkText...)}, of networks that were put together without regard to lints: many of them in several
     * runs of javac side by side.
     */
    public static CompiledNetworks of(Collection<NetworkSource> networks) {
        List<NetworkText> texts =
                networks.stream().map(NetworkSource::inPackage).toList();
        int parts = Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), texts.size() / PART));
        List<CompletableFuture<CompiledNetworks>> runs = IntStream.range(0, parts)
                .mapToObj(part -> texts.subList(texts.size() * part / parts, texts.size() * (part + 1) / parts))
                .map(part -> CompletableFuture.supplyAsync(() -> with(DRAWN, part.toArray(NetworkText[]::new))))
                .toList();
        try {
            return new CompiledNetworks(
                    runs.stream().map(CompletableFuture::join).toList());
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /**
     * Compiles drawn networks with a processor that records networks elsewhere.
     *
     * @param texts by the class's simple name
     * @param declared networks, by the model's qualified name, filled by the processor
     * @param options of javac besides the usual ones
     * @throws IllegalArgumentException with all messages, each behind its file's name
     */
    public static CompiledNetworks of(
            Map<String, String> texts, Processor processor, Map<String, Network> declared, List<String> options) {
        List<NetworkText> networks = texts.entrySet().stream()
                .map(text -> new NetworkText(qualified(text.getKey()), text.getValue()))
                .toList();
        return of(
                networks,
                processor,
                declared,
                Stream.of(DRAWN, options).flatMap(List::stream).toList());
    }

    private static CompiledNetworks of(
            List<NetworkText> networks, Processor processor, Map<String, Network> declared, List<String> options) {
        Map<String, String> sources = new TreeMap<>();
        networks.forEach(network -> sources.putAll(network.sources()));
        List<JavaFileObject> files = sources.entrySet().stream()
                .map(source -> MemoryFiles.source(source.getKey(), source.getValue()))
                .toList();
        return compile(files, List.of(processor), declared, options);
    }

    /** The same networks, their generated code changed: what tests would say to a mistake in it. */
    public CompiledNetworks changed(UnaryOperator<String> change) {
        return recompiled((name, text) -> change.apply(text));
    }

    /** The same networks after a change of one generated class, which has to change. */
    public CompiledNetworks changed(String className, UnaryOperator<String> change) {
        return recompiled((name, text) -> {
            String changed = name.equals(className) ? change.apply(text) : text;
            if (name.equals(className) && changed.equals(text)) {
                throw new IllegalArgumentException("nothing was changed in\n" + text);
            }
            return changed;
        });
    }

    private CompiledNetworks recompiled(BinaryOperator<String> change) {
        List<JavaFileObject> files = sources.entrySet().stream()
                .map(source -> MemoryFiles.source(source.getKey(), change.apply(source.getKey(), source.getValue())))
                .toList();
        return compile(files, List.of(), declared, List.of("-proc:none"));
    }

    private static CompiledNetworks compile(
            List<JavaFileObject> files,
            List<Processor> processors,
            Map<String, Network> declared,
            List<String> further) {
        List<String> options =
                Stream.of(options(), further).flatMap(List::stream).toList();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (MemoryFiles memory = new MemoryFiles(compiler.getStandardFileManager(diagnostics, Locale.ROOT, null))) {
            JavaCompiler.CompilationTask task = compiler.getTask(null, memory, diagnostics, options, null, files);
            task.setProcessors(processors);
            if (!task.call()) {
                throw new IllegalArgumentException(diagnostics.getDiagnostics().stream()
                        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                        .map(CompiledNetworks::message)
                        .limit(20)
                        .collect(Collectors.joining("\n")));
            }
            return new CompiledNetworks(declared, memory, diagnostics.getDiagnostics());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> options() {
        String path = Stream.of(dev.netwright.annotations.Network.class, Model.class, CompiledNetworks.class)
                .map(ClassPlace::of)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        return List.of("--add-modules", "jdk.incubator.vector", "-classpath", path);
    }

    private static String message(Diagnostic<? extends JavaFileObject> diagnostic) {
        String place = diagnostic.getSource() == null
                ? ""
                : diagnostic.getSource().getName() + ":" + diagnostic.getLineNumber() + ": ";
        return place + diagnostic.getMessage(Locale.ROOT);
    }

    /** What javac and the processor said. */
    public List<Diagnostic<? extends JavaFileObject>> diagnostics() {
        return diagnostics;
    }

    /** What javac and the processor warned of, behind its place. */
    public List<String> warnings() {
        return messages(Diagnostic.Kind.WARNING, Diagnostic.Kind.MANDATORY_WARNING);
    }

    /** What the processor told by the way. */
    public List<String> notes() {
        return messages(Diagnostic.Kind.NOTE);
    }

    private List<String> messages(Diagnostic.Kind... kinds) {
        return diagnostics.stream()
                .filter(diagnostic -> List.of(kinds).contains(diagnostic.getKind()))
                .map(CompiledNetworks::message)
                .toList();
    }

    /** Class files by class name. */
    public Map<String, byte[]> classes() {
        return classes;
    }

    /** What the processor wrote, by class name. */
    public Map<String, String> sources() {
        return sources;
    }

    /** The processor's other files, by package and file name. */
    public Map<String, String> resources() {
        return resources;
    }

    /** A network as the processor had it. */
    public Network declared(NetworkText network) {
        return declared.get(network.model());
    }

    /** A network that chooses its kernels as on this machine. */
    public GeneratedNetwork network(NetworkText network) {
        return load(network.name(), loader(CHOSEN), false);
    }

    /**
     * A network with kernels of one kind; all kinds can be used side by side. Its classes are loaded once for each kind:
     * code that is loaded anew is compiled anew by HotSpot, which took most of the time of tests that make a model often.
     *
     * @param bits 512, 256, 128, {@link #NEON}, {@link #SVE} or {@link #SCALAR}
     */
    public GeneratedNetwork network(NetworkText network, int bits) {
        return pinned(network.name(), loader(bits), bits);
    }

    private ClassLoader loader(int bits) {
        return loaders.computeIfAbsent(bits, any -> new ClassBytes(classes));
    }

    /**
     * As {@link #network(NetworkText, int)}.
     *
     * @param name the annotated class's simple name
     * @param bits 512, 256, 128, {@link #NEON}, {@link #SVE} or {@link #SCALAR}
     */
    public GeneratedNetwork network(String name, int bits) {
        return pinned(qualified(name), loader(bits), bits);
    }

    /** A network's model, to be called without reflection; its {@link Use} was compiled with it. */
    public Use use(NetworkText network, int bits, Options options) {
        try {
            ClassLoader loader = network(network, bits).type().getClassLoader();
            return (Use) Class.forName(network.model() + "Use", true, loader)
                    .getConstructor(Options.class)
                    .newInstance(options);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Classes read the properties when they are initialised. */
    private GeneratedNetwork pinned(String qualified, ClassLoader loader, int bits) {
        String width = System.getProperty(KernelChoice.PROPERTY);
        String processor = System.getProperty(PROCESSOR);
        System.setProperty(KernelChoice.PROPERTY, String.valueOf(Math.abs(bits)));
        System.setProperty(PROCESSOR, bits < 0 ? "aarch64" : processor);
        try {
            return load(qualified, loader, bits != SCALAR);
        } finally {
            System.setProperty(PROCESSOR, processor);
            if (width == null) {
                System.clearProperty(KernelChoice.PROPERTY);
            } else {
                System.setProperty(KernelChoice.PROPERTY, width);
            }
        }
    }

    private GeneratedNetwork load(String qualified, ClassLoader loader, boolean vector) {
        try {
            Class<?> model = Class.forName(qualified + "Model", true, loader);
            if (vector && classes.containsKey(qualified + "VectorKernels")) {
                Class.forName(qualified + "VectorKernels", true, loader);
            }
            return new GeneratedNetwork(declared.get(qualified + "Model"), model);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String qualified(String name) {
        return NetworkSource.PACKAGE + "." + name;
    }
}
