package dev.netwright.training.data;

import dev.netwright.runtime.MalformedFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * CIFAR-100 (Krizhevsky 2009): colour pictures of 32 x 32 pixels, a hundred classes in twenty groups.
 *
 * @param train 50,000 pictures in the original
 * @param test 10,000 pictures in the original
 */
public record Cifar100(ImageDataset train, ImageDataset test) {

    /** Which of a picture's two labels is its class. */
    public enum Labels {
        /** One of a hundred classes, such as {@code trout}. */
        FINE,
        /** One of twenty groups, such as {@code fish}. */
        COARSE
    }

    private static final List<String> COARSE_NAMES =
            List.of(("aquatic_mammals fish flowers food_containers fruit_and_vegetables household_electrical_devices"
                            + " household_furniture insects large_carnivores large_man-made_outdoor_things"
                            + " large_natural_outdoor_scenes large_omnivores_and_herbivores medium_mammals"
                            + " non-insect_invertebrates people reptiles small_mammals trees vehicles_1 vehicles_2")
                    .split(" "));

    private static final List<String> FINE_NAMES = List.of(
            ("apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus butterfly camel can"
                            + " castle caterpillar cattle chair chimpanzee clock cloud cockroach couch crab crocodile cup"
                            + " dinosaur dolphin elephant flatfish forest fox girl hamster house kangaroo keyboard lamp"
                            + " lawn_mower leopard lion lizard lobster man maple_tree motorcycle mountain mouse mushroom"
                            + " oak_tree orange orchid otter palm_tree pear pickup_truck pine_tree plain plate poppy"
                            + " porcupine possum rabbit raccoon ray road rocket rose sea seal shark shrew skunk skyscraper"
                            + " snail snake spider squirrel streetcar sunflower sweet_pepper table tank telephone"
                            + " television tiger tractor train trout tulip turtle wardrobe whale willow_tree wolf woman"
                            + " worm")
                    .split(" "));

    /**
     * Reads it with the hundred fine labels.
     *
     * @param folder as for {@link #read(Path, Labels)}
     * @return both sets, their values scaled to [0, 1]
     * @throws MalformedFileException if a file is missing or damaged, or a label is out of range
     * @throws IOException if a file cannot be read
     */
    public static Cifar100 read(Path folder) throws IOException {
        return read(folder, Labels.FINE);
    }

    /**
     * Reads the binary or the Python version, unpacked or as the archive {@code .tar.gz} that it comes in: the files
     * {@code train.bin} and {@code test.bin}, or {@code train} and {@code test}, whose pickles are read as data.
     *
     * @param folder the folder, usually {@code cifar-100-binary} or {@code cifar-100-python}, or the archive
     * @param labels which labels are the classes
     * @return both sets, their values scaled to [0, 1]
     * @throws MalformedFileException if a file is missing or damaged, or a label is out of range
     * @throws IOException if a file cannot be read
     */
    public static Cifar100 read(Path folder, Labels labels) throws IOException {
        boolean fine = labels == Labels.FINE;
        CifarFiles.Parts parts = CifarFiles.read(
                folder,
                new CifarFormat(
                        "CIFAR-100",
                        fine ? FINE_NAMES : COARSE_NAMES,
                        2,
                        fine ? 1 : 0,
                        fine ? "fine_labels" : "coarse_labels",
                        "train",
                        "test"));
        return new Cifar100(parts.train(), parts.test());
    }
}
