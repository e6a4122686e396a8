package dev.netwright.benchmarks.subject;

import dev.netwright.benchmarks.harness.LayerShape;
import java.io.IOException;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import javax.annotation.processing.Processor;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles networks of a single layer, whose shapes are only known when the benchmark runs, and loads them. */
public final class LayerCompiler {
    private LayerCompiler() {}

    /**
     * Compiles layers into folders.
     *
     * @param arguments pairs of a folder and a shape
     * @throws IOException if a folder cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        for (int i = 0; i < arguments.length; i += 2) {
            compile(LayerSource.of(LayerShape.parse(arguments[i + 1])), Path.of(arguments[i]));
        }
    }

    static void compile(LayerSource.Declaration declaration, Path folder) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(OneLayer.Factory.class.getName()), LayerSource.PACKAGE + ".LayerFactory\n");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "--add-modules",
                    "jdk.incubator.vector",
                    "-classpath",
                    System.getProperty("java.class.path"),
                    "-d",
                    folder.toString());
            List<Text> sources = LayerSource.classes(declaration).entrySet().stream()
                    .map(source -> new Text(source.getKey(), source.getValue()))
                    .toList();
            JavaCompiler.CompilationTask task = compiler.getTask(messages, files, null, options, null, sources);
            task.setProcessors(processors());
            if (!task.call()) {
                throw new IOException("The layer " + declaration + " does not compile:\n" + messages);
            }
        }
    }

    private static List<Processor> processors() {
        return ServiceLoader.load(Processor.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    static OneLayer.Factory load(Path folder) throws MalformedURLException {
        URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, LayerCompiler.class.getClassLoader());
        return ServiceLoader.load(OneLayer.Factory.class, loader)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no layer in " + folder + "."));
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(String name, String text) {
            super(
                    URI.create("string:///" + LayerSource.PACKAGE.replace('.', '/') + "/" + name + ".java"),
                    JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
