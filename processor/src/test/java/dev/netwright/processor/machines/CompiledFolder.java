package dev.netwright.processor.machines;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.runtime.Tensor;
import dev.netwright.testing.ClassPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Class files of networks, for JVMs that know nothing of the processor. */
final class CompiledFolder {
    private CompiledFolder() {}

    /**
     * Writes what was compiled to a folder.
     *
     * @return the class path of those JVMs
     */
    static List<Path> of(Path folder, CompiledNetworks built) throws IOException {
        for (Map.Entry<String, byte[]> each : built.classes().entrySet()) {
            Path file = folder.resolve(each.getKey().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, each.getValue());
        }
        return List.of(folder, ClassPlace.of(CompiledFolder.class), ClassPlace.of(Tensor.class));
    }
}
