package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.NetwrightProcessor;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.annotation.processing.Filer;
import javax.annotation.processing.Messager;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules by which Gradle compiles changed classes alone, with an isolating processor; Gradle itself does not run. */
class IncrementalTest {
    private static final String BASE =
            "@Network(input = 4) class Base { @Linear(outFeatures = 3) Layer fc; @Pair Layer pair; }";
    private static final String PAIR =
            "@Block @interface Pair { class Layers { @Linear(outFeatures = 3) Layer one; @ReLU Layer two; } }";
    private static final String CHILD = "@Network(input = 4) class Child extends Base { @Tanh Layer tanh; }";
    private static final String OTHER = "@Network(input = 5) class Other { @Linear(outFeatures = 2) Layer fc; }";

    private static final List<String> ALL = List.of("Base", "Pair", "Child", "Other");

    @TempDir
    Path folder;

    /** What a run generated each file for, by the file's name. */
    private final Map<String, List<String>> origins = new TreeMap<>();

    @Test
    void theProcessorIsRegisteredAsIsolating() throws IOException {
        try (InputStream in =
                NetwrightProcessor.class.getResourceAsStream("/META-INF/gradle/incremental.annotation.processors")) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip())
                    .isEqualTo("dev.netwright.processor.NetwrightProcessor,isolating");
        }
    }

    @Test
    void everyGeneratedFileHasTheOneClassThatItIsOf() throws IOException {
        compile("out", ALL);

        assertThat(origins).hasSizeGreaterThan(20).containsKeys("app.ChildModel", "ChildModel.txt");
        origins.forEach((file, classes) -> {
            assertThat(classes).as(file).hasSize(1);
            String name = classes.get(0).substring(classes.get(0).lastIndexOf('.') + 1);
            assertThat(file).as(classes.get(0)).contains(name);
        });
    }

    @Test
    void aChangedNetworkCompilesAloneAgainstTheEarlierOutput() throws Exception {
        compile("out", ALL);
        Map<String, String> before = generated("out");

        write("Child", CHILD.replace("Tanh", "ReLU"));
        forget("out", "Child");
        compile("out", List.of("Child"));
        Map<String, String> after = generated("out");
        assertThat(after).isNotEqualTo(before);
        after.forEach((file, text) -> {
            if (!file.contains("Child")) {
                assertThat(text).as(file).isEqualTo(before.get(file));
            }
        });
        compile("again", ALL);
        assertThat(after).as("alone as with all others").isEqualTo(generated("again"));
        assertThat(printed("Child")).contains("(tanh): ReLU()");
        assertThat(printed("Other")).contains("(fc): Linear(in_features=5, out_features=2, bias=True)");
    }

    /** As Gradle does, with what was generated of a class that it is about to compile again. */
    private void forget(String out, String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(out))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (file.getFileName().toString().startsWith(name)) {
                    Files.delete(file);
                }
            }
        }
    }

    private void write(String name, String text) throws IOException {
        Path source = folder.resolve("src/app").resolve(name + ".java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "package app; import dev.netwright.annotations.*;\n" + text);
    }

    @BeforeEach
    void writeTheSources() throws IOException {
        write("Base", BASE);
        write("Pair", PAIR);
        write("Child", CHILD);
        write("Other", OTHER);
    }

    private void compile(String out, List<String> names) throws IOException {
        Path classes = Files.createDirectories(folder.resolve(out).resolve("classes"));
        Path sources = Files.createDirectories(folder.resolve(out).resolve("sources"));
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> told = new DiagnosticCollector<>();
        List<String> options = List.of(
                "-d",
                classes.toString(),
                "-s",
                sources.toString(),
                "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + classes,
                "-Anetwright.kernels=scalar");
        List<Path> files = names.stream()
                .map(name -> folder.resolve("src/app").resolve(name + ".java"))
                .toList();
        try (var manager = javac.getStandardFileManager(told, Locale.ROOT, StandardCharsets.UTF_8)) {
            JavaCompiler.CompilationTask task =
                    javac.getTask(null, manager, told, options, null, manager.getJavaFileObjectsFromPaths(files));
            task.setProcessors(List.of(recording(new NetwrightProcessor())));
            assertThat(task.call()).as(told.getDiagnostics().toString()).isTrue();
        }
    }

    /** The processor, on a filer that notes what each file is of. */
    private Processor recording(Processor processor) {
        return (Processor) proxy(Processor.class, processor, (method, arguments) -> {
            if (method.equals("init")) {
                ProcessingEnvironment environment = (ProcessingEnvironment) arguments[0];
                Object filer = proxy(Filer.class, environment.getFiler(), this::note);
                arguments[0] = new Recording(environment, (Filer) filer);
            }
        });
    }

    private void note(String method, Object[] arguments) {
        if (method.startsWith("create")) {
            boolean resource = method.equals("createResource");
            List<String> classes = Stream.of((Element[]) arguments[arguments.length - 1])
                    .map(Element::toString)
                    .toList();
            origins.put(String.valueOf(arguments[resource ? 2 : 0]), classes);
        }
    }

    private interface Before {
        void call(String method, Object[] arguments);
    }

    private static Object proxy(Class<?> type, Object target, Before before) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            before.call(method.getName(), arguments == null ? new Object[0] : arguments);
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return Proxy.newProxyInstance(IncrementalTest.class.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private Map<String, String> generated(String out) throws IOException {
        Path sources = folder.resolve(out).resolve("sources");
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.put(sources.relativize(file).toString(), Files.readString(file));
            }
        }
        return texts;
    }

    private String printed(String name) throws Exception {
        URL classes = folder.resolve("out/classes").toUri().toURL();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes})) {
            return loader.loadClass("app." + name + "Model")
                    .getMethod("create", long.class)
                    .invoke(null, 1L)
                    .toString();
        }
    }

    /** An environment whose filer is another one. */
    private record Recording(ProcessingEnvironment environment, Filer filer) implements ProcessingEnvironment {
        @Override
        public Map<String, String> getOptions() {
            return environment.getOptions();
        }

        @Override
        public Messager getMessager() {
            return environment.getMessager();
        }

        @Override
        public Filer getFiler() {
            return filer;
        }

        @Override
        public Elements getElementUtils() {
            return environment.getElementUtils();
        }

        @Override
        public Types getTypeUtils() {
            return environment.getTypeUtils();
        }

        @Override
        public SourceVersion getSourceVersion() {
            return environment.getSourceVersion();
        }

        @Override
        public Locale getLocale() {
            return environment.getLocale();
        }
    }
}
