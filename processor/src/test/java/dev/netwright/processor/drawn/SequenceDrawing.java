package dev.netwright.processor.drawn;

import dev.netwright.processor.drawn.DrawnNetwork.DrawnInput;
import dev.netwright.processor.drawn.DrawnNetwork.DrawnLayer;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.operators.Dice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** How layers over rows are drawn: attention to what is there, and what goes over steps. They need not fit. */
final class SequenceDrawing {
    static final Set<String> ATTENTION = Set.of(
            "MultiheadAttention", "ScaledDotProductAttention", "TransformerDecoderLayer", "TransformerEncoderLayer");

    /** What is dropped of attention is all or nothing, as its draws are read from no output. */
    private static final Set<String> DROPOUTS = Set.of("dropout", "dropout_p");

    private static final Set<String> RECURRENT = Set.of("GRU", "LSTM", "RNN");

    private static final String LAST = "LastStep";

    /** What the names of inputs begin with that tell how many rows a sample has. */
    private static final String LENGTH = "length";

    private static final String LENGTHS = DrawnNetwork.LENGTHS;

    private final NetworkDrawing to;
    private final Dice dice;

    SequenceDrawing(NetworkDrawing to, Dice dice) {
        this.to = to;
        this.dice = dice;
    }

    static boolean has(String annotation) {
        return ATTENTION.contains(annotation) || RECURRENT.contains(annotation) || annotation.equals(LAST);
    }

    /** Whether a layer draws what nothing tells. */
    static boolean drops(Layer layer) {
        return has(layer.name())
                && layer.attributes().stream()
                        .filter(attribute -> DROPOUTS.contains(attribute.name()))
                        .anyMatch(attribute -> !Set.of(0.0, 1.0).contains(attribute.value()));
    }

    boolean draw(String annotation, String from) {
        Shape shape = to.shapes().get(from);
        if (shape.rank() < 2
                || shape.rank() > 2
                        && !Set.of(LAST, "ScaledDotProductAttention").contains(annotation)) {
            return false;
        }
        return switch (annotation) {
            case "ScaledDotProductAttention" -> products(from, shape);
            case "MultiheadAttention" -> heads(from, shape);
            case LAST -> lastStep(from);
            case "TransformerDecoderLayer" -> layer(annotation, from, others(other -> isMemory(other, shape)));
            case "TransformerEncoderLayer" -> layer(annotation, from, List.of());
            default -> recurrent(annotation, from, shape);
        };
    }

    /** Rows, perhaps others and masks, with how many there are of each sample; and a layer or two over them. */
    void begin() {
        int rows = dice.one(1, 2, 3, 5, 9, 16);
        int features = dice.one(2, 3, 4, 8, 12, 16);
        to.input("rows", List.of(rows, features), "FLOAT32");
        if (dice.flip()) {
            int others = dice.one(1, 3, 7);
            to.input("memory", List.of(others, dice.from(1, 3) > 1 ? features : dice.one(1, 5)), "FLOAT32");
            if (dice.once(3)) {
                to.input("maskOfMemory", List.of(rows, others), "FLOAT32");
            }
        }
        if (dice.once(4)) {
            to.input("mask", dice.flip() ? List.of(rows, rows) : List.of(rows), "FLOAT32");
        }
        for (int i = dice.from(0, 2); i > 0; i--) {
            to.input(LENGTH + i, List.of(1), "INT32");
        }
        String begun = dice.one("GRU", "LSTM", "RNN");
        Map<String, Object> ofBegun =
                dice.once(3) ? LayerDrawing.attributes(begun, Shape.of(rows, features), dice) : null;
        List<String> initial = ofBegun == null ? List.of() : states(begun, ofBegun);
        if (dice.flip()) {
            to.add("Linear", Map.of("outFeatures", features), List.of("rows"));
        }
        for (int i = dice.from(1, 2); i > 0; i--) {
            String annotation = dice.from(1, 3) > 1
                    ? dice.one(ATTENTION.stream().sorted().toList())
                    : dice.one("GRU", "LSTM", "RNN");
            draw(annotation, to.latest());
        }
        if (ofBegun != null && to.shapes().get(to.latest()).rank() == 2) {
            ofBegun.put(DrawnNetwork.INITIAL, initial);
            lengths(ofBegun, LENGTHS);
            to.add(begun, ofBegun, List.of(to.latest()));
        }
        if (dice.once(4)) {
            draw(LAST, to.latest());
        }
    }

    /** Inputs for what a layer over time begins with. */
    private List<String> states(String annotation, Map<String, Object> attributes) {
        int rows =
                (Integer) attributes.getOrDefault("numLayers", 1) * (attributes.containsKey("bidirectional") ? 2 : 1);
        int hidden = (Integer) attributes.get("hiddenSize");
        to.input("h0", List.of(rows, (Integer) attributes.getOrDefault("projSize", hidden)), "FLOAT32");
        if (!annotation.equals("LSTM")) {
            return List.of("h0");
        }
        to.input("c0", List.of(rows, hidden), "FLOAT32");
        return List.of("h0", "c0");
    }

    private static boolean isMemory(Shape memory, Shape rows) {
        return memory.rank() == 2 && memory.size(1) == rows.size(1);
    }

    private List<String> others(Predicate<Shape> fit) {
        return to.shapes().keySet().stream()
                .filter(name -> fit.test(to.shapes().get(name)))
                .toList();
    }

    private boolean recurrent(String annotation, String from, Shape shape) {
        Map<String, Object> attributes = LayerDrawing.attributes(annotation, shape, dice);
        lengths(attributes, LENGTHS);
        return to.add(annotation, attributes, List.of(from)) && last(annotation) && (!dice.once(4) || goOn());
    }

    /** One of the same sizes that begins where a layer over time has ended. */
    private boolean goOn() {
        List<DrawnLayer> ended = to.layers().stream()
                .filter(layer -> RECURRENT.contains(layer.annotation()) && layer.repeat() == null)
                .toList();
        DrawnLayer before = dice.one(ended);
        Map<String, Object> attributes = new LinkedHashMap<>(before.attributes());
        attributes.remove(LENGTHS);
        List<String> states = before.annotation().equals("LSTM") ? List.of("hn", "cn") : List.of("hn");
        attributes.put(
                DrawnNetwork.INITIAL,
                states.stream().map(state -> before.name() + "." + state).toList());
        lengths(attributes, LENGTHS);
        to.add(before.annotation(), attributes, List.of(dice.one(others(other -> other.rank() == 2))));
        return true;
    }

    /** Sometimes the states at last are read. */
    private boolean last(String annotation) {
        if (dice.once(4)) {
            String state = annotation.equals("LSTM") ? dice.one("hn", "cn") : "hn";
            to.add(dice.one("Tanh", "Softsign"), Map.of(), List.of(to.latest() + "." + state));
        }
        return true;
    }

    private boolean lastStep(String from) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        lengths(attributes, LENGTHS);
        return to.add(LAST, attributes, List.of(from));
    }

    private void lengths(Map<String, Object> attributes, String attribute) {
        List<String> told = lengths(to);
        if (!told.isEmpty() && dice.from(1, 3) > 1) {
            attributes.put(attribute, dice.one(told));
        }
    }

    /** The inputs that tell them; of a block's body none. */
    static List<String> lengths(NetworkDrawing to) {
        return to.isWhole()
                ? to.inputs().stream()
                        .map(DrawnInput::name)
                        .filter(name -> name.startsWith(LENGTH))
                        .toList()
                : List.of();
    }

    /** What can be added to scores. */
    private Optional<String> mask(Shape scores) {
        List<String> masks =
                others(mask -> Shape.broadcast(List.of(scores, mask)).equals(Optional.of(scores)));
        return masks.isEmpty() || !dice.once(3) ? Optional.empty() : Optional.of(dice.one(masks));
    }

    private boolean products(String query, Shape shape) {
        int last = shape.rank() - 1;
        Shape leading = new Shape(shape.sizes().subList(0, last - 1));
        List<String> keys = others(key -> key.rank() == shape.rank()
                && key.size(last) == shape.size(last)
                && Shape.broadcast(List.of(leading, new Shape(key.sizes().subList(0, last - 1))))
                        .isPresent());
        String key = dice.one(keys);
        Shape ofKey = to.shapes().get(key);
        String value = dice.flip()
                ? key
                : dice.one(
                        others(other -> other.rank() == shape.rank() && other.size(last - 1) == ofKey.size(last - 1)));
        List<String> from = new ArrayList<>(List.of(query, key, value));
        Shape scores = Shape.broadcast(List.of(leading, new Shape(ofKey.sizes().subList(0, last - 1))))
                .orElseThrow()
                .and(List.of(shape.size(last - 1), ofKey.size(last - 1)));
        mask(scores).ifPresent(from::add);
        Map<String, Object> attributes = new LinkedHashMap<>();
        LayerDrawing.maybe(attributes, dice, 4, "dropoutP", dice.one(0.0, 1.0));
        LayerDrawing.maybe(attributes, dice, 3, "isCausal", true);
        LayerDrawing.maybe(attributes, dice, 3, "scale", dice.one(1.0, 0.25, -0.5));
        lengths(attributes, LENGTHS);
        return to.add("ScaledDotProductAttention", attributes, from);
    }

    private int heads(int features) {
        List<Integer> heads = new ArrayList<>();
        for (int each = 1; each <= Math.min(4, features); each++) {
            if (features % each == 0) {
                heads.add(each);
            }
        }
        return dice.one(heads);
    }

    private boolean heads(String query, Shape shape) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        int heads = heads(shape.size(1));
        attributes.put("numHeads", heads);
        LayerDrawing.maybe(attributes, dice, 5, "dropout", dice.one(0.0, 1.0));
        LayerDrawing.maybe(attributes, dice, 3, "bias", false);
        LayerDrawing.maybe(attributes, dice, 3, "addBiasKv", true);
        LayerDrawing.maybe(attributes, dice, 3, "addZeroAttn", true);
        LayerDrawing.maybe(attributes, dice, 3, "isCausal", true);
        lengths(attributes, LENGTHS);
        List<String> from = new ArrayList<>(List.of(query));
        Shape ofKey = shape;
        if (dice.flip()) {
            String key = dice.one(others(other -> other.rank() == 2));
            ofKey = to.shapes().get(key);
            int keys = ofKey.size(0);
            from.add(key);
            from.add(dice.flip() ? key : dice.one(others(other -> other.rank() == 2 && other.size(0) == keys)));
        }
        mask(Shape.of(heads, shape.size(0), ofKey.size(0))).ifPresent(from::add);
        if (!to.add("MultiheadAttention", attributes, from)) {
            return false;
        }
        if (dice.once(3)) {
            weights(from.get(from.size() < 3 ? 0 : 1));
        }
        return true;
    }

    /** What reads what share of each key a query takes. */
    private void weights(String key) {
        String weights = to.latest() + ".weights";
        boolean product = dice.flip()
                && to.shapes().get(weights).size(1) == to.shapes().get(key).size(0)
                && to.add("MatMul", Map.of(), List.of(weights, key));
        if (!product) {
            to.add(dice.one("Tanh", "Softsign"), Map.of(), List.of(weights));
        }
    }

    /** @param memories what a decoder can read */
    private boolean layer(String annotation, String rows, List<String> memories) {
        Shape shape = to.shapes().get(rows);
        Map<String, Object> attributes = new LinkedHashMap<>();
        int heads = heads(shape.size(1));
        attributes.put("nhead", heads);
        attributes.put("dimFeedforward", dice.one(1, 5, 16, 33));
        attributes.put("dropout", dice.once(6) ? 1.0 : 0.0);
        attributes.put("layerNormEps", dice.one(0.1, 1e-2));
        LayerDrawing.maybe(attributes, dice, 2, "activation", "GELU");
        LayerDrawing.maybe(attributes, dice, 2, "normFirst", true);
        LayerDrawing.maybe(attributes, dice, 3, "bias", false);
        LayerDrawing.maybe(attributes, dice, 3, "isCausal", true);
        lengths(attributes, LENGTHS);
        List<String> from = new ArrayList<>(List.of(rows));
        boolean decoder = annotation.equals("TransformerDecoderLayer");
        if (decoder) {
            from.add(dice.one(memories));
            lengths(attributes, DrawnNetwork.MEMORY_LENGTHS);
        }
        Optional<String> mask = mask(Shape.of(heads, shape.size(0), shape.size(0)));
        mask.ifPresent(from::add);
        if (decoder && mask.isPresent()) {
            int keys = to.shapes().get(from.get(1)).size(0);
            mask(Shape.of(heads, shape.size(0), keys)).ifPresent(from::add);
        }
        return to.add(annotation, attributes, from);
    }
}
