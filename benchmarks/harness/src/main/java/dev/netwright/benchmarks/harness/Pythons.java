package dev.netwright.benchmarks.harness;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Finds a Python that imports torch: NETWRIGHT_PYTHON, else every python3 on the path, since the one that has the
 * distribution's packages need not be the first.
 */
final class Pythons {
    private static final List<String> NAMES = List.of("python3", "python3.11", "python3.12", "python3.13", "python");

    private Pythons() {}

    static Optional<Path> withTorch(Map<String, String> environment) throws InterruptedException {
        String chosen = environment.get("NETWRIGHT_PYTHON");
        List<Path> candidates = new ArrayList<>();
        if (chosen != null && !chosen.isBlank()) {
            candidates.add(Path.of(chosen));
        } else {
            for (String name : NAMES) {
                for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
                    candidates.add(Path.of(folder, name));
                }
            }
        }
        for (Path candidate : candidates) {
            if (Files.isExecutable(candidate) && importsTorch(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static boolean importsTorch(Path python) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(python.toString(), "-c", "import torch")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
