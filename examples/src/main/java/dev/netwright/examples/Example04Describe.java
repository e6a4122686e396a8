package dev.netwright.examples;

import dev.netwright.runtime.files.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Looks into a file of weights before loading it: safetensors, or what PyTorch saved (a state dict, a checkpoint, or a
 * whole model, none of whose code is run). A Java program gets the same text from {@link ModelFile#describe}.
 */
@Command(name = "describe", description = "Prints structure and sizes of a safetensors or PyTorch file.")
public final class Example04Describe implements Callable<Integer> {

    @Option(names = "--help", usageHelp = true, description = "shows this text")
    private boolean help;

    @Parameters(paramLabel = "FILE", description = "a .safetensors, .pth, .pt or .th file")
    private Path file;

    /**
     * Runs the example and ends the JVM with its exit code.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(Commands.run(new Example04Describe(), arguments));
    }

    @Override
    public Integer call() throws IOException {
        System.out.println(ModelFile.describe(file));
        return 0;
    }
}
