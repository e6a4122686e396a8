package dev.netwright.processor.machines;

import dev.netwright.processor.NetwrightProcessor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Compiles a network in a JVM that is set to some language, charset and place, and prints all that was generated. */
final class EncodedJavac {
    private static final String SOURCE = """
            package app;
            import dev.netwright.annotations.*;
            @Network(input = {3, 8, 8}) @CrossEntropyLoss
            class Größe {
                @Conv2d(outChannels = 1234, kernelSize = 1) Layer weiß;
                @Flatten Layer iİıI;
                @Linear(outFeatures = 5) Layer fc;
            }
            """;

    private EncodedJavac() {}

    /** @param arguments a folder, and a name of one to make in it, as UTF-16 in hexadecimal digits */
    public static void main(String[] arguments) throws IOException {
        String name = new String(HexFormat.of().parseHex(arguments[1]), StandardCharsets.UTF_16BE);
        Path folder = Files.createDirectories(Path.of(arguments[0]).resolve(name));
        Path source = Files.writeString(folder.resolve("Source.java"), SOURCE);
        Path generated = Files.createDirectories(folder.resolve("generated"));
        List<String> options = List.of(
                "-encoding",
                "UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                "-processor",
                NetwrightProcessor.class.getName(),
                "-proc:only",
                "-s",
                generated.toString(),
                source.toString());
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, options.toArray(String[]::new));
        try (Stream<Path> files = Files.walk(generated)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                byte[] path = generated.relativize(file).toString().getBytes(StandardCharsets.UTF_16BE);
                System.out.println(
                        HexFormat.of().formatHex(path) + " " + HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        System.exit(result);
    }
}
