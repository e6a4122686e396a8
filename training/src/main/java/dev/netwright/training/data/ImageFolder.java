package dev.netwright.training.data;

import dev.netwright.runtime.MalformedFileException;
import dev.netwright.training.transforms.Image;
import dev.netwright.training.transforms.ImageSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;

/**
 * Pictures in folders, a folder for each class: {@code root/cat/1.png}, {@code root/dog/a/2.jpg}. Classes are the
 * sub-folders in the order of their names. The samples of a class are in torchvision's order: folder by folder in the
 * order of their paths as text, so that a folder's own files come before those of the folders in it, and in each by name;
 * {@code a-b} comes before {@code a/c}, capitals before small letters. Files are decoded when a sample is asked for, to
 * three channels whatever they hold; a picture can have any size, so {@link #transform} has to bring them to one. The
 * orientation that a file names is followed in TIFF files and passed over in JPEG files, as in torchvision.
 */
public final class ImageFolder implements ImageSource {

    private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "bmp", "gif", "tif", "tiff");
    /** Those that torchvision reads besides; the JDK has no reader for them, but other libraries bring some. */
    private static final Set<String> FOREIGN = Set.of("ppm", "pgm", "webp");

    private static final Comparator<String> BY_CODE_POINTS =
            (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

    private final List<Path> files;
    private final List<Path> unread;
    private final int[] labels;
    private final List<String> classNames;

    private ImageFolder(List<Path> files, List<Path> unread, int[] labels, List<String> classNames) {
        this.files = files;
        this.unread = unread;
        this.labels = labels;
        this.classNames = classNames;
    }

    /**
     * Lists the pictures, and opens none. What ends in {@code .png}, {@code .jpg}, {@code .jpeg}, {@code .bmp},
     * {@code .gif}, {@code .tif} or {@code .tiff} is one, in sub-folders too; links are followed. So is what ends in
     * {@code .webp}, {@code .ppm} or {@code .pgm}, if a library has brought {@code javax.imageio} a reader for it; else a
     * warning tells how many are left out, and {@link #unread} which.
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
                    .sorted(Comparator.comparing(ImageFolder::name, BY_CODE_POINTS))
                    .toList();
        }
        if (folders.isEmpty()) {
            throw new MalformedFileException(
                    root + " has no sub-folders, but pictures are to lie in a sub-folder for each class.");
        }
        List<Path> files = new ArrayList<>();
        List<Path> unread = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int label = 0; label < folders.size(); label++) {
            int before = files.size();
            List<Path> others = new ArrayList<>();
            for (Path picture : pictures(folders.get(label))) {
                if (isRead(extension(picture))) {
                    files.add(picture);
                    labels.add(label);
                } else {
                    others.add(picture);
                }
            }
            if (files.size() == before) {
                throw new MalformedFileException(folders.get(label)
                        + " holds no picture (png, jpg, jpeg, bmp, gif, tif or tiff), but each sub-folder is a class."
                        + (others.isEmpty() ? "" : " " + leftOut(others)));
            }
            unread.addAll(others);
        }
        if (!unread.isEmpty()) {
            System.getLogger("dev.netwright.training").log(System.Logger.Level.WARNING, root + ": " + leftOut(unread));
        }
        return new ImageFolder(
                List.copyOf(files),
                List.copyOf(unread),
                labels.stream().mapToInt(Integer::intValue).toArray(),
                folders.stream().map(ImageFolder::name).toList());
    }

    /** As torchvision walks them: folders in the order of their paths as text, in each the files by name. */
    private static List<Path> pictures(Path folder) throws IOException {
        Map<String, List<Path>> byFolder = new TreeMap<>(BY_CODE_POINTS);
        try (Stream<Path> entries = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            entries.filter(file -> isPicture(extension(file)) && !Files.isDirectory(file))
                    .forEach(file -> byFolder.computeIfAbsent(place(folder, file), any -> new ArrayList<>())
                            .add(file));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return byFolder.values().stream()
                .flatMap(files -> files.stream().sorted(Comparator.comparing(ImageFolder::name, BY_CODE_POINTS)))
                .toList();
    }

    /** The way from one folder to that of a file, with the same separator everywhere. */
    private static String place(Path from, Path file) {
        return StreamSupport.stream(from.relativize(file.getParent()).spliterator(), false)
                .map(Path::toString)
                .collect(Collectors.joining("/"));
    }

    private static boolean isPicture(String extension) {
        return EXTENSIONS.contains(extension) || FOREIGN.contains(extension);
    }

    private static boolean isRead(String extension) {
        return EXTENSIONS.contains(extension)
                || ImageIO.getImageReadersBySuffix(extension).hasNext();
    }

    /** In small letters; empty where there is none. */
    private static String extension(Path file) {
        String name = name(file).toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1);
    }

    private static String leftOut(List<Path> unread) {
        String extensions = unread.stream()
                .map(file -> "." + extension(file))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return unread.size() + (unread.size() == 1 ? " picture is" : " pictures are")
                + " left out, as the JDK reads no "
                + extensions + ", such as " + unread.get(0) + ". Convert them to png, or add a library that reads them"
                + " through javax.imageio.";
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    /**
     * Pictures that torchvision would read, but no reader here does: {@code .webp}, {@code .ppm} and {@code .pgm}. They
     * are no samples.
     *
     * @return their paths, empty where nothing was left out
     */
    public List<Path> unread() {
        return unread;
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
        image.readFile(files.get(index));
    }
}
