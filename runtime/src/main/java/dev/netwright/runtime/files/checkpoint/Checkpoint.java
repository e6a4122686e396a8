package dev.netwright.runtime.files.checkpoint;

import dev.netwright.runtime.MalformedFileException;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.Stateful;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.files.Safetensors;
import dev.netwright.runtime.optim.Optimizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A model and what trains it, saved to and loaded from one file as a whole: weights, buffers and the generator of the
 * random masks are always in it, and every part that was added.
 *
 * <pre>{@code
 * Checkpoint checkpoint = Checkpoint.of(net)
 *         .add("optimizer", optimizer)
 *         .add("schedule", schedule)
 *         .add("loader", loader);
 * }</pre>
 *
 * <p>Save between two training steps: gradients are not in it. The file is a safetensors file, of which
 * {@link Model#loadStateDict(Path)} takes the weights alone. Not thread-safe; nothing may train meanwhile.
 */
public final class Checkpoint {
    private final Model model;
    private final Map<String, Stateful> parts = new LinkedHashMap<>();

    private Checkpoint(Model model) {
        this.model = model;
        for (String key : model.stateDict().keySet()) {
            if (key.indexOf('/') >= 0) {
                throw new IllegalArgumentException("The state-dict key \"" + key + "\" has a slash, which in a"
                        + " checkpoint ends the name of a part. Give the layer another @Key.");
            }
        }
        // An inference-only model says here that it cannot be trained.
        model.generatorState();
    }

    /**
     * A checkpoint of a model alone.
     *
     * @param model the model
     * @return to which parts can be added
     * @throws IllegalArgumentException if a state-dict key has a slash
     * @throws IllegalStateException if the model was generated for inference only
     */
    public static Checkpoint of(Model model) {
        return new Checkpoint(model);
    }

    /**
     * Adds a part. An optimiser thereby becomes the model's.
     *
     * @param name under which the file holds it; the same when saving and loading
     * @param part an optimiser, a schedule, a loader, or a part of the application's own
     * @return this
     * @throws IllegalArgumentException if the name is empty, has a slash or is taken, or a group of the optimiser
     *     matches no parameter
     * @throws IllegalStateException if the optimiser belongs to another model
     */
    public Checkpoint add(String name, Stateful part) {
        Objects.requireNonNull(part, "part");
        if (name.isBlank() || name.matches("(?s).*[/=\\p{Cntrl}].*") || name.equals(CheckpointFile.MODEL)) {
            throw new IllegalArgumentException("A part's name is a word without slashes and other than \""
                    + CheckpointFile.MODEL + "\", but this one is \"" + name + "\".");
        }
        if (parts.containsKey(name)) {
            throw new IllegalArgumentException(
                    "The checkpoint has a part \"" + name + "\" already. Give this one another name.");
        }
        if (part instanceof Optimizer optimizer) {
            optimizer.bind(model);
        }
        parts.put(name, part);
        return this;
    }

    /**
     * Writes a file, crash-safe: whenever the machine stops, the old file or the complete new one is there.
     *
     * @param path the file; its folder must exist
     * @param progress how far training has come
     * @throws IOException if it cannot be written; the old file, or the complete new one, is then there
     */
    public void save(Path path, Progress progress) throws IOException {
        save(path, progress, OptionalDouble.empty());
    }

    void save(Path path, Progress progress, OptionalDouble metric) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>(model.stateDict());
        tensors.put(CheckpointFile.GENERATOR, model.generatorState());
        parts.forEach((name, part) -> part.stateDict().forEach((key, tensor) -> tensors.put(name + '/' + key, tensor)));
        Map<String, String> metadata = new LinkedHashMap<>(model.metadata());
        metadata.putAll(CheckpointFile.metadata(kinds(), progress, metric));
        metadata.put(Checksum.KEY, Checksum.of(tensors, metadata));
        Safetensors.write(path, tensors, metadata);
    }

    /**
     * Reads a file: all of the model and all parts, or nothing.
     *
     * @param path the file
     * @return how far training had come
     * @throws MalformedFileException if the file is damaged or no checkpoint
     * @throws IllegalArgumentException if it is of another network or of other parts, with the first difference
     * @throws IOException if it cannot be read
     */
    public Progress load(Path path) throws IOException {
        String source = String.valueOf(path.getFileName());
        Safetensors.Contents contents = Safetensors.read(path);
        CheckpointFile file = CheckpointFile.of(source, contents);
        List<Runnable> prepared = new ArrayList<>();
        // Also where a newer format is refused by name, whatever its checksum may be.
        prepared.add(model.prepareLoad(source, contents));
        file.requireChecksum();
        file.requireParts(kinds());
        prepared.add(file.prepareGenerator(model));
        parts.forEach((name, part) -> prepared.add(file.prepare(name, part)));
        Progress progress = file.progress();
        prepared.forEach(Runnable::run);
        return progress;
    }

    private Map<String, String> kinds() {
        Map<String, String> kinds = new LinkedHashMap<>();
        parts.forEach((name, part) -> kinds.put(name, part.stateKind()));
        return kinds;
    }
}
