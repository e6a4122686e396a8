package dev.netwright.processor;

import dev.netwright.processor.declared.DeclaredNetwork;
import dev.netwright.processor.declared.DeclaredWeights;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.runtime.files.WeightsHeader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.tools.FileObject;
import javax.tools.StandardLocation;

/** Finds the files of {@code @Weights} where resources are, and then in a folder that an option names. */
final class WeightsFiles {
    /** What is the same as a name, as a path and as a part of an address. */
    private static final Pattern NAME =
            Pattern.compile("/?(?:[\\p{L}\\p{N}_+-][\\p{L}\\p{N}._+-]*/)*" + "[\\p{L}\\p{N}_+-][\\p{L}\\p{N}._+-]*");

    private static final Map<StandardLocation, String> LOCATIONS = new LinkedHashMap<>();

    static {
        LOCATIONS.put(StandardLocation.CLASS_OUTPUT, "the folder of the classes");
        LOCATIONS.put(StandardLocation.CLASS_PATH, "the class path");
        LOCATIONS.put(StandardLocation.SOURCE_PATH, "the source path");
    }

    private final Filer filer;
    private final String folder;

    /** @param folder beside the compiler's own places, or null */
    WeightsFiles(ProcessingEnvironment environment, String folder) {
        this.filer = environment.getFiler();
        this.folder = folder;
    }

    /** The header of a network's file; nothing if it is not found or cannot be read, which is reported. */
    Optional<WeightsHeader> read(DeclaredNetwork network, ProblemReport report) {
        DeclaredWeights weights = network.weights();
        if (!NAME.matcher(weights.name()).matches()) {
            report.add(Problem.WEIGHTS_NAME, weights.origin().attribute("value"), weights.name());
            return Optional.empty();
        }
        String packageName = weights.isAbsolute() ? "" : network.packageName();
        String path = packageName.isEmpty() ? weights.path() : packageName.replace('.', '/') + "/" + weights.path();
        try {
            for (StandardLocation location : LOCATIONS.keySet()) {
                Optional<WeightsHeader> found = read(location, packageName, weights);
                if (found.isPresent()) {
                    return found;
                }
            }
            if (folder != null && Files.isRegularFile(Path.of(folder, path))) {
                return Optional.of(WeightsHeader.read(Path.of(folder, path), weights.entry()));
            }
        } catch (IOException e) {
            report.add(Problem.WEIGHTS_READ, weights.origin().attribute("value"), network.simpleName(), e.getMessage());
            return Optional.empty();
        } catch (IllegalArgumentException absent) {
            report.add(
                    Problem.WEIGHTS_ENTRY,
                    weights.origin().attribute(weights.entry() == null ? "value" : "entry"),
                    weights.name(),
                    network.simpleName(),
                    absent.getMessage());
            return Optional.empty();
        }
        report.add(
                Problem.WEIGHTS_FOUND,
                weights.origin().attribute("value"),
                weights.name(),
                network.simpleName(),
                places(path),
                folder == null
                        ? "Put the file there, or give the compiler -A" + ProcessorOptions.WEIGHTS
                                + "=FOLDER, from where it is " + path + "."
                        : "Put the file there.");
        return Optional.empty();
    }

    private String places(String path) {
        List<String> places = new ArrayList<>(LOCATIONS.values());
        if (folder != null) {
            places.add(folder + " (-A" + ProcessorOptions.WEIGHTS + ")");
        }
        String last = places.remove(places.size() - 1);
        return path + " in " + String.join(", ", places) + " or " + last;
    }

    /** Nothing where there is no such file. */
    private Optional<WeightsHeader> read(StandardLocation location, String packageName, DeclaredWeights weights)
            throws IOException {
        String path = weights.path();
        FileObject file = resource(location, packageName, path);
        if (file == null) {
            return Optional.empty();
        }
        URI place = file.toUri();
        if ("file".equals(place.getScheme())) {
            // of any length, of which the beginning is read
            Path onDisk = Path.of(place);
            return Files.isRegularFile(onDisk)
                    ? Optional.of(WeightsHeader.read(onDisk, weights.entry()))
                    : Optional.empty();
        }
        try (InputStream in = opened(file)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(WeightsHeader.read(path.substring(path.lastIndexOf('/') + 1), in, weights.entry()));
        }
    }

    /** Compilers refuse locations that they do not have, each with an exception of its own, or give null. */
    private FileObject resource(StandardLocation location, String packageName, String path) {
        try {
            return filer.getResource(location, packageName, path);
        } catch (IOException | RuntimeException absent) {
            return null;
        }
    }

    private static InputStream opened(FileObject file) {
        try {
            return file.openInputStream();
        } catch (IOException | RuntimeException absent) {
            return null;
        }
    }
}
