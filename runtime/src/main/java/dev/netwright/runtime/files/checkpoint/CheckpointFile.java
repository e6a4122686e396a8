package dev.netwright.runtime.files.checkpoint;

import dev.netwright.runtime.DType;
import dev.netwright.runtime.MalformedFileException;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.Stateful;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.files.Safetensors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.StringJoiner;

/** The content of a checkpoint's file: what its metadata says, and which tensors are whose. */
record CheckpointFile(String source, Safetensors.Contents contents) {
    /** The name under which the file holds what belongs to the model beside its state dict. */
    static final String MODEL = "model";

    static final String GENERATOR = MODEL + "/generator";

    private static final String FORMAT = "netwright.checkpoint";
    private static final String EPOCH = "netwright.epoch";
    private static final String BATCH = "netwright.batch";
    private static final String METRIC = "netwright.metric";
    private static final String PARTS = "netwright.parts";

    static Map<String, String> metadata(Map<String, String> kinds, Progress progress, OptionalDouble metric) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(FORMAT, "1.0");
        metadata.put(EPOCH, Integer.toString(progress.epoch()));
        metadata.put(BATCH, Integer.toString(progress.batch()));
        metric.ifPresent(value -> metadata.put(METRIC, Double.toString(value)));
        StringJoiner lines = new StringJoiner("\n");
        kinds.forEach((name, kind) -> lines.add(name + "=" + kind));
        metadata.put(PARTS, lines.toString());
        return metadata;
    }

    /** Refuses what is no checkpoint, and what has a wrong checksum. */
    static CheckpointFile of(String source, Safetensors.Contents contents) throws MalformedFileException {
        CheckpointFile file = new CheckpointFile(source, contents);
        file.entry(FORMAT);
        String checksum = contents.metadata().get(Checksum.KEY);
        if (Checksum.known(checksum) && !checksum.equals(Checksum.of(contents.tensors(), contents.metadata()))) {
            throw new MalformedFileException(source + " is damaged: its checksum is "
                    + Checksum.of(contents.tensors(), contents.metadata()) + ", but it says " + checksum + ".");
        }
        return file;
    }

    /** A file of this format has a checksum; one of a newer format may have another kind. */
    void requireChecksum() throws MalformedFileException {
        if (!Checksum.known(entry(Checksum.KEY))) {
            throw new MalformedFileException(
                    source + " is damaged: \"" + entry(Checksum.KEY) + "\" is no checksum such as crc32c:0123abcd.");
        }
    }

    private String entry(String key) throws MalformedFileException {
        String value = contents.metadata().get(key);
        if (value == null) {
            throw new MalformedFileException(source + " is no checkpoint: its metadata has no " + key + ".");
        }
        return value;
    }

    Progress progress() throws MalformedFileException {
        try {
            return new Progress(Integer.parseInt(entry(EPOCH)), Integer.parseInt(entry(BATCH)));
        } catch (IllegalArgumentException malformed) {
            throw new MalformedFileException(source + " is no checkpoint: its epoch is \"" + entry(EPOCH)
                    + "\" and its batch \"" + entry(BATCH) + "\", which must be numbers from 0 on.");
        }
    }

    OptionalDouble metric() throws MalformedFileException {
        String metric = contents.metadata().get(METRIC);
        try {
            return metric == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(metric));
        } catch (NumberFormatException malformed) {
            throw new MalformedFileException(
                    source + " is no checkpoint: its metric is \"" + metric + "\", which must be a number.");
        }
    }

    /** Names the first difference of the parts, whose order does not matter. */
    void requireParts(Map<String, String> ours) throws MalformedFileException {
        Map<String, String> theirs = new LinkedHashMap<>();
        entry(PARTS).lines().forEach(line -> {
            int end = Math.max(line.indexOf('='), 0);
            theirs.put(line.substring(0, end), line.substring(Math.min(end + 1, line.length())));
        });
        theirs.forEach((name, kind) -> {
            if (!ours.containsKey(name)) {
                throw new IllegalArgumentException(source + " has a part \"" + name + "\" (" + kind
                        + "), which this checkpoint does not; nothing was changed. Call add(\"" + name
                        + "\", ...) before loading; the weights alone are read by the model's load.");
            }
            if (!ours.get(name).equals(kind)) {
                throw new IllegalArgumentException(source + " has a part \"" + name + "\" of the kind " + kind
                        + ", but this checkpoint's is of the kind " + ours.get(name) + "; nothing was changed.");
            }
        });
        ours.forEach((name, kind) -> {
            if (!theirs.containsKey(name)) {
                throw new IllegalArgumentException(source + " has no part \"" + name
                        + "\", which this checkpoint has; nothing was changed. It was saved with "
                        + (theirs.isEmpty() ? "no parts" : "the parts " + String.join(", ", theirs.keySet())) + ".");
            }
        });
    }

    Runnable prepareGenerator(Model model) throws MalformedFileException {
        Tensor state = contents.tensors().get(GENERATOR);
        if (state == null || state.dtype() != DType.I64 || state.size() != 2) {
            throw new MalformedFileException(
                    source + " is no checkpoint: its " + GENERATOR + " must be I64[2], but is " + state + ".");
        }
        return () -> model.generatorState(state);
    }

    Runnable prepare(String name, Stateful part) {
        String prefix = name + '/';
        Map<String, Tensor> state = new LinkedHashMap<>();
        contents.tensors().forEach((key, tensor) -> {
            if (key.startsWith(prefix)) {
                state.put(key.substring(prefix.length()), tensor);
            }
        });
        try {
            return part.prepareLoad(state);
        } catch (IllegalArgumentException mismatch) {
            throw new IllegalArgumentException(
                    source + ", part \"" + name + "\": " + mismatch.getMessage() + " Nothing was changed.", mismatch);
        }
    }
}
