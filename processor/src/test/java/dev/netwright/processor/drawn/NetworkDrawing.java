package dev.netwright.processor.drawn;

import dev.netwright.processor.drawn.DrawnNetwork.DrawnInput;
import dev.netwright.processor.drawn.DrawnNetwork.DrawnLayer;
import dev.netwright.processor.drawn.DrawnNetwork.DrawnLoss;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.ParameterDeclaration;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.operators.Dice;
import dev.netwright.processor.reference.ReferenceDraws;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Draws networks over all operators and attributes: chains and branches that join again, several inputs, outputs and
 * losses. Sizes are small, as the kernels run interpreted; some networks are begun so that they reach algorithms that
 * want more channels than most have.
 */
public final class NetworkDrawing {
    private static final List<String> IMAGE_LAYERS = List.of(
            "Conv2d",
            "Conv2d",
            "Conv2d",
            "Conv2d",
            "Conv2d",
            "ConvTranspose2d",
            "MaxPool2d",
            "MaxPool2d",
            "AvgPool2d",
            "AdaptiveAvgPool2d",
            "AdaptiveMaxPool2d",
            "Upsample",
            "BatchNorm2d",
            "BatchNorm2d",
            "Dropout2d",
            "LayerNorm2d");
    private static final List<String> VOLUME_LAYERS = List.of(
            "Conv3d",
            "Conv3d",
            "Conv3d",
            "Conv3d",
            "ConvTranspose3d",
            "MaxPool3d",
            "AvgPool3d",
            "AdaptiveAvgPool3d",
            "AdaptiveMaxPool3d",
            "BatchNorm3d");
    private static final List<String> SEQUENCE_LAYERS = List.of(
            "Conv1d",
            "Conv1d",
            "Conv1d",
            "Conv1d",
            "ConvTranspose1d",
            "MaxPool1d",
            "MaxPool1d",
            "AvgPool1d",
            "AdaptiveAvgPool1d",
            "AdaptiveMaxPool1d",
            "BatchNorm1d",
            "BatchNorm1d",
            "Dropout1d");
    private static final List<String> LAYERS = List.of(
            "Linear",
            "Linear",
            "BatchNorm1d",
            "GroupNorm",
            "GroupNorm",
            "LayerNorm",
            "LocalResponseNorm",
            "Pad",
            "Normalize",
            "ReLU",
            "ReLU",
            "ReLU6",
            "LeakyReLU",
            "Sigmoid",
            "Tanh",
            "SiLU",
            "GELU",
            "Hardswish",
            "Hardsigmoid",
            "PReLU",
            "Softmax",
            "LogSoftmax",
            "Dropout",
            "StochasticDepth",
            "Flatten",
            "ChannelShuffle",
            "Permute",
            "Slice",
            "Chunk",
            "Identity",
            "Custom",
            "Add",
            "Add",
            "Mul",
            "Concat",
            "Concat");

    /** Of each of these few are drawn, as what they are drawn for is the code around them. */
    private static final List<String> ACTIVATIONS = List.of(
            "AlphaDropout",
            "CELU",
            "ELU",
            "FeatureAlphaDropout",
            "GLU",
            "Hardshrink",
            "Hardtanh",
            "LogSigmoid",
            "Mish",
            "RReLU",
            "SELU",
            "Softmax2d",
            "Softmin",
            "Softplus",
            "Softshrink",
            "Softsign",
            "Tanhshrink",
            "Threshold",
            "Clamp",
            "InstanceNorm1d",
            "InstanceNorm2d",
            "InstanceNorm3d",
            "LpNormalize",
            "Max",
            "Maximum",
            "Mean",
            "Min",
            "Minimum",
            "Power",
            "RMSNorm",
            "Sub",
            "Sum");

    /** Layers whose draws are read from their outputs, which must be kept. */
    static final Set<String> DRAWING = Set.of(
            "Dropout",
            "Dropout1d",
            "Dropout2d",
            "Dropout3d",
            "AlphaDropout",
            "FeatureAlphaDropout",
            "RReLU",
            "StochasticDepth");

    private static final Set<String> JOINS = Set.of("Add", "Mul", "Concat", "Maximum", "Minimum", "Sub");

    private static final Set<String> PAIRS = Set.of("Maximum", "Minimum", "Sub");

    /** Elements of a value. */
    private static final int MOST_ELEMENTS = 1200;

    /** Operations of a layer on one sample; algorithms that want many channels get more. */
    private static final long MOST_WORK = 40_000;

    private static final long MOST_WORK_OF_MANY_CHANNELS = 600_000;

    /** A weight gradient by Winograd's algorithm wants 64 channels on both sides. */
    private static final long MOST_WORK_OF_64_CHANNELS = 2_000_000;

    /** Operations of a batch. */
    private static final long MOST_WORK_OF_BATCH = 900_000;

    /** Of the expanded network: each is compiled. */
    private static final int MOST_LAYERS = 20;

    /** How often a network is drawn that is composed of blocks and rows. */
    private static final int COMPOSED = 3;

    private final Dice dice;
    private final List<DrawnInput> inputs = new ArrayList<>();
    private final List<DrawnLayer> layers = new ArrayList<>();
    private final CompositionDrawing composition;
    private Expansion expansion = new Expansion(Map.of());

    /** By all names that can be read. */
    private final Map<String, Shape> shapes = new LinkedHashMap<>();

    private long work;

    private NetworkDrawing(Dice dice, CompositionDrawing composition) {
        this.dice = dice;
        this.composition = composition;
    }

    /** The same network for the same seed. */
    public static DrawnNetwork draw(long seed) {
        Dice dice = new Dice(seed);
        boolean composed = new Dice(~seed).once(COMPOSED);
        return new NetworkDrawing(dice, composed ? new CompositionDrawing(dice) : null).network(seed);
    }

    /**
     * The body of a block.
     *
     * @param inputs the shapes of its inputs by name
     * @param composition draws the blocks in it, or null
     */
    static NetworkDrawing body(Map<String, Shape> inputs, Dice dice, CompositionDrawing composition) {
        NetworkDrawing body = new NetworkDrawing(dice, composition);
        inputs.forEach((name, shape) -> body.input(name, shape.sizes(), "FLOAT32"));
        for (int count = dice.from(1, 4); count > 0; count--) {
            body.step();
        }
        if (inputs.size() > 1 || dice.once(3)) {
            String other = dice.one(List.copyOf(inputs.keySet()));
            body.add(dice.one("Add", "Mul", "Concat"), Map.of(), List.of(body.latest(), other));
        }
        return body;
    }

    List<DrawnLayer> layers() {
        return layers;
    }

    Map<String, Shape> shapes() {
        return shapes;
    }

    Expansion expansion() {
        return expansion;
    }

    private DrawnNetwork network(long seed) {
        int kind = dice.from(1, 100);
        if (kind <= 11) {
            beginWinograd();
        } else if (kind <= 27) {
            beginSparse();
        } else if (kind <= 31) {
            beginDepthwise();
        } else if (kind <= 35) {
            beginRows();
        } else {
            beginAnyhow();
        }
        for (int count = dice.from(layers.isEmpty() ? 1 : 0, 8); count > 0; count--) {
            step();
        }
        if (layers.isEmpty()) {
            add("Identity", Map.of(), List.of(inputs.get(0).name()));
        }
        if (dice.once(3)) {
            head();
        }
        return finish(seed);
    }

    private void input(String name, List<Integer> shape, String type) {
        inputs.add(new DrawnInput(name, shape, type));
        shapes.put(name, new Shape(shape));
        expansion = new Expansion(shapes);
        if (composition != null) {
            composition.blocks().forEach(expansion::add);
        }
    }

    private void beginAnyhow() {
        int count = dice.once(4) ? dice.from(2, 3) : 1;
        List<Integer> shape = shape();
        for (int i = 0; i < count; i++) {
            List<Integer> own = new ArrayList<>(shape);
            if (dice.flip()) {
                own.set(0, dice.one(1, 2, 3, 4, 8, 16));
            } else if (dice.once(4)) {
                own = shape();
            }
            String type = dice.once(8) ? dice.one("UINT8", "UINT8", "INT32") : "FLOAT32";
            input(count == 1 ? "input" : String.valueOf((char) ('a' + i)), own, type);
        }
        for (DrawnInput input : List.copyOf(inputs)) {
            if (!input.isFloats() && dice.from(1, 4) > 1) {
                if (input.type().equals("INT32") && dice.flip()) {
                    add("OneHot", Map.of("numClasses", 5), List.of(input.name()));
                    continue;
                }
                double deviation = input.type().equals("INT32") ? 150 : 0.3;
                add("Normalize", Map.of("mean", 0.25, "std", deviation), List.of(input.name()));
            }
        }
    }

    private List<Integer> shape() {
        return switch (dice.from(1, 10)) {
            case 1 -> List.of(dice.one(1, 2, 3, 5, 8, 13, 16, 17, 33));
            case 2 -> List.of(dice.channels(), dice.from(1, 7));
            case 4 -> List.of(dice.one(1, 2, 3, 8, 16, 17), dice.from(1, 24));
            case 3 -> List.of(dice.from(1, 4), dice.from(1, 3), dice.from(1, 5), dice.from(1, 5));
            default -> List.of(dice.one(1, 1, 2, 3, 3, 4, 5, 6, 8, 16, 17, 32), side(), side());
        };
    }

    private int side() {
        return dice.one(1, 1, 2, 3, 4, 5, 6, 7, 8, 8, 9, 11);
    }

    /** A convolution with many channels whose output has four tiles. */
    private void beginWinograd() {
        boolean large = dice.once(30);
        int kernel = large ? 3 : dice.one(3, 3, 3, 5);
        int most = large ? 5 : kernel == 3 ? 8 : 6;
        int side = dice.from(5, most);
        int other = dice.from(5, most);
        if (large || dice.flip()) {
            input("input", List.of(large ? 64 : 16, side, other), "FLOAT32");
        } else {
            input("input", List.of(dice.from(1, 4), side, other), "FLOAT32");
            add("Conv2d", Map.of("outChannels", dice.one(16, 17, 24), "kernelSize", 1), List.of("input"));
            if (dice.flip()) {
                add(dice.one("ReLU", "SiLU"), Map.of(), List.of(latest()));
            }
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("outChannels", large ? 64 : dice.one(16, 16, 17, 24));
        attributes.put("kernelSize", kernel);
        attributes.put("padding", kernel / 2);
        if (dice.once(3)) {
            attributes.put("bias", false);
        }
        add("Conv2d", attributes, List.of(latest()), large ? MOST_WORK_OF_64_CHANNELS : MOST_WORK_OF_MANY_CHANNELS);
        behind();
    }

    private void beginSparse() {
        input("input", List.of(dice.one(1, 2, 3, 4), dice.from(4, 8), dice.from(4, 8)), "FLOAT32");
        if (dice.flip()) {
            add("Conv2d", Map.of("outChannels", dice.one(1, 2, 3, 4), "kernelSize", 3, "padding", 1), List.of("input"));
        }
        int kernel = dice.one(1, 3, 3, 5);
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("outChannels", dice.one(8, 13, 16, 17));
        attributes.put("kernelSize", kernel);
        attributes.put("padding", kernel / 2);
        add("Conv2d", attributes, List.of(latest()));
        if (dice.once(5)) {
            add(dice.one("ReLU", "Tanh", "LeakyReLU"), Map.of(), List.of(latest()));
        }
        add("MaxPool2d", Map.of("kernelSize", 2), List.of(latest()));
        if (dice.once(3)) {
            add(dice.one("ReLU", "Tanh", "LeakyReLU"), Map.of(), List.of(latest()));
        }
    }

    private void beginDepthwise() {
        int channels = dice.one(2, 8, 16, 17, 32);
        input("input", List.of(channels, dice.from(1, 8), dice.from(1, 8)), "FLOAT32");
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("outChannels", channels);
        attributes.put("kernelSize", dice.one(1, 3, 3, 5));
        attributes.put("padding", dice.from(0, 2));
        attributes.put("groups", channels);
        if (dice.once(3)) {
            attributes.put("stride", 2);
        }
        add("Conv2d", attributes, List.of("input"));
        behind();
    }

    /** Rows by indices: one by one, a sequence of them, or channels of images. */
    private void beginRows() {
        input("input", dice.flip() ? List.of(dice.from(1, 8)) : List.of(dice.from(1, 5), dice.from(1, 5)), "INT32");
        String first = shapes.get("input").rank() == 1 && dice.flip() ? "EmbeddingBag" : "Embedding";
        add(first, LayerDrawing.attributes(first, shapes.get("input"), dice), List.of("input"));
        if (dice.once(4)) {
            add("Embedding", LayerDrawing.attributes("Embedding", shapes.get("input"), dice), List.of("input"));
        }
    }

    /** What is fused behind a convolution. */
    private void behind() {
        if (dice.once(3)) {
            add("BatchNorm2d", Map.of(), List.of(latest()));
        }
        if (dice.flip()) {
            add(dice.one("ReLU", "ReLU6", "LeakyReLU", "SiLU"), Map.of(), List.of(latest()));
        }
        if (dice.once(3)) {
            add(dice.one("MaxPool2d", "AvgPool2d"), Map.of("kernelSize", 2), List.of(latest()));
        }
    }

    private String latest() {
        List<String> values = expansion.values(
                layers.isEmpty()
                        ? inputs.get(0).name()
                        : layers.get(layers.size() - 1).name());
        return values.get(values.size() - 1);
    }

    private void step() {
        String from = dice.once(4) ? dice.one(List.copyOf(shapes.keySet())) : latest();
        List<String> own = ofRank(shapes.get(from).rank());
        if (composition != null && dice.once(2) && composition.draw(this, from)) {
            return;
        }
        for (int attempt = 0; attempt < 20; attempt++) {
            if (dice.once(12) && gate(from)) {
                return;
            }
            String annotation = dice.one(!own.isEmpty() && dice.flip() ? own : dice.once(12) ? few() : LAYERS);
            boolean added = MatrixDrawing.JOINS.contains(annotation)
                    ? add(
                            annotation,
                            MatrixDrawing.attributes(annotation, dice),
                            MatrixDrawing.inputs(from, shapes, dice))
                    : JOINS.contains(annotation)
                            ? join(annotation, from)
                            : add(
                                    annotation,
                                    LayerDrawing.attributes(annotation, shapes.get(from), dice),
                                    List.of(from));
            if (added) {
                return;
            }
        }
    }

    private List<String> few() {
        return dice.one(ACTIVATIONS, VisionDrawing.LAYERS, MatrixDrawing.LAYERS);
    }

    /** Layers that take so many dimensions alone. */
    private static List<String> ofRank(int rank) {
        return switch (rank) {
            case 4 -> VOLUME_LAYERS;
            case 3 -> IMAGE_LAYERS;
            case 2 -> SEQUENCE_LAYERS;
            default -> List.of();
        };
    }

    /** A branch that ends in fewer rows, columns or channels and is stretched where it joins what it began with. */
    private boolean gate(String from) {
        Shape shape = shapes.get(from);
        boolean begun = shape.rank() != 3 || dice.once(4)
                ? add("Linear", Map.of("outFeatures", 1), List.of(from))
                : switch (dice.from(1, 5)) {
                    case 1 -> add("Conv2d", Map.of("outChannels", 1, "kernelSize", 1), List.of(from));
                    case 2 -> add("AdaptiveAvgPool2d", Map.of("outputSize", keep(dice.flip())), List.of(from));
                    default ->
                        add(dice.one("AdaptiveAvgPool2d", "AdaptiveMaxPool2d"), Map.of("outputSize", 1), List.of(from));
                };
        if (!begun) {
            return false;
        }
        if (shape.rank() == 3 && dice.flip()) {
            add("Conv2d", Map.of("outChannels", dice.one(1, shape.size(0)), "kernelSize", 1), List.of(latest()));
        }
        if (dice.flip()) {
            add(dice.one("Sigmoid", "Hardsigmoid", "Hardswish", "Tanh"), Map.of(), List.of(latest()));
        }
        List<String> parts = new ArrayList<>(List.of(from, latest()));
        Collections.rotate(parts, dice.from(0, 1));
        return add(dice.one("Mul", "Mul", "Add"), Map.of(), parts);
    }

    /** One row or one column. */
    private static List<Integer> keep(boolean rows) {
        return rows ? List.of(LayerDrawing.KEEP, 1) : List.of(1, LayerDrawing.KEEP);
    }

    private boolean join(String annotation, String from) {
        Shape shape = shapes.get(from);
        Map<String, Object> attributes = new LinkedHashMap<>();
        List<String> others = new ArrayList<>();
        if (annotation.equals("Concat")) {
            int dim = LayerDrawing.dimension(shape, dice);
            int dimension = dim > 0 ? dim - 1 : dim + shape.rank();
            if (dim != 1 || dice.flip()) {
                attributes.put("dim", dim);
            }
            shapes.forEach((name, other) -> {
                if (other.rank() == shape.rank() && other.with(dimension, 1).equals(shape.with(dimension, 1))) {
                    others.add(name);
                }
            });
        } else {
            shapes.forEach((name, other) -> {
                boolean meets = other.rank() == shape.rank()
                        && Shape.broadcast(List.of(shape, other)).isPresent();
                if (meets) {
                    others.add(name);
                }
            });
        }
        List<String> parts = new ArrayList<>(List.of(from));
        for (int count = !PAIRS.contains(annotation) && dice.once(4) ? 2 : 1; count > 0; count--) {
            parts.add(dice.from(0, parts.size()), dice.one(others));
        }
        return add(annotation, attributes, parts);
    }

    private boolean add(String annotation, Map<String, Object> attributes, List<String> from) {
        return add(annotation, attributes, from, MOST_WORK);
    }

    /** Whether the layer fits and is not too large. */
    private boolean add(String annotation, Map<String, Object> attributes, List<String> from, long mostWork) {
        String name = name(annotation);
        boolean random = DRAWING.contains(annotation) && !List.of(0.0, 1.0).contains(attributes.getOrDefault("p", 0.5));
        return add(new DrawnLayer(name, annotation, attributes, from, random || dice.once(40)), mostWork);
    }

    boolean add(DrawnLayer drawn) {
        return add(drawn, MOST_WORK);
    }

    private boolean add(DrawnLayer drawn, long mostWork) {
        boolean added = expansion.add(drawn, flat -> {
            boolean few = expansion.count() <= MOST_LAYERS;
            return few && flat.stream().allMatch(each -> fits(each.made(), mostWork)) && isReadable(flat);
        });
        if (added) {
            layers.add(drawn);
            shapes.putAll(expansion.readable());
            work = expansion.layers().stream()
                    .mapToLong(flat -> work(flat.made()))
                    .sum();
        }
        return added;
    }

    private static long work(Layer layer) {
        return layer.flops() + layer.output().elements();
    }

    private static boolean fits(Layer layer, long mostWork) {
        int elements = layer.output().elements();
        return elements <= (mostWork > MOST_WORK ? 2 : 1) * MOST_ELEMENTS && layer.flops() <= mostWork;
    }

    /** Whether the draws of all that drops can be read from its output. */
    private boolean isReadable(List<Expansion.Flat> added) {
        return added.stream().allMatch(flat -> !ReferenceDraws.isRead(flat.made()) || expansion.isKept(flat.name()));
    }

    String name(String annotation) {
        String kind = annotation.toLowerCase(java.util.Locale.ROOT).replaceAll("2d|\\d", "");
        return kind + (layers.size() + 1);
    }

    private void head() {
        if (shapes.get(latest()).rank() == 3 && dice.flip()) {
            add("AdaptiveAvgPool2d", Map.of("outputSize", 1), List.of(latest()));
        }
        if (shapes.get(latest()).rank() > 1) {
            add("Flatten", Map.of(), List.of(latest()));
        }
        if (dice.flip()) {
            add("Linear", Map.of("outFeatures", dice.one(5, 16, 33)), List.of(latest()));
            add(dice.one("ReLU", "Tanh"), Map.of(), List.of(latest()));
        }
        add("Linear", Map.of("outFeatures", dice.one(2, 10, 17)), List.of(latest()));
    }

    private DrawnNetwork finish(long seed) {
        Set<String> chosen = new TreeSet<>(List.of(DrawnNetwork.field(latest())));
        for (int more = dice.once(4) ? dice.from(1, 2) : 0; more > 0; more--) {
            chosen.add(dice.one(layers).name());
        }
        List<String> outputs =
                layers.stream().map(DrawnLayer::name).filter(chosen::contains).toList();
        boolean floats = inputs.stream().allMatch(DrawnInput::isFloats);
        return new DrawnNetwork(
                composition == null ? List.of() : composition.blocks(),
                inputs,
                layers,
                outputs,
                losses(outputs),
                dice.once(4) ? frozen() : List.of(),
                floats && dice.flip(),
                dice.once(4),
                samples(),
                seed);
    }

    private List<String> frozen() {
        return expansion.layers().stream()
                .filter(flat -> flat.twin() == null)
                .filter(flat -> flat.made().parameters().stream()
                        .anyMatch(parameter -> parameter.kind() == ParameterDeclaration.Kind.PARAMETER))
                .map(Expansion.Flat::key)
                .filter(key -> dice.flip())
                .toList();
    }

    private int samples() {
        boolean statistics = expansion.layers().stream()
                .anyMatch(flat -> flat.layer().annotation().startsWith("BatchNorm"));
        int samples = switch (dice.from(1, 10)) {
            case 1, 2 -> dice.from(17, 19);
            case 3 -> dice.from(9, 11);
            default -> dice.from(1, 3);
        };
        int most = (int) Math.max(3, Math.min(19, MOST_WORK_OF_BATCH / Math.max(1, work)));
        return Math.max(statistics ? 2 : 1, Math.min(samples, most));
    }

    private List<DrawnLoss> losses(List<String> outputs) {
        List<DrawnLoss> losses = new ArrayList<>();
        if (dice.once(6)) {
            return losses;
        }
        for (String output : outputs.stream()
                .flatMap(output -> expansion.values(output).stream())
                .toList()) {
            for (int count = dice.one(1, 1, 1, 1, 2, 0); count > 0; count--) {
                losses.add(LossDrawing.draw(output, shapes.get(output), dice));
            }
        }
        if (dice.once(4)) {
            // of what may be no output, and read by nobody else
            String layer = expansion.values(dice.one(layers).name()).get(0);
            losses.add(LossDrawing.draw(layer, shapes.get(layer), dice));
        }
        if (dice.once(6)) {
            List<String> all = layers.stream()
                    .flatMap(layer -> expansion.values(layer.name()).stream())
                    .toList();
            String one = dice.one(all);
            List<String> alike = all.stream()
                    .filter(name -> shapes.get(name).equals(shapes.get(one)))
                    .toList();
            losses.add(LossDrawing.ofSeveral(one, shapes.get(one), dice, () -> dice.one(alike)));
        }
        if (!losses.isEmpty() && dice.once(5)) {
            dice.one(losses).attributes().put("reduction", "NONE");
            losses.stream()
                    .filter(loss -> losses.size() > 1 && dice.once(3))
                    .forEach(loss -> loss.attributes().put("reduction", "NONE"));
        }
        return losses;
    }
}
