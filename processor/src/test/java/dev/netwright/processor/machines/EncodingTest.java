package dev.netwright.processor.machines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generated files have the same bytes whatever a JVM's charset and language, and wherever the sources are; LocaleTest has other languages. */
class EncodingTest {
    @TempDir
    Path folder;

    private String generated(String place, String... settings) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(settings));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), EncodedJavac.class.getName()));
        command.add(folder.toString());
        command.add(HexFormat.of().formatHex(place.getBytes(StandardCharsets.UTF_16BE)));
        Path errors = folder.resolve("errors.txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        // names of files with letters beyond ASCII need a system that is set to them
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(process.waitFor())
                .as(Files.readString(errors, StandardCharsets.ISO_8859_1))
                .isZero();
        return printed;
    }

    @Test
    void everyCharsetLanguageAndPlaceGivesTheSameBytes() throws Exception {
        String plain = generated("plain", "-Dfile.encoding=UTF-8", "-Duser.language=en");

        assertThat(names(plain)).contains("app/GrößeModel.java", "app/GrößeModel.txt");
        assertThat(generated("with space and Ümläuten", "-Dfile.encoding=ISO-8859-1", "-Duser.language=tr"))
                .isEqualTo(plain);
    }

    private static List<String> names(String printed) {
        TreeMap<String, String> files = new TreeMap<>();
        printed.lines().map(line -> line.split(" ")).forEach(file -> files.put(text(file[0]), file[1]));
        return List.copyOf(files.keySet());
    }

    private static String text(String digits) {
        return new String(HexFormat.of().parseHex(digits), StandardCharsets.UTF_16BE).replace('\\', '/');
    }
}
