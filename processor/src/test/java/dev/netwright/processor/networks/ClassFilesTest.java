package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.processor.NetwrightProcessor;
import dev.netwright.runtime.Model;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.eclipse.jdt.core.compiler.batch.BatchCompiler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that extend, and use, what is in class files: as from source, in javac and in Eclipse's compiler. */
class ClassFilesTest {
    private static final String PATH = System.getProperty("java.class.path");

    /** Fields in an order that is not the alphabet's. */
    private static final Map<String, String> LIBRARY = Map.of("lib/Base.java", """
            package lib;
            import dev.netwright.annotations.*;
            @Network @CrossEntropyLoss
            public class Base {
                @Conv2d(outChannels = 4, kernelSize = 3) Layer zeta;
                @ReLU Layer middle;
                @Pair(width = 6) @Repeat(2) Layer alpha;
                @Flatten Layer flatten;
                @Linear(outFeatures = 5) Layer closing;
            }
            """, "lib/Pair.java", """
            package lib;
            import dev.netwright.annotations.*;
            @Block
            public @interface Pair {
                int width(); int WIDTH = Block.P1;
                class Layers {
                    @Conv2d(outChannels = WIDTH, kernelSize = 3, padding = 1) Layer second;
                    @Tanh Layer first;
                }
            }
            """);

    private static final Map<String, String> CHILD = Map.of("app/Child.java", """
            package app;
            import dev.netwright.annotations.*;
            @Network(input = {3, 6, 6}) @Frozen("zeta*")
            class Child extends lib.Base {
                @Dropout @InsertAfter("flatten") Layer drop;
                @lib.Pair(width = 3) @InsertAfter("middle") Layer more;
            }
            """);

    @TempDir
    Path folder;

    @BeforeEach
    void compileTheLibrary() throws IOException {
        assertThat(javac("library", "", LIBRARY)).isEmpty();
    }

    private Path classes(String name) {
        return folder.resolve(name).resolve("classes");
    }

    private List<String> arguments(String name, String classPath, Map<String, String> sources) throws IOException {
        Path to = folder.resolve(name);
        Files.createDirectories(to.resolve("classes"));
        Files.createDirectories(to.resolve("generated"));
        List<String> arguments = new ArrayList<>(List.of("--add-modules", "jdk.incubator.vector"));
        arguments.addAll(List.of("-processor", NetwrightProcessor.class.getName(), "-processorpath", PATH));
        arguments.addAll(
                List.of("-classpath", classPath.isEmpty() ? PATH : classPath + java.io.File.pathSeparator + PATH));
        arguments.addAll(List.of(
                "-d",
                to.resolve("classes").toString(),
                "-s",
                to.resolve("generated").toString()));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = to.resolve("sources").resolve(source.getKey());
            Files.createDirectories(file.getParent());
            arguments.add(Files.writeString(file, source.getValue()).toString());
        }
        return arguments;
    }

    /** The errors. */
    private String javac(String name, String classPath, Map<String, String> sources) throws IOException {
        StringWriter out = new StringWriter();
        var task = ToolProvider.getSystemJavaCompiler();
        List<String> errors = new ArrayList<>();
        List<String> arguments = arguments(name, classPath, sources);
        List<Path> files = arguments.subList(arguments.size() - sources.size(), arguments.size()).stream()
                .map(Path::of)
                .toList();
        try (var manager = task.getStandardFileManager(null, null, null)) {
            task.getTask(
                            out,
                            manager,
                            diagnostic -> {
                                if (diagnostic.getKind() == javax.tools.Diagnostic.Kind.ERROR) {
                                    errors.add(diagnostic.getMessage(null));
                                }
                            },
                            arguments.subList(0, arguments.size() - sources.size()),
                            null,
                            manager.getJavaFileObjectsFromPaths(files))
                    .call();
        }
        return String.join("\n", errors);
    }

    /** What it says where it fails; nothing where it does not. */
    private String ecj(String name, String classPath, Map<String, String> sources) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-17", "-warn:none"));
        arguments.addAll(arguments(name, classPath, sources));
        StringWriter out = new StringWriter();
        boolean good = BatchCompiler.compile(
                arguments.toArray(new String[0]), new PrintWriter(out), new PrintWriter(out), null);
        return good ? "" : out.toString();
    }

    private Map<String, String> generated(String name) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder.resolve(name).resolve("generated/app"))) {
            for (Path file : files.toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return texts;
    }

    @Test
    void theCodeIsTheSameFromSourceAndFromClassFilesOfEitherCompiler() throws Exception {
        Map<String, String> together = new TreeMap<>(LIBRARY);
        together.putAll(CHILD);
        String library = classes("library").toString();

        assertThat(javac("source", "", together)).isEmpty();
        assertThat(javac("javac", library, CHILD)).isEmpty();
        assertThat(ecj("ecj", library, CHILD)).isEmpty();
        assertThat(ecj("ecjSource", "", together)).isEmpty();

        assertThat(generated("source")).containsKeys("ChildModel.java", "ChildTraining.java", "ChildModel.txt");
        assertThat(generated("javac")).isEqualTo(generated("source"));
        assertThat(generated("ecj")).isEqualTo(generated("source"));
        assertThat(generated("ecjSource")).isEqualTo(generated("source"));
        assertThat(model("ecj", library).stateDict().keySet())
                .startsWith(
                        "zeta.weight", "zeta.bias", "more.second.weight", "more.second.bias", "alpha.0.second.weight");
    }

    @Test
    void withoutTheOrderJavacTrustsTheClassFileAndOthersAskForIt() throws IOException {
        Files.delete(classes("library").resolve("lib/BaseLayers.class"));
        String library = classes("library").toString();

        assertThat(ecj("ecj", library, CHILD))
                .contains("[netwright/order]", "the order of the fields of Base is not known");
        // the code refers to what is not there
        assertThat(javac("javac", library, CHILD)).contains("BaseLayers");
    }

    @Test
    void ofAnotherVersionOrAnotherBuildIsToldOnce() throws IOException {
        String companion = """
                package lib;
                public final class BaseLayers {
                    public static final String VERSION = "%s";
                    public static final String ORDER = "%s";
                    public static String fingerprint() { return ""; }
                }
                """;
        String library = classes("library").toString();
        Map<String, String> old = Map.of("lib/BaseLayers.java", companion.formatted("0.0.1", "zeta"));
        assertThat(javac("old", "", old)).isEmpty();
        assertThat(javac("child", classes("old") + java.io.File.pathSeparator + library, CHILD))
                .contains(
                        "[netwright/other-version] Base was compiled by Netwright 0.0.1, but this is Netwright 0.1.0.");

        Map<String, String> stale = Map.of("lib/BaseLayers.java", companion.formatted("0.1.0", "zeta,gone"));
        assertThat(javac("stale", "", stale)).isEmpty();
        assertThat(javac("child2", classes("stale") + java.io.File.pathSeparator + library, CHILD))
                .contains("[netwright/stale-order] the fields of Base are not those that were generated beside it");
    }

    @Test
    void aModelWhoseAncestorHasChangedSaysSoWhenItIsMade() throws Exception {
        String library = classes("library").toString();
        assertThat(javac("child", library, CHILD)).isEmpty();
        Map<String, String> changed = new TreeMap<>(LIBRARY);
        changed.computeIfPresent("lib/Base.java", (name, text) -> text.replace("outFeatures = 5", "outFeatures = 6"));
        assertThat(javac("changed", "", changed)).isEmpty();

        assertThat(model("child", library).toString()).contains("(more): Pair(");
        assertThatThrownBy(() -> model("child", classes("changed").toString()))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "Child was compiled with another Base than the one on the class path. Compile Child again.");
    }

    private Model model(String name, String library) throws Exception {
        URL[] urls = {classes(name).toUri().toURL(), Path.of(library).toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
            return (Model) Class.forName("app.ChildModel", true, loader)
                    .getMethod("create", long.class)
                    .invoke(null, 1L);
        }
    }
}
