package dev.netwright.cli;

import dev.netwright.runtime.files.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what is in a file of weights. */
@Command(
        name = "describe",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Shows a file's format, metadata, structure and fingerprint where it has them, and every tensor"
                + " with type, shape and bytes. Values are not read, whatever the file's size.")
final class Describe implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description = "safetensors (state dict, whole model or checkpoint), or a .pth of PyTorch's")
    private Path file;

    @Override
    public Integer call() throws IOException {
        for (String line : ModelFile.describe(file).split("\n", -1)) {
            spec.commandLine().getOut().print(Columns.wrapped(line));
        }
        spec.commandLine().getOut().flush();
        return 0;
    }
}
