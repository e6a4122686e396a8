package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import dev.netwright.annotations.Network;
import dev.netwright.processor.NetwrightProcessor;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.files.Safetensors;
import dev.netwright.runtime.files.torch.TorchFile;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that are compiled against a file of weights. */
class WeightsTest {
    private static final String NET = """
            @Network(input = {1, 4, 4})
            @Weights("net.safetensors")
            class Net {
                @Conv2d(outChannels = 2, kernelSize = 3) Layer conv;
                @BatchNorm2d Layer bn;
                @Flatten Layer flatten;
                @Linear(outFeatures = 3) Layer fc;
            }
            """;
    private static final int AT_WEIGHTS = 3;
    private static final int AT_CONV = 5;
    private static final int AT_FC = 8;

    @TempDir
    Path folder;

    private Path classes;
    private final List<String> options = new ArrayList<>();
    private String classPath = System.getProperty("java.class.path");
    private String module;

    @BeforeEach
    void makeTheFolderOfClasses() throws IOException {
        classes = Files.createDirectories(folder.resolve("classes"));
    }

    private static Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("conv.weight", filled(0.5f, 2, 1, 3, 3));
        state.put("conv.bias", filled(0.25f, 2));
        state.put("bn.weight", filled(1, 2));
        state.put("bn.bias", filled(0, 2));
        state.put("bn.running_mean", filled(0, 2));
        state.put("bn.running_var", filled(1, 2));
        state.put("bn.num_batches_tracked", Tensor.ofLongs(new long[] {7}));
        state.put("fc.weight", filled(2, 3, 8));
        state.put("fc.bias", filled(3, 3));
        return state;
    }

    private static Map<String, Tensor> renamed(String from, String to) {
        Map<String, Tensor> state = state();
        state.put(to, state.remove(from));
        return state;
    }

    private static Tensor filled(float value, int... shape) {
        float[] data = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        Arrays.fill(data, value);
        return Tensor.of(data, shape);
    }

    private Path write(String path, Map<String, Tensor> state) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Safetensors.write(file, state, Map.of());
        return file;
    }

    /** Errors, each behind its line. */
    private List<String> compile(String source) throws IOException {
        Path file = Files.createDirectories(folder.resolve("src/app")).resolve("Net.java");
        Files.writeString(file, "package app; import dev.netwright.annotations.*;\n" + source);
        List<Path> sources = new ArrayList<>(List.of(file));
        if (module != null) {
            sources.add(Files.writeString(folder.resolve("src/module-info.java"), module));
        }
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("-d", classes.toString(), "-cp", classPath, "-Anetwright.kernels=scalar"));
        try (var files = javac.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8)) {
            JavaCompiler.CompilationTask task =
                    javac.getTask(null, files, diagnostics, all, null, files.getJavaFileObjectsFromPaths(sources));
            task.setProcessors(List.of(new NetwrightProcessor()));
            boolean done = task.call();
            List<String> errors = diagnostics.getDiagnostics().stream()
                    .filter(each -> each.getKind() == javax.tools.Diagnostic.Kind.ERROR)
                    .map(each -> each.getLineNumber() + ": " + each.getMessage(Locale.ROOT))
                    .toList();
            assertThat(done).isEqualTo(errors.isEmpty());
            return errors;
        }
    }

    private Model create(Path... further) {
        return create(new Class<?>[0], new Object[0], further);
    }

    private Model create(Class<?>[] types, Object[] arguments, Path... further) {
        try {
            List<URL> places = new ArrayList<>(List.of(url(classes)));
            for (Path each : further) {
                places.add(url(each));
            }
            URLClassLoader loader = new URLClassLoader(places.toArray(URL[]::new));
            return (Model)
                    loader.loadClass("app.NetModel").getMethod("create", types).invoke(null, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (ReflectiveOperationException | MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static URL url(Path place) throws MalformedURLException {
        return place.toUri().toURL();
    }

    private static float first(Model model, String key) {
        return model.stateDict().get(key).toArray()[0];
    }

    @Test
    void createLoadsTheFileAndCreateOfASeedDraws() throws IOException {
        write("classes/app/net.safetensors", state());

        assertThat(compile(NET)).isEmpty();
        assertThat(first(create(), "fc.bias")).isEqualTo(3);
        Model drawn = create(new Class<?>[] {long.class}, new Object[] {42L});
        assertThat(first(drawn, "fc.bias")).isBetween(-1f, 1f);
    }

    @Test
    void aMisspeltKeyFailsAtItsFieldAndTheNearestIsNamed() throws IOException {
        write("classes/app/net.safetensors", renamed("conv.weight", "conv.wieght"));

        assertThat(compile(NET))
                .containsExactly(AT_CONV
                        + ": [netwright/weights-missing] \"net.safetensors\" has no conv.weight, which Net needs as"
                        + " F32[2, 1, 3, 3]. Did you mean \"conv.wieght\", which nothing takes? Write @Key for the layer,"
                        + " or rename it in the file.");
    }

    @Test
    void whatIsMissingSuperfluousOrOfAnotherShapeIsToldAtItsField() throws IOException {
        Map<String, Tensor> state = state();
        state.remove("conv.bias");
        state.put("fc.weight", filled(0, 3, 9));
        state.put("fc.scale", filled(0, 1));
        state.put("head.gamma", filled(0, 5));
        write("classes/app/net.safetensors", state);

        assertThat(compile(NET))
                .containsExactly(
                        AT_FC + ": [netwright/weights-shape] \"net.safetensors\" has fc.weight as F32[3, 9], but it is"
                                + " F32[3, 8] in Net. Change the layer, or name the file of this network; to train it"
                                + " anew, give the layer a @Key that the file does not have and write strict = false.",
                        AT_CONV
                                + ": [netwright/weights-missing] \"net.safetensors\" has no conv.bias, which Net needs as"
                                + " F32[2]. Name a file that has it, or write strict = false to begin with what create(0)"
                                + " draws.",
                        AT_FC
                                + ": [netwright/weights-unexpected] \"net.safetensors\" has fc.scale as F32[1], but Net has"
                                + " nothing of this key. Declare the layer that it is of, or write strict = false to leave"
                                + " it out.",
                        AT_WEIGHTS
                                + ": [netwright/weights-unexpected] \"net.safetensors\" has head.gamma as F32[5], but"
                                + " Net has nothing of this key. Declare the layer that it is of, or write strict = false"
                                + " to leave it out.");
    }

    @Test
    void whatIsInheritedIsToldAtTheClassAndWhatIsInABlockAtItsField() throws IOException {
        String source = """
                @Network(input = 4) @Weights("net.safetensors")
                class Net extends Base {
                    @Pair Layer pair;
                }
                @Network class Base { @Linear(outFeatures = 4) Layer first; }
                @Block @interface Pair { class Layers { @Linear(outFeatures = 4) @Key("inner") Layer one; @ReLU Layer two; } }
                """;
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("first.weight", filled(0, 4, 4));
        state.put("pair.inner.bias", filled(0, 4));
        write("classes/app/net.safetensors", state);

        assertThat(compile(source))
                .extracting(error -> error.substring(0, error.indexOf(", which")))
                .containsExactly(
                        "3: [netwright/weights-missing] \"net.safetensors\" has no first.bias",
                        "4: [netwright/weights-missing] \"net.safetensors\" has no pair.inner.weight");
    }

    @Test
    void aPrefixBeforeAllKeysIsOneError() throws IOException {
        Map<String, Tensor> state = new LinkedHashMap<>();
        state().forEach((key, tensor) -> state.put("module." + key, tensor));
        write("classes/app/net.safetensors", state);

        assertThat(compile(NET))
                .singleElement()
                .asString()
                .startsWith(
                        AT_WEIGHTS + ": [netwright/weights-keys] the keys of"
                                + " \"net.safetensors\" begin with \"module.\", as in module.conv.weight, but those of Net do not.");
    }

    @Test
    void ofAFileThatNeedNotFitWhollyTheRestIsDrawn() throws IOException {
        Map<String, Tensor> state = state();
        state.remove("fc.weight");
        state.put("head.gamma", filled(0, 5));
        write("classes/app/net.safetensors", state);
        String source = NET.replace("net.safetensors\"", "net.safetensors\", strict = false")
                .replace("@Weights(\"", "@Weights(value = \"");

        assertThat(compile(source)).isEmpty();
        Model loaded = create();
        assertThat(first(loaded, "conv.weight")).isEqualTo(0.5f);
        Model drawn = create(new Class<?>[] {long.class}, new Object[] {0L});
        assertThat(first(loaded, "fc.weight")).isEqualTo(first(drawn, "fc.weight"));

        state.remove("head.gamma");
        write("classes/app/net.safetensors", state);
        assertThat(first(create(), "conv.weight"))
                .as("other keys are no concern")
                .isEqualTo(0.5f);
    }

    @Test
    void aChangedFileIsRefusedAndSeenByTheNextCompilation() throws IOException {
        write("classes/app/net.safetensors", state());
        assertThat(compile(NET)).isEmpty();

        Map<String, Tensor> trained = state();
        trained.put("fc.bias", filled(4, 3));
        write("classes/app/net.safetensors", trained);
        assertThat(first(create(), "fc.bias"))
                .as("other values, the same header")
                .isEqualTo(4);

        write("classes/app/net.safetensors", renamed("conv.bias", "conv.offset"));
        assertThatThrownBy(this::create)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "Net was compiled with another \"net.safetensors\" than the one on the class path: conv.bias is"
                                + " missing there, which was F32[2]. Compile Net again, or put back the file that it was compiled"
                                + " with.");
        assertThat(compile(NET)).hasSize(2);

        trained.put("fc.bias", Tensor.ofLongs(new long[] {1, 2, 3}, 3));
        write("classes/app/net.safetensors", trained);
        assertThatThrownBy(this::create).hasMessageContaining("fc.bias is I64[3] there, and was F32[3]");
        assertThat(compile(NET)).isEmpty();
        assertThat(first(create(), "fc.bias")).isEqualTo(1);

        Files.delete(classes.resolve("app/net.safetensors"));
        assertThatThrownBy(this::create)
                .hasMessage(
                        "Net was compiled with the weights \"net.safetensors\", but there is no such resource on the"
                                + " class path. Put the file there, or use create(seed).");
    }

    @Test
    void aFileIsFoundFromTheRootInArchivesOfTheClassPathAndInTheFolderOfTheOption() throws IOException {
        Path kept = write("kept/models/net.safetensors", state());
        Path jar = folder.resolve("weights.jar");
        try (FileSystem archive = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
            Files.createDirectories(archive.getPath("models"));
            Files.copy(kept, archive.getPath("models/net.safetensors"));
        }
        String source = NET.replace("net.safetensors", "/models/net.safetensors");

        assertThat(compile(source))
                .containsExactly(
                        AT_WEIGHTS + ": [netwright/weights-found] the weights \"/models/net.safetensors\" of Net"
                                + " were not found. They would be models/net.safetensors in the folder of the classes, the class"
                                + " path or the source path. Put the file there, or give the compiler -Anetwright.weights=FOLDER,"
                                + " from where it is models/net.safetensors.");
        options.add("-Anetwright.weights=" + folder.resolve("kept"));
        assertThat(compile(source)).isEmpty();
        assertThat(first(create(jar), "fc.bias")).isEqualTo(3);
        options.set(0, "-Anetwright.weights=" + folder.resolve("src"));
        assertThat(compile(source)).singleElement().asString().contains("src (-Anetwright.weights)");

        options.clear();
        classPath += System.getProperty("path.separator") + jar;
        assertThat(compile(source)).isEmpty();
        assertThat(first(create(jar), "fc.bias")).isEqualTo(3);
    }

    @Test
    void aCheckpointOfPyTorchIsReadWithoutItsCounters() throws IOException {
        Map<String, Tensor> state = state();
        state.remove("bn.num_batches_tracked");
        Files.createDirectories(classes.resolve("app"));
        TorchFile.write(classes.resolve("app/net.pth"), Map.of("state_dict", state, "epoch", 3L));
        String source = NET.replace(".safetensors", ".pth");

        assertThat(compile(source)).isEmpty();
        assertThat(first(create(), "fc.bias")).isEqualTo(3);

        state.remove("fc.bias");
        TorchFile.write(classes.resolve("app/net.pth"), Map.of("state_dict", state, "epoch", 3L));
        assertThat(compile(source)).singleElement().asString().contains("\"net.pth\" has no fc.bias");
    }

    @Test
    void ofSeveralStateDictsTheEntryIsLoaded() throws IOException {
        Map<String, Tensor> averaged = state();
        averaged.put("fc.bias", filled(7, 3));
        Map<String, Object> saved = new LinkedHashMap<>();
        saved.put("epoch", 3L);
        saved.put("raw", state());
        saved.put("averaged", averaged);
        Files.createDirectories(classes.resolve("app"));
        Path file = classes.resolve("app/net.pth");
        TorchFile.write(file, saved);
        String several = NET.replace(".safetensors", ".pth");
        String source = several.replace("\"net.pth\"", "value = \"net.pth\", entry = \"averaged\"");

        assertThat(compile(several))
                .containsExactly(
                        AT_WEIGHTS + ": [netwright/weights-entry] \"net.pth\" gives Net no weights: it has several"
                                + " state dicts, \"raw\", \"averaged\"; name the one to read, such as entry = \"raw\".");
        assertThat(compile(source.replace("averaged", "average")))
                .containsExactly(
                        AT_WEIGHTS + ": [netwright/weights-entry] \"net.pth\" gives Net no weights: it has no entry"
                                + " \"average\"; it holds \"epoch\": 3, \"raw\": a dictionary of 9, \"averaged\": a dictionary of"
                                + " 9.");
        assertThat(compile(source)).isEmpty();
        assertThat(first(create(), "fc.bias")).isEqualTo(7);

        Path jar = folder.resolve("weights.jar");
        try (FileSystem archive = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
            Files.createDirectories(archive.getPath("app"));
            Files.move(file, archive.getPath("app/net.pth"));
        }
        assertThat(first(create(jar), "fc.bias")).as("from an archive").isEqualTo(7);

        saved.remove("averaged");
        TorchFile.write(file, saved);
        assertThatThrownBy(this::create)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("it has no entry \"averaged\"; it holds");
    }

    @Test
    void ofASafetensorsFileNoEntryIsLoaded() throws IOException {
        write("classes/app/net.safetensors", state());
        assertThat(compile(NET.replace("\"net.safetensors\"", "value = \"net.safetensors\", entry = \"model\"")))
                .containsExactly(
                        AT_WEIGHTS + ": [netwright/weights-entry] \"net.safetensors\" gives Net no weights: it is a"
                                + " safetensors file, which is one state dict by itself and has no entry \"model\".");
    }

    @Test
    void aWholeModelIsLoadedAndOneOfAnotherStructureIsRefused() throws IOException {
        write("classes/app/net.safetensors", state());
        assertThat(compile(NET)).isEmpty();
        create().save(classes.resolve("app/net.safetensors"));

        assertThat(compile(NET)).isEmpty();
        assertThat(first(create(), "fc.bias")).isEqualTo(3);
        assertThat(compile(NET.replace("@BatchNorm2d", "@BatchNorm2d(eps = 0.01)")))
                .isEmpty();
        assertThatThrownBy(this::create)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("net.safetensors holds a network of another structure");
    }

    @Test
    void ofANamedModuleTheFileIsFoundWhereItIsOfClassesWithoutOne() throws Exception {
        module = "module app { requires static dev.netwright.annotations; requires dev.netwright.runtime;"
                + " exports app; }";
        Path[] path = {placeOf(Network.class), placeOf(Model.class), placeOf(JsonFactory.class)};
        options.addAll(
                List.of("-p", Arrays.stream(path).map(Path::toString).collect(Collectors.joining(File.pathSeparator))));
        Path empty = Files.createDirectories(folder.resolve("empty"));
        classPath = empty.toString();

        assertThat(compile(NET)).singleElement().asString().startsWith(AT_WEIGHTS + ": [netwright/weights-found]");
        for (String place : List.of("class path", "source path", "option")) {
            Path file = write("kept/app/net.safetensors", state());
            List<String> plain = List.copyOf(options);
            switch (place) {
                case "class path" -> classPath = folder.resolve("kept").toString();
                case "source path" ->
                    options.addAll(List.of(
                            "-sourcepath", folder.resolve("kept") + File.pathSeparator + folder.resolve("src")));
                default -> options.add("-Anetwright.weights=" + folder.resolve("kept"));
            }
            assertThat(compile(NET)).as(place).isEmpty();
            options.retainAll(plain);
            classPath = empty.toString();
            Files.delete(file);
        }

        write("classes/app/net.safetensors", state());
        assertThat(compile(NET)).as("the folder of the classes").isEmpty();
        Path[] all = Stream.concat(Stream.of(classes), Stream.of(path)).toArray(Path[]::new);
        Configuration modules =
                ModuleLayer.boot().configuration().resolve(ModuleFinder.of(all), ModuleFinder.of(), Set.of("app"));
        Object model = ModuleLayer.boot()
                .defineModulesWithOneLoader(modules, ClassLoader.getPlatformClassLoader())
                .findLoader("app")
                .loadClass("app.NetModel")
                .getMethod("create")
                .invoke(null);
        assertThat(model.getClass().getModule().getName()).isEqualTo("app");
        Map<?, ?> loaded = (Map<?, ?>) model.getClass().getMethod("stateDict").invoke(model);
        Object bias = loaded.get("fc.bias");
        assertThat((float[]) bias.getClass().getMethod("toArray").invoke(bias)).containsExactly(3, 3, 3);
    }

    private static Path placeOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    @Test
    void aMalformedFileIsOneErrorAtItsName() throws IOException {
        Path file = write("classes/app/net.safetensors", state());
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 5));

        assertThat(compile(NET))
                .singleElement()
                .asString()
                .startsWith(AT_WEIGHTS + ": [netwright/weights-read] the weights of Net cannot be read. net.safetensors"
                        + " cannot be read at byte")
                .doesNotContain("\tat ");
        Files.write(file, bytes);
        assertThat(compile(NET)).isEmpty();
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 5));
        assertThatThrownBy(this::create)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("net.safetensors");
    }

    @Test
    void namesThatAreNoResourcesAndClassesWithoutAModelAreTold() throws IOException {
        assertThat(compile(NET.replace("net.safetensors", "../net.safetensors")))
                .singleElement()
                .asString()
                .startsWith(AT_WEIGHTS + ": [netwright/weights-name] \"../net.safetensors\" cannot be the name");
        assertThat(compile("@Network\n@Weights(\"net.safetensors\") class Net { @ReLU Layer act; }"))
                .singleElement()
                .asString()
                .startsWith(AT_WEIGHTS + ": [netwright/weights-keys] Net has no input");
    }
}
