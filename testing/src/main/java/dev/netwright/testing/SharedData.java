package dev.netwright.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the real data sets, and what PyTorch wrote, that may lie in {@code shared} beside the repository. */
public final class SharedData {
    private static final String DATA = "data";
    private static final String GOLDEN = "golden";

    private SharedData() {}

    /**
     * Real data.
     *
     * @param name of a folder or file
     * @return where it is; where it is not, the calling test is skipped with a printed reason
     */
    public static Path require(String name) {
        return require(DATA, name);
    }

    /**
     * What PyTorch wrote.
     *
     * @param name of a folder or file
     * @return where it is; where it is not, the calling test is skipped with a printed reason
     */
    public static Path golden(String name) {
        return require(GOLDEN, name);
    }

    /**
     * What PyTorch wrote, for tests that have a smaller share of it.
     *
     * @param name of a folder or file; empty for the folder of all
     * @return where it is, if it is
     */
    public static Optional<Path> findGolden(String name) {
        return find(GOLDEN, name);
    }

    private static Path require(String kind, String name) {
        Optional<Path> found = find(kind, name);
        return found.orElseGet(
                () -> Skipped.because("no shared/" + kind + "/" + name + " in a folder above this module"));
    }

    private static Optional<Path> find(String kind, String name) {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path found = folder.resolve("shared").resolve(kind).resolve(name);
            if (Files.exists(found)) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }
}
