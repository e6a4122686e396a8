package dev.netwright.processor.drawn;

import dev.netwright.processor.drawn.DrawnBlock.BlockParameter;
import dev.netwright.processor.drawn.DrawnNetwork.DrawnLayer;
import dev.netwright.processor.drawn.DrawnNetwork.DrawnRepeat;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.operators.Dice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws what networks are composed of: blocks, which may be used again, rows, and layers that have others' weights. */
final class CompositionDrawing {
    private static final int DEEPEST = 2;

    private final Dice dice;
    private final List<DrawnBlock> blocks;
    private final int depth;

    /** What was written where each block was first used. */
    private final Map<String, Map<String, Object>> arguments;

    CompositionDrawing(Dice dice) {
        this(dice, new ArrayList<>(), 1, new LinkedHashMap<>());
    }

    private CompositionDrawing(
            Dice dice, List<DrawnBlock> blocks, int depth, Map<String, Map<String, Object>> arguments) {
        this.dice = dice;
        this.blocks = blocks;
        this.depth = depth;
        this.arguments = arguments;
    }

    /** Each behind those that it uses. */
    List<DrawnBlock> blocks() {
        return blocks;
    }

    /** Whether something was added that reads a value, or begins at it. */
    boolean draw(NetworkDrawing to, String from) {
        return switch (dice.from(1, 8)) {
            case 1, 2, 3 -> newBlock(to, from);
            case 4 -> oldBlock(to, from);
            case 5 -> row(to, from);
            default -> shared(to, from);
        };
    }

    private boolean newBlock(NetworkDrawing to, String from) {
        List<String> sources = sources(to, from, dice.once(4) ? 2 : 1);
        List<String> names = sources.size() == 1 ? List.of("input") : List.of("left", "right");
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            shapes.put(names.get(i), to.shapes().get(sources.get(i)));
        }
        CompositionDrawing inner = depth < DEEPEST ? new CompositionDrawing(dice, blocks, depth + 1, arguments) : null;
        NetworkDrawing body = NetworkDrawing.body(shapes, dice, inner);
        if (body.layers().isEmpty()) {
            return false;
        }
        List<DrawnLayer> layers = body.layers();
        String last = layers.get(layers.size() - 1).name();
        boolean single = body.expansion().values(last).size() == 1;
        List<String> outputs = new ArrayList<>();
        if (dice.once(4) || !single) {
            for (DrawnLayer layer : layers) {
                boolean readable = body.expansion().values(layer.name()).size() == 1;
                if (readable && (layer.name().equals(last) || outputs.isEmpty() && dice.flip())) {
                    outputs.add(layer.name());
                }
            }
        }
        if (outputs.isEmpty() && !single) {
            return false;
        }
        Abstraction abstraction = new Abstraction(dice);
        List<DrawnLayer> written = layers.stream().map(abstraction::of).toList();
        Map<String, Object> sample = abstraction.arguments();
        DrawnBlock block = new DrawnBlock(
                DrawnNetwork.BLOCK + (blocks.size() + 1), abstraction.parameters(), names, outputs, written);
        blocks.add(block);
        arguments.put(block.name(), sample);
        to.expansion().add(block);
        return use(to, block, sample, sources, dice.once(3)) || use(to, block, sample, sources, false);
    }

    private List<String> sources(NetworkDrawing to, String from, int count) {
        List<String> sources = new ArrayList<>(List.of(from));
        while (sources.size() < count) {
            sources.add(dice.from(0, 1), dice.one(List.copyOf(to.shapes().keySet())));
        }
        return sources;
    }

    private boolean use(
            NetworkDrawing to, DrawnBlock block, Map<String, Object> values, List<String> sources, boolean inRow) {
        Map<String, Object> written = new LinkedHashMap<>(values);
        for (BlockParameter parameter : block.parameters()) {
            written.remove(parameter.name(), parameter.value());
        }
        return to.add(
                new DrawnLayer(to.name("b"), block.name(), written, sources, dice.once(40), inRow ? repeat() : null));
    }

    private DrawnRepeat repeat() {
        boolean named = dice.once(3);
        return new DrawnRepeat(dice.from(1, 3), named ? "part%d" : "%d", named ? dice.from(0, 2) : 0);
    }

    /** On another input, perhaps with other arguments. */
    private boolean oldBlock(NetworkDrawing to, String from) {
        if (blocks.isEmpty()) {
            return false;
        }
        DrawnBlock block = dice.one(blocks);
        Map<String, Object> values = new LinkedHashMap<>(arguments.get(block.name()));
        for (BlockParameter parameter : block.parameters()) {
            if (values.get(parameter.name()) instanceof Integer && dice.once(3)) {
                values.put(parameter.name(), dice.one(1, 2, 3, 4, 8, 12));
            }
        }
        return use(to, block, values, sources(to, from, block.inputs().size()), dice.once(3));
    }

    private boolean row(NetworkDrawing to, String from) {
        String annotation = dice.one("Linear", "Linear", "Conv2d", "Conv2d", "ReLU", "Tanh", "PReLU", "LayerNorm");
        Shape shape = to.shapes().get(from);
        if (annotation.equals("Conv2d") && shape.rank() != 3) {
            return false;
        }
        Map<String, Object> attributes = LayerDrawing.attributes(annotation, shape, dice);
        return to.add(
                new DrawnLayer(to.name(annotation), annotation, attributes, List.of(from), dice.once(40), repeat()));
    }

    /** Of what is on the same kind of input; most often of what has weights. */
    private boolean shared(NetworkDrawing to, String from) {
        // rows are read by an input's indices, and sources are mostly layers; indices are of one pool
        List<String> readers = to.layers().stream()
                .filter(layer -> layer.annotation().startsWith("Embedding")
                        || !layer.naming().isEmpty())
                .map(DrawnLayer::name)
                .toList();
        List<String> all = to.expansion().shareable().stream()
                .filter(name -> !readers.contains(DrawnNetwork.field(name)))
                .toList();
        for (int attempt = 0; attempt < 12 && !all.isEmpty(); attempt++) {
            String of = dice.one(all);
            List<String> sources = sources(to, from, dice.once(6) ? 2 : 1);
            DrawnLayer drawn = new DrawnLayer(
                    to.name("again"),
                    "Shared",
                    Map.of("value", of),
                    sources,
                    dice.once(10),
                    dice.once(8) ? repeat() : null);
            boolean weighs = attempt > 8 || to.expansion().hasParameters(of);
            if (weighs && to.add(drawn)) {
                return true;
            }
        }
        return false;
    }
}
