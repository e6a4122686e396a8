package dev.netwright.examples;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the real data and PyTorch's numbers that may lie in {@code shared/data} beside the repository. */
final class SharedData {

    private SharedData() {}

    /** The folder or file of data, or else the calling test is skipped with a printed reason. */
    static Path require(String name) {
        return find("data", name);
    }

    /** The file of PyTorch's numbers, or else the calling test is skipped with a printed reason. */
    static Path golden(String name) {
        return find("golden", name);
    }

    private static Path find(String kind, String name) {
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            Path found = folder.resolve("shared").resolve(kind).resolve(name);
            if (Files.exists(found)) {
                return found;
            }
        }
        String reason = "skipped: no shared/" + kind + "/" + name + " in a folder above this module";
        System.out.println(reason);
        assumeTrue(false, reason);
        throw new AssertionError("not reached");
    }
}
