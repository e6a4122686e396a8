package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a script that lies beside these tests. */
final class PythonScript {
    private PythonScript() {}

    /**
     * What the script prints; it has to end well.
     *
     * @param folder for a copy of the script
     * @param name of the resource
     * @param python the interpreter
     * @param arguments of the script
     */
    static InputStream run(Path folder, String name, String python, String... arguments)
            throws IOException, InterruptedException {
        Path script = folder.resolve(name);
        try (InputStream text = PythonScript.class.getResourceAsStream(name)) {
            Files.copy(text, script);
        }
        List<String> words = new ArrayList<>(List.of(python, script.toString()));
        words.addAll(List.of(arguments));
        Path errors = folder.resolve(name + ".err");
        Process process =
                new ProcessBuilder(words).redirectError(errors.toFile()).start();
        byte[] lines = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        return new ByteArrayInputStream(lines);
    }
}
