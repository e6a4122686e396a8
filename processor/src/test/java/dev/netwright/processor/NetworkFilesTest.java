package dev.netwright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkFilesTest {
    private static final String NET =
            "import dev.netwright.annotations.*; @Network(input = 7) class Net { @ReLU Layer act; }";

    @TempDir
    Path folder;

    private final JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    private final DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();

    private void compile(JavaFileManager files, List<String> options, Iterable<? extends JavaFileObject> sources) {
        JavaCompiler.CompilationTask task = javac.getTask(null, files, diagnostics, options, null, sources);
        task.setProcessors(List.of(new NetwrightProcessor()));

        assertThat(task.call()).as(diagnostics.getDiagnostics().toString()).isTrue();
    }

    private Path write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private List<String> written() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
            return files.filter(Files::isRegularFile)
                    .map(file ->
                            folder.resolve("out").relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.contains("NetModel."))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aFileManagerThatKeepsCodeInMemoryLeavesNothingOnTheDisk() throws IOException {
        String name = "kept.in.memory.Net";
        try (Memory memory = new Memory(javac.getStandardFileManager(diagnostics, Locale.ROOT, null))) {
            compile(memory, List.of(), List.of(new Memory.Text(name, "package kept.in.memory; " + NET)));

            assertThat(memory.texts).containsKeys(name + "Model.java", name + "Model.class");
        }
        assertThat(Path.of("kept")).doesNotExist();
        assertThat(Path.of("NetModel.txt")).doesNotExist();
        assertThat(Path.of("NetModel.html")).doesNotExist();
    }

    @Test
    void theReportLiesBesideTheModelsSourceInUtf8() throws IOException {
        Path source = write("src/app/Net.java", "");
        Files.writeString(source, "package app; " + NET.replace("act", "größe"), StandardCharsets.ISO_8859_1);
        Path classes = Files.createDirectories(folder.resolve("out/with classes"));
        Path sources = Files.createDirectories(folder.resolve("out/with sources"));
        try (var files = javac.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.ISO_8859_1)) {
            List<String> options = List.of("-d", classes.toString(), "-s", sources.toString());
            compile(files, options, files.getJavaFileObjects(source));
        }

        assertThat(written())
                .containsExactly(
                        "with classes/app/NetModel.class",
                        "with sources/app/NetModel.html",
                        "with sources/app/NetModel.java",
                        "with sources/app/NetModel.txt");
        assertThat(sources.resolve("app/NetModel.txt")).content().contains("größe");
        assertThat(sources.resolve("app/NetModel.html")).content().contains("größe");
    }

    @Test
    void aReportIsTheSameWhereverItIsCompiled() throws IOException {
        List<String> pages = new ArrayList<>();
        for (String place : List.of("here", "elsewhere/and farther")) {
            Path source = write(place + "/src/app/Net.java", "package app; " + NET);
            Path classes = Files.createDirectories(folder.resolve(place + "/classes"));
            try (var files = javac.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
                compile(files, List.of("-d", classes.toString()), files.getJavaFileObjects(source));
            }
            pages.add(Files.readString(classes.resolve("app/NetModel.html")));
        }

        assertThat(pages.get(0)).isEqualTo(pages.get(1));
    }

    @ParameterizedTest
    @CsvSource({"html,.class .html .java .txt", "text,.class .java .txt", "off,.class .java"})
    void theReportsThatAreAskedForAreWritten(String report, String endings) throws IOException {
        Path source = write("src/app/Net.java", "package app; " + NET);
        Path out = Files.createDirectories(folder.resolve("out"));
        try (var files = javac.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
            List<String> options = List.of("-d", out.toString(), "-Anetwright.report=" + report);
            compile(files, options, files.getJavaFileObjects(source));
        }

        assertThat(written())
                .containsExactlyElementsOf(Stream.of(endings.split(" "))
                        .map(ending -> "app/NetModel" + ending)
                        .toList());
    }

    @Test
    void modulesCompiledTogetherMayHaveNetworksOfOneName() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : List.of("one", "two")) {
            sources.add(write(
                    "src/" + module + "/module-info.java",
                    "module " + module + " { requires dev.netwright.annotations; requires dev.netwright.runtime; }"));
            sources.add(write("src/" + module + "/app/Net.java", "package app; " + NET));
        }
        Files.createDirectories(folder.resolve("out"));
        try (var files = javac.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
            List<String> options = List.of(
                    "--module-source-path",
                    folder.resolve("src").toString(),
                    "--module-path",
                    System.getProperty("java.class.path"),
                    "-d",
                    folder.resolve("out").toString());
            compile(files, options, files.getJavaFileObjectsFromPaths(sources));
        }

        assertThat(written())
                .containsExactly(
                        "one/app/NetModel.class",
                        "one/app/NetModel.html",
                        "one/app/NetModel.java",
                        "one/app/NetModel.txt",
                        "two/app/NetModel.class",
                        "two/app/NetModel.html",
                        "two/app/NetModel.java",
                        "two/app/NetModel.txt");
    }

    /** As programs have it that compile and load at once: classes and sources are kept, of other files it knows nothing. */
    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, Text> texts = new TreeMap<>();

        Memory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(Location location, String name, Kind kind, FileObject sibling) {
            Text text = new Text(name, kind);
            texts.put(name + kind.extension, text);
            return text;
        }

        private static final class Text extends SimpleJavaFileObject {
            private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

            Text(String name, Kind kind) {
                super(URI.create("memory:///" + name.replace('.', '/') + kind.extension), kind);
            }

            Text(String name, String text) {
                this(name, Kind.SOURCE);
                bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public OutputStream openOutputStream() {
                return bytes;
            }

            @Override
            public String getCharContent(boolean ignoreEncodingErrors) {
                return bytes.toString(StandardCharsets.UTF_8);
            }
        }
    }
}
