package dev.netwright.processor.drawn;

import dev.netwright.processor.drawn.DrawnNetwork.DrawnInput;
import dev.netwright.processor.drawn.DrawnNetwork.DrawnLayer;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.ParameterDeclaration;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.operators.Dice;
import dev.netwright.processor.reference.ReferenceDraws;
import java.util.ArrayList;
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

    /** Elements of a value. */
    private static final int MOST_ELEMENTS = 1200;

    /** Operations of a layer on one sample; algorithms that want many channels get more. */
    private static final long MOST_WORK = 40_000;

    static final long MOST_WORK_OF_MANY_CHANNELS = 600_000;

    /** A weight gradient by Winograd's algorithm wants 64 channels on both sides. */
    static final long MOST_WORK_OF_64_CHANNELS = 2_000_000;

    /** Operations of a batch. */
    private static final long MOST_WORK_OF_BATCH = 900_000;

    /** Of the expanded network: each is compiled. */
    private static final int MOST_LAYERS = 20;

    /** How often a network is drawn that is composed of blocks and rows. */
    private static final int COMPOSED = 3;

    private final Dice dice;
    private final List<DrawnInput> inputs = new ArrayList<>();
    private final List<DrawnLayer> layers = new ArrayList<>();
    private final BranchDrawing branches;
    private final SequenceDrawing sequences;
    private final CompositionDrawing composition;
    private final boolean whole;
    private Expansion expansion = new Expansion(Map.of());

    /** By all names that can be read. */
    private final Map<String, Shape> shapes = new LinkedHashMap<>();

    private long work;

    private NetworkDrawing(Dice dice, CompositionDrawing composition, boolean whole) {
        this.dice = dice;
        this.branches = new BranchDrawing(this, dice);
        this.sequences = new SequenceDrawing(this, dice);
        this.composition = composition;
        this.whole = whole;
    }

    /** The same network for the same seed. */
    public static DrawnNetwork draw(long seed) {
        Dice dice = new Dice(seed);
        boolean composed = new Dice(~seed).once(COMPOSED);
        return new NetworkDrawing(dice, composed ? new CompositionDrawing(dice) : null, true).network(seed);
    }

    /**
     * The body of a block.
     *
     * @param inputs the shapes of its inputs by name
     * @param composition draws the blocks in it, or null
     */
    static NetworkDrawing body(Map<String, Shape> inputs, Dice dice, CompositionDrawing composition) {
        NetworkDrawing body = new NetworkDrawing(dice, composition, false);
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

    List<DrawnInput> inputs() {
        return List.copyOf(inputs);
    }

    List<DrawnLayer> layers() {
        return layers;
    }

    /** Whether it is a network, not a block's body. */
    boolean isWhole() {
        return whole;
    }

    Map<String, Shape> shapes() {
        return shapes;
    }

    Expansion expansion() {
        return expansion;
    }

    private DrawnNetwork network(long seed) {
        new BeginningDrawing(this, sequences, dice).draw();
        for (int count = dice.from(layers.isEmpty() ? 1 : 0, 8); count > 0; count--) {
            step();
        }
        if (layers.isEmpty() && !add("Identity", Map.of(), List.of(latest()))) {
            // of an input that is too large
            add("Slice", Map.of("dim", 1, "start", 0, "end", 1), List.of(latest()));
        }
        if (dice.once(3)) {
            head();
        } else if (shapes.get(latest()).rank() == 2 && dice.once(3)) {
            add("LogSoftmax", Map.of("dim", -1), List.of(latest()));
        }
        return finish(seed);
    }

    void input(String name, List<Integer> shape, String type) {
        inputs.add(new DrawnInput(name, shape, type));
        shapes.put(name, new Shape(shape));
        expansion = new Expansion(shapes);
        if (composition != null) {
            composition.blocks().forEach(expansion::add);
        }
    }

    String latest() {
        List<String> values = expansion.values(
                layers.isEmpty()
                        ? inputs.get(0).name()
                        : layers.get(layers.size() - 1).name());
        return values.get(values.size() - 1);
    }

    private void step() {
        String from = dice.once(4) ? dice.one(List.copyOf(shapes.keySet())) : latest();
        if (composition != null && dice.once(2) && composition.draw(this, from)) {
            return;
        }
        for (int attempt = 0; attempt < 20; attempt++) {
            if (dice.once(10) && branches.draw(from)) {
                return;
            }
            String annotation = LayerChoices.draw(shapes.get(from).rank(), dice);
            if (step(annotation, from)) {
                return;
            }
        }
    }

    private boolean step(String annotation, String from) {
        if (MatrixDrawing.JOINS.contains(annotation)) {
            return add(
                    annotation, MatrixDrawing.attributes(annotation, dice), MatrixDrawing.inputs(from, shapes, dice));
        }
        if (SequenceDrawing.has(annotation)) {
            return sequences.draw(annotation, from);
        }
        return BranchDrawing.JOINS.contains(annotation)
                ? branches.join(annotation, from)
                : add(annotation, LayerDrawing.attributes(annotation, shapes.get(from), dice), List.of(from));
    }

    boolean add(String annotation, Map<String, Object> attributes, List<String> from) {
        return add(annotation, attributes, from, MOST_WORK);
    }

    /** Whether the layer fits and is not too large. */
    boolean add(String annotation, Map<String, Object> attributes, List<String> from, long mostWork) {
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

    /** Losses and layers are drawn for values of a dimension or more. */
    private static boolean fits(Layer layer, long mostWork) {
        int elements = layer.output().elements();
        return layer.output().rank() > 0
                && elements <= (mostWork > MOST_WORK ? 2 : 1) * MOST_ELEMENTS
                && layer.flops() <= mostWork;
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
                LossDrawing.all(this, outputs, dice),
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
}
