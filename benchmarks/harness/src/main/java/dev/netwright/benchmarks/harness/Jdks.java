package dev.netwright.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** Finds installed JDKs: by variables such as JAVA25_HOME, the running one, and those in the folder beside it. */
final class Jdks {
    private final List<Path> places;

    private Jdks(List<Path> places) {
        this.places = places;
    }

    static Jdks find(Map<String, String> environment, Path running) {
        List<Path> places = new ArrayList<>();
        environment.forEach((name, value) -> {
            if (name.matches("JAVA_HOME|JDK\\d+_HOME|JAVA\\d+_HOME|JAVA_HOME_\\d+.*") && !value.isBlank()) {
                places.add(Path.of(value));
            }
        });
        places.add(running);
        try (Stream<Path> beside = Files.list(running.toRealPath().getParent())) {
            beside.sorted().forEach(places::add);
        } catch (IOException e) {
            // Then there are no others.
        }
        return new Jdks(places);
    }

    /** The first JDK of a feature version. */
    Optional<Path> home(int feature) {
        return places.stream().filter(place -> feature(place) == feature).findFirst();
    }

    private static int feature(Path home) {
        if (!Files.isExecutable(home.resolve("bin/java"))) {
            return 0;
        }
        Properties release = new Properties();
        try (var in = Files.newInputStream(home.resolve("release"))) {
            release.load(in);
        } catch (IOException e) {
            return 0;
        }
        String version = release.getProperty("JAVA_VERSION", "0").replace("\"", "");
        String[] parts = version.split("[.+-]");
        return Integer.parseInt(parts[0].equals("1") && parts.length > 1 ? parts[1] : parts[0]);
    }
}
