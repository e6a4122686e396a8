package dev.netwright.runtime.files.checkpoint;

import dev.netwright.runtime.files.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of checkpoints of one training, the newest of which it resumes from. Files are named
 * {@code checkpoint-00000001.safetensors} and so on; others in the folder are left alone. Old ones are deleted once a
 * newer one is safely on the disk: unless told otherwise, the last three stay.
 *
 * <p>A folder serves one process at a time. Not thread-safe.
 */
public final class Checkpoints {
    private static final System.Logger LOGGER = System.getLogger("dev.netwright.runtime.files.checkpoint");
    private static final Pattern NAME = Pattern.compile("checkpoint-(\\d{8,18})\\.safetensors");
    /** What a process leaves behind that was killed while it wrote. */
    private static final Pattern STALE = Pattern.compile("\\.checkpoint-\\d{8,18}\\.safetensors\\..*\\.tmp");

    private final Path folder;
    /** Files that were found damaged: they do not count among the last. */
    private final Set<Path> damaged = new HashSet<>();

    private int last = 3;
    private Better better;
    private boolean searched;
    private Path best;
    private double bestMetric;

    private Checkpoints(Path folder) {
        this.folder = folder;
    }

    /**
     * The checkpoints in a folder.
     *
     * @param folder is created by the first save if it does not exist
     * @return keeps the last three
     */
    public static Checkpoints in(Path folder) {
        return new Checkpoints(Objects.requireNonNull(folder, "folder"));
    }

    /**
     * How many checkpoints stay.
     *
     * @param count at least 1; 3 unless set
     * @return this
     * @throws IllegalArgumentException if the count is below 1
     */
    public Checkpoints keepLast(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("At least 1 checkpoint must be kept, not " + count + ".");
        }
        last = count;
        return this;
    }

    /**
     * Also keeps the checkpoint with the best metric, however old; of equal ones the first. Checkpoints saved without a
     * metric, or with NaN, are never the best.
     *
     * @param which values of the metric are better
     * @return this
     */
    public Checkpoints keepBest(Better which) {
        better = Objects.requireNonNull(which, "which");
        searched = false;
        return this;
    }

    /**
     * Saves a new checkpoint, then deletes what need not stay.
     *
     * @param checkpoint what to save
     * @param progress how far training has come
     * @return the new file
     * @throws IOException if it cannot be written; all old ones are then still there
     */
    public Path save(Checkpoint checkpoint, Progress progress) throws IOException {
        return save(checkpoint, progress, OptionalDouble.empty());
    }

    /**
     * Saves a new checkpoint with the metric that {@link #keepBest} judges by, then deletes what need not stay.
     *
     * @param checkpoint what to save
     * @param progress how far training has come
     * @param metric such as the loss over the validation set
     * @return the new file
     * @throws IOException if it cannot be written; all old ones are then still there
     */
    public Path save(Checkpoint checkpoint, Progress progress, double metric) throws IOException {
        return save(checkpoint, progress, OptionalDouble.of(metric));
    }

    private Path save(Checkpoint checkpoint, Progress progress, OptionalDouble metric) throws IOException {
        Files.createDirectories(folder);
        deleteStale();
        findBest();
        TreeMap<Long, Path> files = files();
        long number = files.isEmpty() ? 1 : files.lastKey() + 1;
        Path file = folder.resolve(String.format(Locale.ROOT, "checkpoint-%08d.safetensors", number));
        checkpoint.save(file, progress, metric);
        challenge(file, metric);
        files.put(number, file);
        retain(files);
        return file;
    }

    /**
     * Loads the newest checkpoint that is not damaged. For each damaged one a warning with the reason goes to the logger
     * {@code dev.netwright.runtime.files.checkpoint}.
     *
     * @param checkpoint receives all of it, or nothing
     * @return how far training had come; empty if there is no checkpoint yet
     * @throws IllegalArgumentException if the newest sound one is of another network or of other parts, with the first
     *     difference
     * @throws IOException if there are checkpoints, but none can be read
     */
    public Optional<Progress> resume(Checkpoint checkpoint) throws IOException {
        IOException newest = null;
        for (Path file : files().descendingMap().values()) {
            try {
                return Optional.of(checkpoint.load(file));
            } catch (IOException unreadable) {
                warnDamaged(file, unreadable);
                newest = newest == null ? unreadable : newest;
            }
        }
        if (newest != null) {
            throw new IOException(
                    "None of the checkpoints in " + folder + " can be read. The newest: " + newest.getMessage(),
                    newest);
        }
        return Optional.empty();
    }

    /**
     * The file with the best metric.
     *
     * @return empty if no checkpoint has a metric
     * @throws IllegalStateException if {@link #keepBest} was not called
     * @throws IOException if the folder cannot be read
     */
    public Optional<Path> best() throws IOException {
        if (better == null) {
            throw new IllegalStateException("Call keepBest(Better.LOWER) or keepBest(Better.HIGHER) first.");
        }
        findBest();
        return Optional.ofNullable(best);
    }

    private TreeMap<Long, Path> files() throws IOException {
        TreeMap<Long, Path> files = new TreeMap<>();
        for (Path file : list()) {
            Matcher matcher = NAME.matcher(file.getFileName().toString());
            if (matcher.matches() && Files.isRegularFile(file)) {
                files.put(Long.parseLong(matcher.group(1)), file);
            }
        }
        return files;
    }

    private List<Path> list() throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    private void deleteStale() throws IOException {
        for (Path file : list()) {
            if (STALE.matcher(file.getFileName().toString()).matches()) {
                delete(file);
            }
        }
    }

    /** The best of an earlier process is known by its file only. */
    private void findBest() throws IOException {
        if (better == null || searched) {
            return;
        }
        best = null;
        for (Path file : files().values()) {
            try {
                String source = file.getFileName().toString();
                challenge(
                        file, CheckpointFile.of(source, Safetensors.read(file)).metric());
            } catch (IOException unreadable) {
                warnDamaged(file, unreadable);
            }
        }
        searched = true;
    }

    private void challenge(Path file, OptionalDouble metric) {
        if (better == null || metric.isEmpty() || Double.isNaN(metric.getAsDouble())) {
            return;
        }
        if (best == null || better.than(metric.getAsDouble(), bestMetric)) {
            best = file;
            bestMetric = metric.getAsDouble();
        }
    }

    private void warnDamaged(Path file, IOException reason) {
        if (damaged.add(file)) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "The checkpoint " + file + " cannot be read and is passed over: " + reason.getMessage());
        }
    }

    private void retain(TreeMap<Long, Path> files) {
        List<Path> newestFirst = new ArrayList<>(files.descendingMap().values());
        int kept = 0;
        for (Path file : newestFirst) {
            if (kept < last) {
                kept += damaged.contains(file) ? 0 : 1;
            } else if (!file.equals(best)) {
                delete(file);
            }
        }
    }

    /** What cannot be deleted wastes space, but the checkpoint that was asked for is there. */
    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException undeletable) {
            LOGGER.log(System.Logger.Level.WARNING, "Cannot delete " + file + ": " + undeletable.getMessage());
        }
    }
}
