package dev.netwright.training.tensorboard;

import dev.netwright.training.picture.ImageGrid;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The files of the Projector page: vectors, a label for each, a sheet of pictures, and a list of all such sets. */
final class Projector {
    private final Path folder;

    Projector(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes one set; labels may be empty and the pictures null.
     *
     * @param pictures as many as there are vectors
     * @param shape of one picture
     */
    void add(
            String tag,
            float[] vectors,
            int dimensions,
            List<String> labels,
            ImageGrid pictures,
            int[] shape,
            long step)
            throws IOException {
        String number = String.format(Locale.ROOT, "%05d", step);
        String place = number + "/" + tag.replaceAll("[^A-Za-z0-9._-]", "_");
        Path target = folder.resolve(place);
        Files.createDirectories(target);
        StringBuilder config = new StringBuilder("embeddings {\n")
                .append("  tensor_name: \"" + quoted(tag) + ":" + number + "\"\n")
                .append("  tensor_path: \"" + place + "/tensors.tsv\"\n");
        Files.writeString(target.resolve("tensors.tsv"), rows(vectors, dimensions));
        if (!labels.isEmpty()) {
            Files.writeString(target.resolve("metadata.tsv"), labels(labels));
            config.append("  metadata_path: \"" + place + "/metadata.tsv\"\n");
        }
        if (pictures != null) {
            int side = (int) Math.ceil(Math.sqrt(vectors.length / dimensions));
            pictures.columns(side).gap(0).background(Color.WHITE).writePng(target.resolve("sprite.png"));
            config.append("  sprite {\n    image_path: \"" + place + "/sprite.png\"\n    single_image_dim: " + shape[2]
                    + "\n    single_image_dim: " + shape[1] + "\n  }\n");
        }
        append(config.append("}\n").toString());
    }

    /** A set that was written before, as by a run that is resumed, is listed once. */
    private void append(String entry) throws IOException {
        Path list = folder.resolve("projector_config.pbtxt");
        String before = Files.exists(list) ? Files.readString(list) : "";
        if (!before.contains(entry)) {
            Files.writeString(list, before + entry);
        }
    }

    private static String rows(float[] vectors, int dimensions) {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < vectors.length; i++) {
            rows.append(vectors[i]).append((i + 1) % dimensions == 0 ? '\n' : '\t');
        }
        return rows.toString();
    }

    private static String labels(List<String> labels) {
        StringBuilder lines = new StringBuilder();
        for (String label : labels) {
            lines.append(label.replaceAll("[\t\r\n]", " ")).append('\n');
        }
        return lines.toString();
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
