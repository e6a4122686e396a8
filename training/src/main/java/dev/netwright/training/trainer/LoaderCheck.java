package dev.netwright.training.trainer;

import dev.netwright.runtime.DType;
import dev.netwright.runtime.LossDefinition;
import dev.netwright.runtime.ModelDefinition;
import dev.netwright.runtime.Port;
import dev.netwright.training.data.DataLoader;
import dev.netwright.training.data.Field;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Compares what a loader's samples consist of with what a network takes. Models accept arrays that are longer than
 * needed, so samples of another size would be trained on in the wrong places without a word.
 */
final class LoaderCheck {
    private final ModelDefinition network;
    private final DataLoader loader;
    /** How messages name the loader, such as {@code the training loader}. */
    private final String what;

    private LoaderCheck(ModelDefinition network, DataLoader loader, String what) {
        this.network = network;
        this.loader = loader;
        this.what = what;
    }

    /** Refuses what cannot be trained or measured by a loss. */
    static void training(ModelDefinition network, DataLoader loader, String what) {
        if (network.losses().isEmpty()) {
            throw new IllegalArgumentException(network.name() + " declares no loss, so there is nothing to train it by."
                    + " Add one to its class: @CrossEntropyLoss for classes, @MSELoss for values.");
        }
        predicting(network, loader, what);
    }

    /** Refuses what cannot be predicted on, or measured by the losses that there are. */
    static void predicting(ModelDefinition network, DataLoader loader, String what) {
        LoaderCheck check = new LoaderCheck(network, loader, what);
        check.batches();
        check.inputs();
        if (!network.losses().isEmpty()) {
            check.targets();
            check.classNames();
        }
    }

    private void batches() {
        if (loader.batches() == 0) {
            int samples = loader.allSamples();
            throw new IllegalArgumentException("There is no batch in " + what
                    + ": dropLast(true) leaves out a last batch"
                    + " that is not full, and " + samples + (samples == 1 ? " sample does" : " samples do")
                    + " not fill one of " + loader.batchSize() + ". Call dropLast(false), or batchSize(" + samples
                    + ") at most.");
        }
    }

    private void inputs() {
        List<Field> fields = loader.dataset().layout().inputs();
        List<Port> ports = network.inputs();
        count("input", ports.stream().map(LoaderCheck::field).toList(), fields);
        for (int i = 0; i < fields.size(); i++) {
            Field needed = field(ports.get(i));
            Field given = fields.get(i);
            if (needed.dtype() != given.dtype()) {
                refuse(input(i), needed, given, otherType(needed, given));
            }
            if (needed.size() != given.size()) {
                refuse(input(i), needed, given, otherSize(needed, given));
            }
            if (permuted(needed.shape(), given.shape())) {
                refuse(
                        input(i),
                        needed,
                        given,
                        "These are the same sizes in another order, so every value would be taken for another one."
                                + " Reorder the values of the samples; pictures are (channels, height, width).");
            }
        }
    }

    private String input(int i) {
        return network.inputs().size() == 1
                ? "an input"
                : "the input \"" + network.inputs().get(i).name() + "\"";
    }

    private static Field field(Port port) {
        return new Field(port.type(), Arrays.stream(port.shape()).boxed().toList());
    }

    private static Field field(LossDefinition loss) {
        return new Field(
                loss.hasIndices() ? DType.I32 : DType.F32,
                Arrays.stream(loss.targetShape()).boxed().toList());
    }

    private static String otherType(Field needed, Field given) {
        String network = "declare type = InputType."
                + switch (given.dtype()) {
                    case U8 -> "UINT8, with @Normalize as the first layer, which makes floats of bytes.";
                    case I32 -> "INT32.";
                    default -> "FLOAT32.";
                };
        String data = switch (needed.dtype()) {
            case U8 -> "Let the samples be bytes, as ImageDataset.bytes() gives them, or ";
            case I32 -> "Let the samples be integers, or ";
            default ->
                given.dtype() == DType.U8
                        ? "Let the samples be floats, by ToTensor or without bytes(), or "
                        : "Let the samples be floats, or ";
        };
        return data + network;
    }

    private static String otherSize(Field needed, Field given) {
        return "Declare input = " + braces(given.shape()) + " in the network, or let the samples have "
                + needed.size() + " values"
                + (given.shape().size() > 1 ? ", pictures by Resize or CenterCrop." : ": choose the columns.");
    }

    private static String braces(List<Integer> shape) {
        return shape.size() == 1
                ? shape.get(0).toString()
                : shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "{", "}"));
    }

    /** Whether the sizes are the same in another order; sizes of 1 change no place. */
    private static boolean permuted(List<Integer> needed, List<Integer> given) {
        List<Integer> one = needed.stream().filter(size -> size > 1).toList();
        List<Integer> other = given.stream().filter(size -> size > 1).toList();
        return !one.equals(other)
                && one.stream().sorted().toList().equals(other.stream().sorted().toList());
    }

    private void targets() {
        List<Field> fields = loader.dataset().layout().targets();
        List<LossDefinition> losses = network.targetedLosses();
        count("target", losses.stream().map(LoaderCheck::field).toList(), fields);
        for (int i = 0; i < fields.size(); i++) {
            LossDefinition loss = losses.get(i);
            Field needed = field(loss);
            Field given = fields.get(i);
            String target = "a target for " + loss.name();
            if (needed.dtype() != given.dtype()) {
                refuse(
                        target,
                        needed,
                        given,
                        loss.hasIndices()
                                ? "Let the targets be integers, such as CsvDataset's label(...), or declare a loss of"
                                        + " values, such as @MSELoss."
                                : "Let the targets be floats, such as CsvDataset's targets(...), or declare a loss of"
                                        + " classes, such as @CrossEntropyLoss.");
            }
            if (needed.size() != given.size() || permuted(needed.shape(), given.shape())) {
                refuse(
                        target,
                        needed,
                        given,
                        "Let the targets have this shape, or change the output that " + loss.name() + " compares.");
            }
        }
    }

    private void classNames() {
        int named = loader.dataset().classNames().size();
        LossDefinition loss = network.losses().get(0);
        if (named > 0 && loss.hasIndices() && named != loss.classes()) {
            throw new IllegalArgumentException(network.name() + " tells " + loss.classes()
                    + " classes apart, but the samples of " + what + " are of " + named + ": "
                    + abbreviated(loader.dataset().classNames()) + ". Give its last layer " + named
                    + " outputs, or let the data set have the network's classes.");
        }
    }

    private static String abbreviated(List<String> names) {
        String text = names.stream().limit(5).collect(Collectors.joining(", "));
        return names.size() > 5 ? text + ", ..." : text;
    }

    private void count(String kind, List<Field> needed, List<Field> given) {
        if (needed.size() != given.size()) {
            throw new IllegalArgumentException(network.name() + " takes " + number(needed.size(), kind) + ", " + needed
                    + ", but the samples of " + what + " have " + number(given.size(), kind)
                    + (given.isEmpty() ? "" : ", " + given) + ". Let the data set have one for each "
                    + (kind.equals("input") ? "@Input" : "loss") + ", in declared order.");
        }
    }

    private static String number(int count, String kind) {
        return count == 0 ? "no " + kind : count == 1 ? "1 " + kind : count + " " + kind + "s";
    }

    private void refuse(String place, Field needed, Field given, String advice) {
        throw new IllegalArgumentException(network.name() + " takes " + place + " of " + described(needed)
                + ", but the samples of " + what + " have " + described(given) + ". " + advice);
    }

    private static String described(Field field) {
        return field + (field.size() == 1 ? " (1 value)" : " (" + field.size() + " values)");
    }
}
