package dev.netwright.training.data;

import dev.netwright.runtime.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds the files of a CIFAR set in a folder or an archive. */
final class CifarFiles {

    private static final int MOST_RECORDS = (Integer.MAX_VALUE - 8) / CifarFormat.PICTURE;

    private CifarFiles() {}

    /** Both sets. */
    record Parts(ImageDataset train, ImageDataset test) {}

    static Parts read(Path source, CifarFormat format) throws IOException {
        if (!Files.exists(source)) {
            throw new MalformedFileException(source + " does not exist: name the folder of " + format.name()
                    + "'s files, or the archive that they come in.");
        }
        Map<String, CifarPart> parts = new TreeMap<>();
        if (Files.isDirectory(source)) {
            readFolder(source, format, parts);
        } else {
            TarGz.read(source, (name, content) -> {
                if (name.endsWith(".bin")) {
                    parts.put(name, CifarPart.ofRecords(source + ", " + name, content, format));
                } else if (format.isPickle(name)) {
                    parts.put(name, CifarPart.ofPickle(source + ", " + name, content, format));
                }
            });
        }
        return split(source, format, parts);
    }

    private static void readFolder(Path folder, CifarFormat format, Map<String, CifarPart> parts) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(Files::isRegularFile).sorted().toList();
        }
        boolean binary = files.stream().anyMatch(file -> file.toString().endsWith(".bin"));
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (binary ? name.endsWith(".bin") : format.isPickle(name)) {
                if (Files.size(file) > Integer.MAX_VALUE - 8) {
                    throw new MalformedFileException(file + " has " + Files.size(file)
                            + " bytes, too many for a file of " + format.name() + ".");
                }
                byte[] content = Files.readAllBytes(file);
                parts.put(
                        name,
                        binary
                                ? CifarPart.ofRecords(file.toString(), content, format)
                                : CifarPart.ofPickle(file.toString(), content, format));
            }
        }
    }

    private static Parts split(Path source, CifarFormat format, Map<String, CifarPart> parts) throws IOException {
        if (parts.isEmpty()) {
            throw new MalformedFileException(source + " holds no file of " + format.name() + ": neither *.bin, nor "
                    + format.trainFiles() + " and " + format.testFile() + ".");
        }
        CifarPart test = null;
        for (String name : List.copyOf(parts.keySet())) {
            if (format.isTest(name)) {
                test = parts.remove(name);
            }
        }
        if (test != null) {
            if (parts.isEmpty()) {
                throw new MalformedFileException(source + " holds " + format.testFile() + " alone: put "
                        + format.trainFiles() + " beside it to train on.");
            }
            return new Parts(whole(source, parts.values(), format), whole(source, List.of(test), format));
        }
        ImageDataset all = whole(source, parts.values(), format);
        int held = all.size() / 4;
        if (held == 0) {
            throw new MalformedFileException(source + " holds " + all.size() + " records and no " + format.testFile()
                    + ": at least 4 records are needed to hold back a quarter.");
        }
        return new Parts(all.slice(0, all.size() - held), all.slice(all.size() - held, all.size()));
    }

    private static ImageDataset whole(Path source, Collection<CifarPart> parts, CifarFormat format)
            throws MalformedFileException {
        long records = 0;
        for (CifarPart part : parts) {
            records += part.labels().length;
        }
        if (records > MOST_RECORDS) {
            throw new MalformedFileException(
                    source + " holds " + records + " records, but at most " + MOST_RECORDS + " fit in one array.");
        }
        byte[] pixels = new byte[(int) records * CifarFormat.PICTURE];
        byte[] labels = new byte[(int) records];
        int next = 0;
        for (CifarPart part : parts) {
            System.arraycopy(part.pixels(), 0, pixels, next * CifarFormat.PICTURE, part.pixels().length);
            System.arraycopy(part.labels(), 0, labels, next, part.labels().length);
            next += part.labels().length;
        }
        return ImageDataset.of(pixels, labels, new int[] {3, 32, 32}, format.classNames());
    }
}
