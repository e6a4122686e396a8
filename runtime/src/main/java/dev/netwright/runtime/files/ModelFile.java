package dev.netwright.runtime.files;

import dev.netwright.runtime.DType;
import dev.netwright.runtime.LayerDefinition;
import dev.netwright.runtime.MalformedFileException;
import dev.netwright.runtime.ModelDefinition;
import dev.netwright.runtime.Parameters;
import dev.netwright.runtime.Port;
import dev.netwright.runtime.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a whole model's file says beside the weights, in the metadata of its safetensors file: the structure as text,
 * one line for each input, layer and output, and its fingerprint.
 */
public final class ModelFile {
    private static final int FORMAT_MAJOR = 1;
    private static final String FORMAT = "netwright.format";
    private static final String STRUCTURE = "netwright.structure";
    private static final String CHECKPOINT = "netwright.checkpoint";
    private static final String LOSS_WEIGHTS = "netwright.lossweights";

    private ModelFile() {}

    /**
     * Describes a file of weights for people: format, sizes, the network's structure where the file has it, and every
     * tensor with its type and shape. The tensors' values are not read.
     *
     * @param path a safetensors file (state dict, whole model or checkpoint) or one of PyTorch's
     * @return lines of mostly 80 columns, without a line end after the last
     * @throws MalformedFileException if the file is damaged or of another format
     * @throws IOException if it cannot be read
     */
    public static String describe(Path path) throws IOException {
        return FileDescription.of(path);
    }

    /**
     * What a model's file says beside the weights.
     *
     * @param definition what the model is
     * @param lossWeights what its losses were given, or nothing
     * @return structure, fingerprint and versions, for the metadata of a safetensors file
     */
    public static Map<String, String> metadata(ModelDefinition definition, String lossWeights) {
        Map<String, String> metadata = new LinkedHashMap<>();
        // What Python libraries look for.
        metadata.put("format", "pt");
        metadata.put(FORMAT, FORMAT_MAJOR + ".0");
        metadata.put("netwright.version", definition.version());
        metadata.put("netwright.network", definition.name());
        metadata.put("netwright.fingerprint", fingerprint(definition));
        metadata.put(STRUCTURE, structure(definition));
        if (!lossWeights.isEmpty()) {
            metadata.put(LOSS_WEIGHTS, lossWeights);
        }
        return metadata;
    }

    /**
     * What a model's losses were given when the file was written.
     *
     * @param contents the file's
     * @return empty if they were given nothing
     */
    public static String lossWeights(Safetensors.Contents contents) {
        return contents.metadata().getOrDefault(LOSS_WEIGHTS, "");
    }

    /**
     * Checks a file for a model and changes nothing yet.
     *
     * @param definition what the model is
     * @param parameters its weights
     * @param source the file, for messages
     * @param contents what was read
     * @return takes the weights over; fails only if another thread trains then
     * @throws MalformedFileException if the metadata makes no sense
     * @throws IllegalArgumentException if structure, keys or shapes differ, with the first difference
     */
    public static Runnable prepareLoad(
            ModelDefinition definition, Parameters parameters, String source, Safetensors.Contents contents)
            throws MalformedFileException {
        String format = contents.metadata().get(FORMAT);
        if (format != null) {
            checkFormat(source, "format", format);
        }
        String checkpoint = contents.metadata().get(CHECKPOINT);
        if (checkpoint != null) {
            checkFormat(source, "checkpoint format", checkpoint);
        }
        String structure = contents.metadata().get(STRUCTURE);
        if (structure != null) {
            checkStructure(source, structure, structure(definition));
        }
        try {
            return parameters.prepareLoad(weights(contents));
        } catch (IllegalArgumentException mismatch) {
            throw new IllegalArgumentException(source + ": " + mismatch.getMessage(), mismatch);
        }
    }

    /**
     * A file's tensors without those that a checkpoint has beside the model's.
     *
     * @param contents the file's
     * @return by key, in the order of the file
     */
    public static Map<String, Tensor> weights(Safetensors.Contents contents) {
        Map<String, Tensor> weights = new LinkedHashMap<>(contents.tensors());
        weights.keySet().removeIf(key -> !isWeight(key, contents.metadata()));
        return weights;
    }

    /** Whether a tensor is the model's: the parts that a checkpoint has beside it are named part/key. */
    static boolean isWeight(String key, Map<String, String> metadata) {
        return !metadata.containsKey(CHECKPOINT) || key.indexOf('/') < 0;
    }

    private static void checkFormat(String source, String what, String format) throws MalformedFileException {
        int major;
        try {
            major = Integer.parseInt(format.split("\\.", 2)[0]);
        } catch (NumberFormatException malformed) {
            throw new MalformedFileException(
                    source,
                    SafetensorsJson.START,
                    "its metadata give its " + what + " as " + SafetensorsJson.quoted(format)
                            + ", not as a version such as 1.0");
        }
        if (major > FORMAT_MAJOR) {
            throw new IllegalArgumentException(source + " has the " + what + " " + format + ", but this version of"
                    + " Netwright reads formats up to " + FORMAT_MAJOR + ". Use a newer Netwright.");
        }
    }

    private static void checkStructure(String source, String found, String expected) {
        if (found.equals(expected)) {
            return;
        }
        List<String> theirs = found.lines().toList();
        List<String> ours = expected.lines().toList();
        int line = 0;
        while (line < Math.min(theirs.size(), ours.size()) && theirs.get(line).equals(ours.get(line))) {
            line++;
        }
        throw new IllegalArgumentException(source + " holds a network of another structure; the model is unchanged."
                + " The first difference:\n  file:  " + lineOrEnd(theirs, line) + "\n  model: " + lineOrEnd(ours, line)
                + "\nTo take over the weights that fit: model.loadStateDict(StateDicts.read(path), false).");
    }

    private static String lineOrEnd(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index) : "(nothing more)";
    }

    static String structure(ModelDefinition definition) {
        StringBuilder text = new StringBuilder();
        for (Port input : definition.inputs()) {
            text.append("input ")
                    .append(input.name())
                    .append(input.type() == DType.F32 ? " " : " " + input.type() + " ")
                    .append(Arrays.toString(input.shape()))
                    .append('\n');
        }
        for (LayerDefinition layer : definition.layers()) {
            text.append(layer.key()).append(" = ").append(layer);
            String unprinted = layer.attributes().unprinted();
            if (!unprinted.isEmpty()) {
                text.append(" [").append(unprinted).append(']');
            }
            text.append(" of");
            String separator = " ";
            for (int input : layer.inputs()) {
                text.append(separator).append(name(definition, input));
                separator = ", ";
            }
            text.append(": ").append(Arrays.toString(layer.outputShape())).append('\n');
        }
        for (Port output : definition.outputs()) {
            text.append("output ").append(Arrays.toString(output.shape())).append('\n');
        }
        return text.toString();
    }

    private static String name(ModelDefinition definition, int index) {
        return index < 0
                ? definition.inputs().get(-1 - index).name()
                : definition.layers().get(index).key();
    }

    /**
     * Identifies a structure: inputs, layers with their attributes, and how they are connected.
     *
     * @param definition what a model is
     * @return SHA-256, 64 hexadecimal digits
     */
    public static String fingerprint(ModelDefinition definition) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(structure(definition).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256.", impossible);
        }
    }
}
