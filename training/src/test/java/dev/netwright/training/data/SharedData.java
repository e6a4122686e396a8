package dev.netwright.training.data;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the real data sets, and what PyTorch wrote, that may lie in {@code shared} beside the repository. */
public final class SharedData {

    private SharedData() {}

    /** The folder or file, or else the calling test is skipped with a printed reason. */
    static Path require(String name) {
        return find("data", name);
    }

    /** A file or folder that PyTorch wrote, or else the calling test is skipped with a printed reason. */
    public static Path golden(String name) {
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
