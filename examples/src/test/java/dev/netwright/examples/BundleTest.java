package dev.netwright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.testing.ClassPlace;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is published can be a bundle of OSGi as well as a module: both say the same of it. */
class BundleTest {
    private static final Pattern PACKAGE = Pattern.compile("(?:^|,)([\\w.]+)((?:;[^;,\"]*(?:\"[^\"]*\")?)*)");

    @ParameterizedTest
    @ValueSource(strings = {"annotations", "runtime", "processor", "training", "zoo", "onnx"})
    void exportsWhatTheModuleExports(String name) throws IOException {
        Path classes = folder(name);
        Attributes headers = manifest(classes);
        assertThat(headers.getValue("Bundle-ManifestVersion")).isEqualTo("2");
        assertThat(headers.getValue("Bundle-SymbolicName")).isEqualTo("netwright-" + name);
        assertThat(headers.getValue("Bundle-Version")).matches("\\d+\\.\\d+\\.\\d+(\\.\\w+)?");
        assertThat(headers.getValue("Require-Capability")).contains("(&(osgi.ee=JavaSE)(version=17))");
        assertThat(packages(headers.getValue("Export-Package"))).isEqualTo(exports(classes));

        String imports = String.valueOf(headers.getValue("Import-Package"));
        assertThat(packages(imports)).noneMatch(imported -> imported.startsWith("java."));
        assertThat(imports)
                .as("imports of %s, which has no kernels: these are in users' bundles", name)
                .doesNotContain("jdk.incubator.vector");
    }

    /** Beside this module's: nothing of the processor reaches a class path. */
    private static Path folder(String name) {
        Path classes = ClassPlace.of(BundleTest.class)
                .resolve("../../..")
                .normalize()
                .resolve(name)
                .resolve("target/classes");
        assertThat(classes)
                .as("classes of %s, which a build of all modules leaves there", name)
                .isDirectory();
        return classes;
    }

    private static Attributes manifest(Path classes) throws IOException {
        try (InputStream in = Files.newInputStream(classes.resolve("META-INF/MANIFEST.MF"))) {
            return new Manifest(in).getMainAttributes();
        }
    }

    /** Those that are exported to everybody, or to another of our modules: bundles know no difference. */
    private static Set<String> exports(Path classes) throws IOException {
        try (InputStream in = Files.newInputStream(classes.resolve("module-info.class"))) {
            return ModuleDescriptor.read(in).exports().stream()
                    .filter(export -> export.targets().stream().allMatch(module -> module.startsWith("dev.netwright")))
                    .map(ModuleDescriptor.Exports::source)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** The names in a header, without their attributes and directives. */
    private static Set<String> packages(String header) {
        return PACKAGE.matcher(header)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
