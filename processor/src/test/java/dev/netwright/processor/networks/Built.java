package dev.netwright.processor.networks;

import static java.util.stream.Collectors.joining;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import dev.netwright.processor.RecordingProcessor;
import dev.netwright.processor.generated.ClassBytes;
import dev.netwright.processor.generated.GeneratedNetwork;
import dev.netwright.processor.graph.Graph;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.generated.KernelChoice;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;

/** What one run of javac with the processor made of networks; without an error, or there is none of this. */
final class Built {
    /** Scalar kernels, as a number of bits. */
    static final int SCALAR = 0;

    private static final List<String> VECTOR = List.of("--add-modules", "jdk.incubator.vector");

    private final List<NetworkText> networks;
    private final Map<String, Graph> graphs;
    private final Compilation compilation;
    private final Map<String, byte[]> classes;

    private Built(List<NetworkText> networks, Map<String, Graph> graphs, Compilation compilation) {
        if (compilation.status() != Compilation.Status.SUCCESS) {
            throw new IllegalArgumentException(
                    compilation.errors().stream().map(String::valueOf).collect(joining("\n")));
        }
        this.networks = networks;
        this.graphs = graphs;
        this.compilation = compilation;
        this.classes = new TreeMap<>();
        files(Kind.CLASS).forEach((name, file) -> classes.put(name, bytes(file)));
    }

    static Built of(NetworkText... networks) {
        return with(List.of(), networks);
    }

    /** With further options of javac. */
    static Built with(List<String> options, NetworkText... networks) {
        Map<String, Graph> graphs = new HashMap<>();
        Compilation compilation = Compiler.javac()
                .withOptions(Stream.concat(VECTOR.stream(), options.stream()).toList())
                .withProcessors(RecordingProcessor.of(graphs::put))
                .compile(sources(networks));
        return new Built(List.of(networks), graphs, compilation);
    }

    /** Compiles the networks, and the generated sources after a change of one of them, without a processor. */
    Built withChanged(String className, UnaryOperator<String> change) {
        List<JavaFileObject> files = new ArrayList<>(sources(networks.toArray(new NetworkText[0])));
        sources().forEach((name, text) -> {
            String changed = name.equals(className) ? change.apply(text) : text;
            if (name.equals(className) && changed.equals(text)) {
                throw new IllegalArgumentException("nothing was changed in\n" + text);
            }
            files.add(JavaFileObjects.forSourceString(name, changed));
        });
        Compilation compilation = Compiler.javac()
                .withOptions(
                        Stream.concat(VECTOR.stream(), Stream.of("-proc:none")).toList())
                .compile(files);
        return new Built(networks, graphs, compilation);
    }

    private static List<JavaFileObject> sources(NetworkText... networks) {
        return Stream.of(networks)
                .map(network -> JavaFileObjects.forSourceString(network.name(), network.text()))
                .toList();
    }

    Compilation compilation() {
        return compilation;
    }

    /** The graph of a network's layers. */
    Graph graph(NetworkText network) {
        return graphs.get(network.model());
    }

    /** Class files by name. */
    Map<String, byte[]> classes() {
        return classes;
    }

    /** Generated sources by class name. */
    Map<String, String> sources() {
        Map<String, String> texts = new TreeMap<>();
        files(Kind.SOURCE).forEach((name, file) -> texts.put(name, text(file)));
        return texts;
    }

    private Map<String, JavaFileObject> files(Kind kind) {
        Map<String, JavaFileObject> files = new TreeMap<>();
        for (JavaFileObject file : compilation.generatedFiles()) {
            if (file.getKind() == kind) {
                // the file manager puts the location before the path
                String path = file.getName().replaceFirst("^/(CLASS|SOURCE)_OUTPUT/", "");
                files.put(
                        path.substring(0, path.length() - kind.extension.length())
                                .replace('/', '.'),
                        file);
            }
        }
        return files;
    }

    private static byte[] bytes(JavaFileObject file) {
        try (InputStream in = file.openInputStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(JavaFileObject file) {
        try {
            return file.getCharContent(false).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A network whose classes choose their kernels as on this machine. */
    GeneratedNetwork network(NetworkText network) {
        return load(network, false);
    }

    /**
     * A network with kernels of one kind; all kinds can be used side by side.
     *
     * @param bits 512, 256, 128 or {@link #SCALAR}
     */
    GeneratedNetwork network(NetworkText network, int bits) {
        String before = System.getProperty(KernelChoice.PROPERTY);
        System.setProperty(KernelChoice.PROPERTY, String.valueOf(bits));
        try {
            return load(network, bits != SCALAR);
        } finally {
            if (before == null) {
                System.clearProperty(KernelChoice.PROPERTY);
            } else {
                System.setProperty(KernelChoice.PROPERTY, before);
            }
        }
    }

    /** A network's model, to be called without reflection; its {@link Use} was compiled with it. */
    Use use(NetworkText network, int bits, Options options) {
        try {
            ClassLoader loader = network(network, bits).type().getClassLoader();
            return (Use) Class.forName(network.model() + "Use", true, loader)
                    .getConstructor(Options.class)
                    .newInstance(options);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Classes read the property when they are initialised. */
    private GeneratedNetwork load(NetworkText network, boolean vector) {
        ClassLoader loader = new ClassBytes(classes);
        try {
            Class<?> model = Class.forName(network.model(), true, loader);
            if (vector) {
                Class.forName(network.name() + "VectorKernels", true, loader);
            }
            return new GeneratedNetwork(graph(network), model);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
