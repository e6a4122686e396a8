package dev.netwright.processor.drawn;

import dev.netwright.processor.generated.AnnotationText;
import dev.netwright.processor.generated.NetworkSource;
import dev.netwright.processor.graph.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An annotated class in parts that can be taken away one by one, and how it is run.
 *
 * @param blocks that layers use, each behind those that it uses
 * @param inputs in declared order
 * @param layers in declared order, each with its sources' names
 * @param outputs names of layers, in declared order
 * @param losses in declared order
 * @param frozen keys of layers whose parameters are not trained
 * @param inputGradient whether the gradient by the inputs is asked for
 * @param exact whether every convolution is computed directly
 * @param samples of a batch
 * @param numbers what inputs, targets and weights are drawn from
 */
public record DrawnNetwork(
        List<DrawnBlock> blocks,
        List<DrawnInput> inputs,
        List<DrawnLayer> layers,
        List<String> outputs,
        List<DrawnLoss> losses,
        List<String> frozen,
        boolean inputGradient,
        boolean exact,
        int samples,
        long numbers) {
    /**
     * An input.
     *
     * @param name what layers call it
     * @param shape of one sample
     * @param type of its elements
     */
    public record DrawnInput(String name, List<Integer> shape, String type) {
        public DrawnInput {
            shape = List.copyOf(shape);
        }

        boolean isFloats() {
            return type.equals("FLOAT32");
        }
    }

    /**
     * How often a layer stands in a row.
     *
     * @param times a number, or in the body of a block what it is computed from
     * @param key with {@code %d} where the number stands
     * @param first number, in keys
     */
    record DrawnRepeat(Object times, String key, int first) {}

    /**
     * A layer, or a block.
     *
     * @param name of the field
     * @param annotation simple name; a block's without the network's
     * @param attributes that are written, without {@code from}, by name: blocks draw from them in their order, and that of
     *     {@code Map.of} is another in each run
     * @param from the names of what it reads
     * @param kept whether its output is kept
     * @param repeat null where it stands once
     */
    public record DrawnLayer(
            String name,
            String annotation,
            Map<String, Object> attributes,
            List<String> from,
            boolean kept,
            DrawnRepeat repeat) {
        public DrawnLayer {
            attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
            from = List.copyOf(from);
        }

        DrawnLayer(String name, String annotation, Map<String, Object> attributes, List<String> from, boolean kept) {
            this(name, annotation, attributes, from, kept, null);
        }

        boolean isBlock() {
            return annotation.startsWith(BLOCK);
        }

        boolean isShared() {
            return annotation.equals("Shared");
        }

        /** The attributes that name other values, in the order in which these are read. */
        List<String> naming() {
            return Stream.of(isShared() ? new String[] {"value"} : NAMING)
                    .filter(attributes::containsKey)
                    .toList();
        }

        /** The names of fields that it depends on. */
        Stream<String> fields() {
            Stream<String> named = naming().stream().map(attributes::get).flatMap(value -> named(value).stream());
            return Stream.concat(from.stream(), named).map(DrawnNetwork::field);
        }

        DrawnLayer withAttributes(Map<String, Object> changed) {
            return new DrawnLayer(name, annotation, changed, from, kept, repeat);
        }

        DrawnLayer withFrom(List<String> changed) {
            return new DrawnLayer(name, annotation, attributes, changed, kept, repeat);
        }

        DrawnLayer withRepeat(DrawnRepeat changed) {
            return new DrawnLayer(name, annotation, attributes, from, kept, changed);
        }

        DrawnLayer asKept(boolean changed) {
            return new DrawnLayer(name, annotation, attributes, from, changed, repeat);
        }
    }

    /**
     * A loss.
     *
     * @param annotation simple name
     * @param attributes that are written, without {@code of}
     * @param of the layer it judges, most often an output
     * @param others that it judges besides, if it compares several
     */
    public record DrawnLoss(String annotation, Map<String, Object> attributes, String of, List<String> others) {
        public DrawnLoss {
            others = List.copyOf(others);
        }

        public DrawnLoss(String annotation, Map<String, Object> attributes, String of) {
            this(annotation, attributes, of, List.of());
        }

        /** All layers that it judges, in their order. */
        List<String> judged() {
            return Stream.concat(Stream.of(of), others.stream()).toList();
        }

        DrawnLoss withAttributes(Map<String, Object> changed) {
            return new DrawnLoss(annotation, changed, of, others);
        }

        /** With layers by other names. */
        DrawnLoss renamed(UnaryOperator<String> name) {
            return new DrawnLoss(
                    annotation,
                    attributes,
                    name.apply(of),
                    others.stream().map(name).toList());
        }
    }

    /** The attribute that names the pool whose maxima a layer takes. */
    static final String INDICES = "indices";

    /** The attribute that names what the rows of a bag are multiplied by. */
    static final String WEIGHTS = "perSampleWeights";

    /** The attributes that name what tells how many rows, or rows of the memory, a sample has. */
    static final String LENGTHS = "lengths";

    static final String MEMORY_LENGTHS = "memoryLengths";

    /** The attribute that names what a layer over time begins with. */
    static final String INITIAL = "initialState";

    private static final String[] NAMING = {INDICES, WEIGHTS, INITIAL, LENGTHS, MEMORY_LENGTHS};

    /** What the names of all blocks begin with. */
    static final String BLOCK = "Block";

    public DrawnNetwork {
        blocks = List.copyOf(blocks);
        inputs = List.copyOf(inputs);
        layers = List.copyOf(layers);
        outputs = List.copyOf(outputs);
        losses = List.copyOf(losses);
        frozen = List.copyOf(frozen);
    }

    /** What an attribute names: one value, or several. */
    static List<String> named(Object attribute) {
        return attribute instanceof List<?> several
                ? several.stream().map(String.class::cast).toList()
                : List.of((String) attribute);
    }

    /** As it was written, with other names. */
    static Object renamed(Object attribute, UnaryOperator<String> name) {
        return attribute instanceof List<?>
                ? named(attribute).stream().map(name).toList()
                : name.apply((String) attribute);
    }

    /** The field that a name with dots begins with. */
    static String field(String path) {
        int dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }

    /** With blocks put in and rows written out; an exception where something does not fit. */
    Expansion expansion() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        inputs.forEach(input -> shapes.put(input.name(), new Shape(input.shape())));
        Expansion expansion = new Expansion(shapes);
        blocks.forEach(expansion::add);
        layers.forEach(expansion::add);
        return expansion;
    }

    /** The layers of the expanded network. */
    List<DrawnLayer> flat() {
        return expansion().layers().stream().map(Expansion.Flat::layer).toList();
    }

    boolean sharesParameters() {
        return expansion().layers().stream()
                .anyMatch(
                        flat -> flat.twin() != null && !flat.made().parameters().isEmpty());
    }

    List<String> kept() {
        return flat().stream().filter(DrawnLayer::kept).map(DrawnLayer::name).toList();
    }

    boolean hasFloatInputs() {
        return inputs.stream().allMatch(DrawnInput::isFloats);
    }

    boolean contains(String annotation) {
        return flat().stream().anyMatch(layer -> layer.annotation().equals(annotation));
    }

    DrawnNetwork withLayers(List<DrawnLayer> changed) {
        return new DrawnNetwork(
                blocks, inputs, changed, outputs, losses, frozen, inputGradient, exact, samples, numbers);
    }

    DrawnNetwork withBlocks(List<DrawnBlock> changed) {
        return new DrawnNetwork(
                changed, inputs, layers, outputs, losses, frozen, inputGradient, exact, samples, numbers);
    }

    DrawnNetwork withInputs(List<DrawnInput> changed) {
        return new DrawnNetwork(
                blocks, changed, layers, outputs, losses, frozen, inputGradient, exact, samples, numbers);
    }

    DrawnNetwork withOutputs(List<String> changed) {
        return new DrawnNetwork(
                blocks, inputs, layers, changed, losses, frozen, inputGradient, exact, samples, numbers);
    }

    DrawnNetwork withLosses(List<DrawnLoss> changed) {
        return new DrawnNetwork(
                blocks, inputs, layers, outputs, changed, frozen, inputGradient, exact, samples, numbers);
    }

    DrawnNetwork withFrozen(List<String> changed) {
        return new DrawnNetwork(
                blocks, inputs, layers, outputs, losses, changed, inputGradient, exact, samples, numbers);
    }

    DrawnNetwork withOptions(boolean gradient, boolean precise, int batch) {
        return new DrawnNetwork(blocks, inputs, layers, outputs, losses, frozen, gradient, precise, batch, numbers);
    }

    DrawnNetwork withNumbers(long other) {
        return new DrawnNetwork(blocks, inputs, layers, outputs, losses, frozen, inputGradient, exact, samples, other);
    }

    /** The class as Java source; what has the value that it has unwritten is left out. */
    public String text(String name) {
        List<String> options = new ArrayList<>();
        boolean one = inputs.size() == 1 && inputs.get(0).name().equals("input");
        if (one) {
            options.add("input = " + braces(inputs.get(0).shape()));
            if (!inputs.get(0).isFloats()) {
                options.add("type = InputType." + inputs.get(0).type());
            }
        }
        if (inputGradient) {
            options.add("inputGradient = true");
        }
        if (exact) {
            options.add("precision = Precision.EXACT");
        }
        StringBuilder text = new StringBuilder("package " + NetworkSource.PACKAGE
                + ";\n\nimport dev.netwright.annotations.*;\n\n@Network"
                + (options.isEmpty() ? "" : "(" + String.join(", ", options) + ")") + "\n");
        for (DrawnInput input : one ? List.<DrawnInput>of() : inputs) {
            text.append("@Input(name = \"" + input.name() + "\", shape = " + braces(input.shape())
                    + (input.isFloats() ? "" : ", type = InputType." + input.type()) + ")\n");
        }
        for (DrawnLoss loss : losses) {
            Map<String, Object> attributes = new LinkedHashMap<>(loss.attributes());
            if (!loss.others().isEmpty()) {
                attributes.put("of", loss.judged());
            } else if (outputs.size() > 1 || !outputs.contains(loss.of())) {
                attributes.put("of", loss.of());
            }
            text.append(AnnotationText.of(loss.annotation(), attributes)).append('\n');
        }
        String patterns = expansion().layers().stream()
                .map(Expansion.Flat::key)
                .distinct()
                .filter(frozen::contains)
                .map(key -> "\"" + key + ".*\"")
                .collect(Collectors.joining(", "));
        text.append(patterns.isEmpty() ? "" : "@Frozen({" + patterns + "})\n");
        text.append("class ").append(name).append(" {\n");
        String last = layers.get(layers.size() - 1).name();
        List<String> names = inputs.stream().map(DrawnInput::name).toList();
        new FieldTexts(name, names, outputs.equals(List.of(last)) ? List.of() : outputs, layers)
                .lines()
                .forEach(line -> text.append("    ").append(line).append('\n'));
        text.append("}\n");
        blocks.forEach(block -> text.append(block.text(name)));
        return text.toString();
    }

    private static String braces(List<Integer> sizes) {
        return sizes.stream().map(String::valueOf).collect(Collectors.joining(", ", "{", "}"));
    }

    /** Outputs in the order of their fields. */
    List<String> ordered(List<String> names) {
        return IntStream.range(0, layers.size())
                .mapToObj(i -> layers.get(i).name())
                .filter(names::contains)
                .toList();
    }
}
