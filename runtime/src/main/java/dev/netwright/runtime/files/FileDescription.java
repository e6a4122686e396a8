package dev.netwright.runtime.files;

import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.check.Shapes;
import dev.netwright.runtime.files.torch.TorchFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The text of {@link ModelFile#describe}. */
final class FileDescription {
    private static final int WIDEST_KEY = 44;
    /** Metadata that has lines of its own. */
    private static final String STRUCTURE = "netwright.structure";

    private FileDescription() {}

    static String of(Path path) throws IOException {
        String head = path.getFileName() + ", " + number(Files.size(path)) + " bytes: ";
        return switch (StateDicts.format(path)) {
            case SAFETENSORS -> head + safetensors(Safetensors.map(path));
            case TORCH -> head + "PyTorch, " + TorchFile.describe(path);
        };
    }

    private static String safetensors(Safetensors.Contents contents) {
        long elements = 0;
        for (Tensor tensor : contents.tensors().values()) {
            elements += tensor.size();
        }
        StringBuilder text = new StringBuilder();
        text.append("safetensors, ")
                .append(contents.tensors().size())
                .append(" tensors of ")
                .append(number(elements))
                .append(" elements\n");
        Map<String, String> notes = new LinkedHashMap<>(contents.metadata());
        String structure = notes.remove(STRUCTURE);
        if (!notes.isEmpty()) {
            text.append('\n');
            notes.forEach(
                    (key, value) -> text.append(key).append(": ").append(value).append('\n'));
        }
        if (structure != null) {
            text.append('\n').append(structure.stripTrailing()).append('\n');
        }
        return text.append('\n').append(table(contents.tensors())).toString().stripTrailing();
    }

    private static String table(Map<String, Tensor> tensors) {
        int width = 6;
        for (String key : tensors.keySet()) {
            width = Math.min(WIDEST_KEY, Math.max(width, key.length()));
        }
        StringBuilder text = new StringBuilder();
        String row = "%-" + width + "s  %-7s %-20s %s\n";
        text.append(String.format(Locale.ROOT, row, "tensor", "type", "shape", "bytes"));
        tensors.forEach((key, tensor) -> text.append(String.format(
                Locale.ROOT,
                row,
                key,
                tensor.dtype(),
                Shapes.text(tensor.shape()),
                number((long) tensor.size() * tensor.dtype().bits() / 8))));
        return text.toString();
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
