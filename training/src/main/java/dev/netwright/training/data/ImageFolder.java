package dev.netwright.training.data;

import dev.netwright.runtime.MalformedFileException;
import dev.netwright.training.transforms.Image;
import dev.netwright.training.transforms.ImageSpec;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Pictures in folders, a folder for each class: {@code root/cat/1.png}, {@code root/dog/a/2.jpg}. Classes are the
 * sub-folders in the order of their names, samples the files in the order of their paths, as in torchvision. Files are
 * decoded when a sample is asked for, to three channels whatever they hold; a picture can have any size, so
 * {@link #transform} has to bring them to one.
 */
public final class ImageFolder implements ImageSource {

    private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "bmp", "gif");

    private final List<Path> files;
    private final int[] labels;
    private final List<String> classNames;

    private ImageFolder(List<Path> files, int[] labels, List<String> classNames) {
        this.files = files;
        this.labels = labels;
        this.classNames = classNames;
    }

    /**
     * Lists the pictures, and opens none. What ends in {@code .png}, {@code .jpg}, {@code .jpeg}, {@code .bmp} or
     * {@code .gif} is one, in sub-folders too; links are followed.
     *
     * @param root the folder with a sub-folder for each class
     * @return the data set
     * @throws MalformedFileException if there is no sub-folder, or one holds no picture
     * @throws IOException if a folder cannot be read
     */
    public static ImageFolder read(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new MalformedFileException(root + (Files.exists(root) ? " is not a folder" : " does not exist")
                    + ": name the folder that holds a sub-folder for each class.");
        }
        List<Path> folders;
        try (Stream<Path> entries = Files.list(root)) {
            folders = entries.filter(Files::isDirectory)
                    .sorted((a, b) -> name(a).compareTo(name(b)))
                    .toList();
        }
        if (folders.isEmpty()) {
            throw new MalformedFileException(
                    root + " has no sub-folders, but pictures are to lie in a sub-folder for each class.");
        }
        List<Path> files = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int label = 0; label < folders.size(); label++) {
            List<Path> pictures = pictures(folders.get(label));
            if (pictures.isEmpty()) {
                throw new MalformedFileException(folders.get(label)
                        + " holds no picture (png, jpg, jpeg, bmp or gif), but each sub-folder is a class.");
            }
            files.addAll(pictures);
            for (int i = 0; i < pictures.size(); i++) {
                labels.add(label);
            }
        }
        return new ImageFolder(
                files,
                labels.stream().mapToInt(Integer::intValue).toArray(),
                folders.stream().map(ImageFolder::name).toList());
    }

    private static List<Path> pictures(Path folder) throws IOException {
        try (Stream<Path> entries = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return entries.filter(ImageFolder::isPicture).sorted().toList();
        }
    }

    private static boolean isPicture(Path file) {
        String name = name(file).toLowerCase(Locale.ROOT);
        return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1)) && Files.isRegularFile(file);
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    /**
     * The file of one sample.
     *
     * @param index the sample
     * @return its path
     */
    public Path file(int index) {
        return files.get(index);
    }

    @Override
    public int size() {
        return files.size();
    }

    @Override
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public int label(int index) {
        return labels[index];
    }

    @Override
    public ImageSpec imageSpec() {
        return new ImageSpec(3, ImageSpec.UNKNOWN, ImageSpec.UNKNOWN, false);
    }

    /**
     * Pictures as they are in files have no common layout.
     *
     * @throws IllegalStateException always
     */
    @Override
    public SampleLayout layout() {
        throw new IllegalStateException(
                "The pictures of a folder may differ in size, so they cannot be batched as they are:"
                        + " write folder.transform(Resize.of(256), CenterCrop.of(224), ToTensor.of()) or the like.");
    }

    @Override
    public void read(int index, Batch batch, int position, SampleContext context) {
        layout();
    }

    @Override
    public void load(int index, Image image) throws IOException {
        PictureFile.read(files.get(index), image);
    }
}
