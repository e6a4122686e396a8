package dev.netwright.archetype;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.NetwrightProcessor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the archetype gives is the README's project, which compiles and learns. Maven itself runs in -Pnightly. */
class QuickstartTest {
    private static final Path RESOURCES = Path.of("target", "classes", "archetype-resources");
    private static final Path README = Path.of("..", "README.md");

    @TempDir
    Path folder;

    /** As the archetype plugin fills it in for the group, artifact and package {@code app} in version 1. */
    private static String generated(String file) throws IOException {
        return Files.readString(RESOURCES.resolve(file))
                .replace("${groupId}", "app")
                .replace("${artifactId}", "app")
                .replace("${version}", "1")
                .replace("${package}", "app");
    }

    /** The block behind a text of the README. */
    private static String block(String before) throws IOException {
        String readme = Files.readString(README);
        int fence = readme.indexOf("```", readme.indexOf(before));
        int start = readme.indexOf('\n', fence) + 1;
        assertThat(readme).contains(before);
        return readme.substring(start, readme.indexOf("```", start));
    }

    @Test
    void itIsTheReadmesProject() throws IOException {
        assertThat(generated("pom.xml")).isEqualTo(block("<summary><code>pom.xml</code></summary>"));
        for (String name : List.of("Xor", "App")) {
            assertThat(generated("src/main/java/" + name + ".java"))
                    .isEqualTo(block("`src/main/java/app/" + name + ".java`:"));
        }
    }

    @Test
    void itsClassesCompileAndLearn() throws Exception {
        for (String name : List.of("Xor", "App")) {
            Files.writeString(folder.resolve(name + ".java"), generated("src/main/java/" + name + ".java"));
        }
        Path classes = Files.createDirectory(folder.resolve("classes"));
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        try (var files = javac.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            JavaCompiler.CompilationTask task = javac.getTask(
                    null,
                    files,
                    null,
                    List.of("-d", classes.toString(), "--add-modules", "jdk.incubator.vector"),
                    null,
                    files.getJavaFileObjects(folder.resolve("Xor.java"), folder.resolve("App.java")));
            task.setProcessors(List.of(new NetwrightProcessor()));
            assertThat(task.call()).isTrue();
        }
        String printed = printed(classes);
        assertThat(printed).contains("(hidden): Linear(in_features=2, out_features=16, bias=True)");
        String loss = printed.lines()
                .filter(line -> line.startsWith("loss "))
                .findFirst()
                .orElseThrow();
        assertThat(Float.parseFloat(loss.substring(5))).isBetween(0f, 0.05f);
    }

    private static String printed(Path classes) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        try (URLClassLoader loader =
                        new URLClassLoader(new URL[] {classes.toUri().toURL()});
                PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            loader.loadClass("app.App").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
