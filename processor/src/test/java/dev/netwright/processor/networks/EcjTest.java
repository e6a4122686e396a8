package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.GenerateSizes;
import dev.netwright.processor.NetwrightProcessor;
import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.runtime.DType;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.Options;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.eclipse.jdt.core.compiler.batch.BatchCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The processor in Eclipse's compiler, and beside other processors in javac. */
class EcjTest {
    private static final String PATH = System.getProperty("java.class.path");

    @TempDir
    Path folder;

    @Test
    void eclipsesCompilerMakesModelsThatWork() throws Exception {
        List<NetworkText> networks = List.of(
                NetworkText.CIFAR,
                NetworkText.SMALL,
                IntegerInputTest.BYTES,
                InitTest.MOBILE,
                NetworkText.zoo("ResNet20"));
        List<String> arguments =
                new ArrayList<>(List.of("-17", "-warn:none", "-processor", NetwrightProcessor.class.getName()));
        arguments.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        arguments.addAll(List.of("-processorpath", PATH, "-classpath", PATH));
        arguments.addAll(List.of("-d", classes().toString(), "-s", generated().toString()));
        for (NetworkText network : networks) {
            arguments.add(write(network).toString());
        }
        StringWriter out = new StringWriter();
        boolean good = BatchCompiler.compile(
                arguments.toArray(new String[0]), new PrintWriter(out), new PrintWriter(out), null);
        assertThat(good).as(out.toString()).isTrue();
        try (URLClassLoader loader = loader()) {
            for (NetworkText network : networks) {
                Model model = create(loader, network);
                System.out.println("compiled by ecj: " + network + ", " + model.kernels());
                assertThat(model.stateDict()).isNotEmpty();
                Model byJavac = CompiledNetworks.of(network)
                        .network(network)
                        .create(1, Options.defaults().threads(1))
                        .model();
                assertThat(model.fingerprint()).isEqualTo(byJavac.fingerprint());
                assertThat(predict(model)).isEqualTo(predict(byJavac));
            }
        }
    }

    @Test
    void eclipsesCompilerIsAskedAgainForNetworksThatWaitForAType() throws Exception {
        String waiting = "@Network(input = 7) class %s extends Sizes { @Linear(outFeatures = Sizes.WIDTH) Layer fc; }";
        NetworkText nested = new NetworkText(
                "tested.Outer",
                "package tested; import dev.netwright.annotations.*; " + waiting.formatted("Waiting")
                        + " interface Outer { record Pair() { " + waiting.formatted("Net") + " } }");
        StringWriter out = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("-17", "-warn:none", "-classpath", PATH));
        arguments.addAll(List.of("-processorpath", PATH, "-processor"));
        arguments.add(GenerateSizes.class.getName() + "," + NetwrightProcessor.class.getName());
        arguments.addAll(List.of("-d", classes().toString(), "-s", generated().toString()));
        arguments.add(write(nested).toString());
        boolean good = BatchCompiler.compile(
                arguments.toArray(new String[0]), new PrintWriter(out), new PrintWriter(out), null);

        assertThat(good).as(out.toString()).isTrue();
        assertThat(classes().resolve("tested/WaitingModel.class")).exists();
        assertThat(classes().resolve("tested/Outer_Pair_NetModel.class")).exists();
        assertThat(generated().resolve("tested/Outer_Pair_NetModel.txt")).exists();
    }

    private static float[] predict(Model model) throws ReflectiveOperationException {
        Object input =
                model.definition().inputs().get(0).type() == DType.U8 ? new byte[3 * 32 * 32] : new float[3 * 32 * 32];
        Object result = model.getClass()
                .getMethod("predict", input.getClass(), int.class)
                .invoke(model, input, 1);
        return (float[]) result;
    }

    @Test
    void lombokAndMapStructRunBesideIt() throws Exception {
        NetworkText user = new NetworkText("tested.Both", """
                package tested;

                import lombok.Value;
                import org.mapstruct.Mapper;

                @Mapper
                public interface Both {
                    Target map(Source source);

                    @Value
                    class Source {
                        String name;
                    }

                    @Value
                    class Target {
                        String name;
                    }

                    class Main {
                        public static float[] predict(float[] image) {
                            return SmallNetModel.create(1).predict(image, 1);
                        }

                        public static String copy(String name) {
                            return new BothImpl().map(new Source(name)).getName();
                        }
                    }
                }
                """);
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = javac.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
            String processors = String.join(
                    ",",
                    "lombok.launch.AnnotationProcessorHider$AnnotationProcessor",
                    "org.mapstruct.ap.MappingProcessor",
                    NetwrightProcessor.class.getName());
            List<String> options = List.of(
                    "--add-modules",
                    "jdk.incubator.vector",
                    "-processorpath",
                    PATH,
                    "-classpath",
                    PATH,
                    "-processor",
                    processors,
                    "-d",
                    classes().toString(),
                    "-s",
                    generated().toString());
            var sources = files.getJavaFileObjects(write(NetworkText.SMALL), write(user));
            boolean good = javac.getTask(null, files, diagnostics, options, null, sources)
                    .call();
            assertThat(good).as(diagnostics.getDiagnostics().toString()).isTrue();
        }
        try (URLClassLoader loader = loader()) {
            Class<?> both = Class.forName("tested.Both$Main", true, loader);
            assertThat(both.getMethod("copy", String.class).invoke(null, "name"))
                    .isEqualTo("name");
            assertThat((float[]) both.getMethod("predict", float[].class).invoke(null, new float[3 * 8 * 8]))
                    .hasSize(5);
        }
    }

    private static Model create(ClassLoader loader, NetworkText network) throws ReflectiveOperationException {
        return (Model) Class.forName(network.model(), true, loader)
                .getMethod("create", long.class, Options.class)
                .invoke(null, 1L, Options.defaults().threads(1));
    }

    private Path classes() throws IOException {
        return Files.createDirectories(folder.resolve("classes"));
    }

    private Path generated() throws IOException {
        return Files.createDirectories(folder.resolve("generated"));
    }

    private Path write(NetworkText source) throws IOException {
        Path file = folder.resolve("sources").resolve(source.name().replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        return Files.writeString(file, source.text());
    }

    private URLClassLoader loader() throws IOException {
        return new URLClassLoader(
                Stream.of(classes().toUri().toURL()).toArray(URL[]::new), EcjTest.class.getClassLoader());
    }
}
