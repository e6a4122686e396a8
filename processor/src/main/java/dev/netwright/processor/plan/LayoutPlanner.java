package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Decision;
import dev.netwright.processor.graph.Decision.Topic;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Fused;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.plan.Halos.Halo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Chooses each batched value's layout, in the order of the nodes: channels innermost for what convolutions make and for
 * what has a border, features innermost for what products make, and for everything else the order of what it is
 * computed from. Where an operand does not lie as a kernel requires, a copy that does is put before it.
 */
final class LayoutPlanner {
    /**
     * A program whose values all lie as their readers require.
     *
     * @param graph with a reshape that moves for each copy
     * @param layouts of its values
     */
    record Planned(Graph graph, Layouts layouts) {}

    /** What copies are made for: values are copied once for each. */
    private enum Form {
        /** Channels innermost in whole vectors, with the border. */
        IMAGE,
        /** Row-major, the last dimension in whole vectors. */
        ROWS,
        /** Row-major without gaps, so that it can be seen in any shape. */
        PACKED
    }

    private record Copy(Value value, Layout layout) {}

    private final Graph graph;
    private final Halos halos;
    /** The order of the features of weights, where another program or an earlier node has decided it. */
    private final Map<Value, Weights> products;

    private final Map<Value, Layout> layouts = new HashMap<>();
    private final Map<Value, Halo> borders = new HashMap<>();
    private final Set<Value> moved = new HashSet<>();
    private final Set<Value> readBorders = new HashSet<>();
    private final Map<Copy, Value> copies = new HashMap<>();
    private final Map<Value, Node> firstReaders = new HashMap<>();
    /** What is loaded in vectors, such as the gradient by a weight gradient: their lanes had better be whole. */
    private final Set<Value> wantsLanes = new HashSet<>();
    /** How many readers go through a value's elements one by one. */
    private final Map<Value, Integer> loops = new HashMap<>();
    /** What the runtime reads as it lies. */
    private final Set<Value> losses = new HashSet<>();
    /** What windows of convolutions and pools are of, and what they make. */
    private final Set<Value> windowed = new HashSet<>();
    /** What products take for matrices, and what is seen as such. */
    private final Set<Value> matrices = new HashSet<>();
    /** Values whose readers step evenly along each dimension. */
    private final Set<Value> wantsEven = new HashSet<>();

    private final List<Node> nodes = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();
    private final Layouts known;
    private int nextId;

    private LayoutPlanner(Graph graph, Map<Value, Weights> products, int firstValue) {
        this.graph = graph;
        this.nextId = firstValue;
        this.halos = new Halos(graph);
        this.products = new HashMap<>(products);
        this.known = new Layouts(layouts, borders, moved, readBorders);
    }

    /**
     * Plans a program's layouts.
     *
     * @param products how the weights of products are stored, as far as that is decided
     * @param firstValue the first number free for a copy
     */
    static Planned plan(Graph graph, Map<Value, Weights> products, int firstValue) {
        LayoutPlanner planner = new LayoutPlanner(graph, products, firstValue);
        planner.collect();
        planner.assign();
        return new Planned(graph.withNodes(planner.nodes).with(planner.decisions), planner.known);
    }

    private void collect() {
        collectMatrices();
        collectResampled();
        graph.losses().forEach(loss -> losses.add(loss.value()));
        for (Node node : graph.nodes()) {
            if (Requirements.isOfWindows(Fused.anchor(node))) {
                Stream.concat(node.inputs().stream(), node.outputs().stream())
                        .filter(Value::batched)
                        .forEach(windowed::add);
            }
            if (Planner.isTiledWeightGradient(node)) {
                wantsLanes.add(node.inputs().get(1));
            }
            for (int i = 0; i < node.inputs().size(); i++) {
                Value input = node.inputs().get(i);
                if (input.batched()) {
                    Requirement requirement = Requirements.of(node, i);
                    if (requirement.even() > 0) {
                        wantsEven.add(input);
                    }
                    if (requirement.whole()) {
                        wantsLanes.add(input);
                    }
                }
                firstReaders.putIfAbsent(input, node);
                if (isLoop(node)) {
                    loops.merge(input, 1, Integer::sum);
                }
            }
        }
    }

    private void collectMatrices() {
        List<Node> all = graph.nodes();
        for (int i = all.size() - 1; i >= 0; i--) {
            Node node = all.get(i);
            boolean seen = Primitive.isView(node.operator()) && matrices.contains(node.output());
            if (seen || Fused.anchor(node) instanceof Primitive.MatMul) {
                matrices.addAll(node.inputs());
            }
        }
    }

    /** What is resampled is of channels and places, as are volumes that are seen as images of as many channels. */
    private void collectResampled() {
        List<Node> all = graph.nodes();
        for (int i = all.size() - 1; i >= 0; i--) {
            Node node = all.get(i);
            Value input = node.inputs().isEmpty() ? null : node.inputs().get(0);
            boolean seen = node.operator() instanceof Primitive.Reshape
                    && windowed.contains(node.output())
                    && input.shape().rank() > node.output().shape().rank()
                    && input.shape().size(0) == node.output().shape().size(0);
            if (seen || node.operator() instanceof Primitive.Resample) {
                windowed.add(input);
            }
        }
    }

    private void assign() {
        for (Value input : graph.inputs()) {
            put(input, image(input, halo(input), wantsLanes.contains(input)), halo(input));
        }
        for (Node node : graph.nodes()) {
            Node legal = withKernelsOperands(node);
            for (Value output : node.outputs()) {
                if (output.batched()) {
                    String reason = place(legal, output);
                    String choice = known.of(output).inWords() + halo(output).inWords();
                    decisions.add(new Decision(Topic.LAYOUT, output.name(), node.phase(), choice, reason));
                } else if (isPart(legal)) {
                    // what is the same for all samples lies from the first float of its memory on
                    moved.add(output);
                }
            }
            legal = withCommonLoops(legal);
            noteFeatures(legal);
            nodes.add(legal);
        }
    }

    /** Whether the result is a part of what it is a view of, or in another order. */
    private static boolean isPart(Node node) {
        return Primitive.isView(node.operator()) && !(node.operator() instanceof Primitive.Reshape);
    }

    private Halo halo(Value value) {
        return halos.of(value);
    }

    private void put(Value value, Layout layout, Halo border) {
        if (!layout.isOf(value.shape())) {
            throw new IllegalStateException(value + " cannot lie as " + layout);
        }
        layouts.put(value, layout);
        if (!border.equals(Halo.NONE)) {
            borders.put(value, border);
        }
        if (halos.isRead(value)) {
            readBorders.add(value);
        }
    }

    /** The node with a copy of each operand that does not lie as its kernel requires. */
    private Node withKernelsOperands(Node node) {
        Node legal = node;
        for (int i = 0; i < node.inputs().size(); i++) {
            Value input = node.inputs().get(i);
            if (input.batched()) {
                legal = legal.withInput(i, asRequired(legal, i, input));
            }
        }
        return legal;
    }

    private Value asRequired(Node node, int operand, Value input) {
        Requirement requirement = Requirements.of(node, operand);
        Optional<Layout> panels = MatMulKernels.panels(
                node, operand, known.of(input), requirement.isMetBy(known.of(input), known.halo(input)));
        if (panels.isPresent()) {
            return copy(input, panels.get(), node);
        }
        Value value = input;
        if (!requirement.isMetBy(known.of(input), known.halo(input))) {
            boolean image = isImage(input) && requirement.lanes() <= 0;
            value = copy(input, requirement.packed() ? Form.PACKED : image ? Form.IMAGE : Form.ROWS, node);
        }
        if (Primitive.isView(node.operator()) && Views.of(node, known.of(value)).isEmpty()) {
            return copy(value, Form.PACKED, node);
        }
        Optional<Layout> order = features(node, operand, value).or(() -> alike(node, operand, input));
        return order.isPresent() ? copy(input, order.get(), node) : value;
    }

    /**
     * How an operand of a product must lie so that its features have the order of the weight's; empty where they
     * have it.
     */
    private Optional<Layout> features(Node node, int operand, Value value) {
        Primitive primitive = Fused.anchor(node);
        boolean isProduct = primitive instanceof Primitive.Product;
        if (operand > 0 || !isProduct && !(primitive instanceof Primitive.ProductWeightGradient)) {
            return Optional.empty();
        }
        Value weight = isProduct ? node.inputs().get(1) : node.output().parameter();
        Weights stored = products.get(weight);
        boolean ordered = stored == null || stored.liesAs(Weights.ofProduct(known.of(value), weight.shape()));
        return ordered ? Optional.empty() : Optional.of(stored.operand(value.shape()));
    }

    /** What meets the gradient of a product's input in registers lies as the gradient does. */
    private Optional<Layout> alike(Node node, int operand, Value value) {
        boolean epilogue = operand >= Fused.of(node).anchorInputs();
        if (!epilogue
                || !(Fused.anchor(node) instanceof Primitive.ProductInputGradient)
                || value.shape().rank() > 1) {
            return Optional.empty();
        }
        Layout result = productGradient(node, value.shape());
        boolean same = result.rowMajorAxes().equals(known.of(value).rowMajorAxes());
        return same ? Optional.empty() : Optional.of(result);
    }

    /** A weight's features have the order of what it is first multiplied with. */
    private void noteFeatures(Node node) {
        if (Fused.anchor(node) instanceof Primitive.Product) {
            Value weight = node.inputs().get(1);
            products.putIfAbsent(
                    weight, Weights.ofProduct(known.of(node.inputs().get(0)), weight.shape()));
        }
        products.putAll(ScanKernels.weights(node));
    }

    /** The node with a copy of each operand whose axes have no loops in common with the others'. */
    private Node withCommonLoops(Node node) {
        if (!isLoop(node)) {
            return node;
        }
        Node legal = node;
        Shape shape = space(node);
        List<Layout> accepted = new ArrayList<>();
        for (Value output : node.outputs()) {
            if (output.batched() && output.shape().rank() <= shape.rank()) {
                accepted.add(known.of(output));
            }
        }
        for (int i = 0; i < node.inputs().size(); i++) {
            Value input = node.inputs().get(i);
            List<Layout> together = new ArrayList<>(accepted);
            together.add(known.of(input));
            if (input.shape().rank() > shape.rank() || node.operator() instanceof Primitive.CrossEntropy && i > 0) {
                continue;
            }
            if (!Nest.exists(shape, together)) {
                legal = legal.withInput(i, copy(input, isImage(input) ? Form.IMAGE : Form.ROWS, node));
                together.set(together.size() - 1, known.of(legal.inputs().get(i)));
            }
            accepted = together;
        }
        return legal;
    }

    private static boolean isLoop(Node node) {
        return node.operator() instanceof Primitive.Map
                || node.operator() instanceof Primitive.Reduce
                || node.operator() instanceof Primitive.CrossEntropy;
    }

    /** The shape that a node's loops go over. */
    private static Shape space(Node node) {
        boolean broadcasts = node.operator() instanceof Primitive.Map || node.operator() instanceof Primitive.Reduce;
        return broadcasts ? node.space() : node.inputs().get(0).shape();
    }

    /** The copy of a value in some form, made before the node unless an earlier one has it made. */
    private Value copy(Value value, Form form, Node before) {
        return switch (form) {
            case IMAGE -> copy(value, image(value, halo(value), true), halo(value), before);
            case ROWS -> copy(value, rows(value.shape()), Halo.NONE, before);
            case PACKED -> copy(value, Layout.rowMajor(value.shape()), Halo.NONE, before);
        };
    }

    private Value copy(Value value, Layout layout, Node before) {
        boolean direct = Nest.exists(value.shape(), List.of(layout, known.of(value)));
        return copy(direct ? value : copy(value, Form.ROWS, before), layout, Halo.NONE, before);
    }

    private Value copy(Value value, Layout layout, Halo border, Node before) {
        Copy wanted = new Copy(value, layout);
        Value made = copies.get(wanted);
        if (made == null) {
            made = new Value(nextId++, value.name() + ".copy", value.shape(), true, Value.Role.ACTIVATION);
            put(made, layout, border);
            if (halos.isRead(value)) {
                readBorders.add(made);
            }
            moved.add(made);
            decisions.add(new Decision(
                    Topic.LAYOUT,
                    made.name(),
                    before.phase(),
                    layout.inWords() + border.inWords(),
                    "A kernel of " + before.name() + " requires it so, and " + value.name() + " lies otherwise."));
            nodes.add(new Node(before.name(), new Primitive.Reshape(), List.of(value), List.of(made), before.phase()));
            copies.put(wanted, made);
        }
        return made;
    }

    /** Decides where a value's elements lie, and tells why. */
    private String place(Node node, Value output) {
        Primitive primitive = Fused.anchor(node);
        Shape shape = output.shape();
        boolean lanes = wantsLanes.contains(output);
        if (Primitive.isView(primitive)) {
            return view(node, output);
        } else if (primitive instanceof Primitive.Convolve || primitive instanceof Primitive.ConvolveInputGradient) {
            put(output, image(output, halo(output), true), halo(output));
            return "A convolution's sums fill vectors with channels.";
        } else if (primitive instanceof Primitive.SparseInputGradient) {
            put(output, image(output, halo(output), true), halo(output));
            return "A convolution's sums fill vectors with channels.";
        } else if (primitive instanceof Primitive.Product || primitive instanceof Primitive.MatMul) {
            put(output, rows(shape), Halo.NONE);
            return "A product's sums fill vectors with features.";
        } else if (primitive instanceof Primitive.Scan) {
            put(output, rows(shape), Halo.NONE);
            return "Each step's features fill vectors.";
        } else if (primitive instanceof Primitive.ProductInputGradient) {
            put(output, productGradient(node, shape), Halo.NONE);
            return "Features have the order of the weight's.";
        } else if (primitive instanceof Primitive.Draw) {
            put(output, drawn(output), Halo.NONE);
            return "What is drawn lies as what it meets.";
        } else if (losses.contains(output)
                || primitive instanceof Primitive.CountLabels
                || primitive instanceof Primitive.Gather
                || primitive instanceof Primitive.Ctc
                || primitive instanceof Primitive.Custom
                || primitive instanceof Primitive.CustomGradient) {
            put(output, Layout.rowMajor(shape), Halo.NONE);
            return "What is outside of the kernels reads or writes it, in PyTorch's order.";
        }
        put(output, like(node, output, primitive instanceof Primitive.CrossEntropy), halo(output));
        return "It has the order of what it is computed from, so that loops go through both evenly.";
    }

    /** A view's elements stay where they are, unless it cannot be seen so or its readers want it to lie otherwise. */
    private String view(Node node, Value output) {
        Optional<Layout> view = Views.of(node, known.of(node.inputs().get(0)));
        boolean stays = view.isPresent()
                && halo(output).equals(Halo.NONE)
                // loops over a shuffled dimension are no vectors: one is worth that, several are worth a copy
                && !(view.get().isShuffled() && loops.getOrDefault(output, 0) > 1)
                && (!wantsEven.contains(output) || view.get().isEven());
        if (stays) {
            put(output, view.get(), Halo.NONE);
            return "Its elements stay where they are.";
        }
        moved.add(output);
        put(output, image(output, halo(output), true), halo(output));
        return "Its elements are moved: "
                + (view.isEmpty()
                        ? "they cannot be seen in this shape where they are."
                        : halo(output).equals(Halo.NONE)
                                ? "its readers would step unevenly through them where they are."
                                : "its readers want a border of zeros around them.");
    }

    /**
     * Rows of several are stored in whole vectors, each beside the next; one row in the order of the weight's features.
     */
    private Layout productGradient(Node node, Shape shape) {
        Value weight = node.inputs().get(1);
        return shape.rank() > 1 ? rows(shape) : products.get(weight).operand(shape);
    }

    /** What is drawn lies as what it meets. */
    private Layout drawn(Value output) {
        Node reader = firstReaders.get(output);
        Shape shape = output.shape();
        if (Primitive.isView(reader.operator())) {
            // what is read in parts has the same numbers however it lies in memory
            return Layout.rowMajor(shape);
        } else if (reader.operator() instanceof Fused fused) {
            boolean image = !(fused.anchor() instanceof Primitive.Product);
            return image ? image(output, Halo.NONE, true) : rows(shape);
        }
        return reader.inputs().stream()
                .filter(value -> layouts.containsKey(value) && value.shape().equals(shape))
                .findFirst()
                .map(known::of)
                .map(met -> met.packed(met.lanes() % Layout.LANES == 0))
                .orElseGet(() -> image(output, Halo.NONE, true));
    }

    private Layout image(Value value, Halo border, boolean padded) {
        return ordered(value, imageOrder(value), border, padded);
    }

    /**
     * Whether a value is of channels and places: one of two dimensions where windows go along the second; one of three but
     * where it is matrices and no window's.
     */
    private boolean isImage(Value value) {
        return value.shape().rank() == 3 && !matrices.contains(value) || windowed.contains(value);
    }

    /** Channels innermost in images, else row-major. */
    private List<Integer> imageOrder(Value value) {
        int rank = value.shape().rank();
        return isImage(value) ? Layout.channelsInnermost(rank) : Layout.ascending(rank);
    }

    /** The last dimension innermost, in whole vectors. */
    private static Layout rows(Shape shape) {
        int rank = shape.rank();
        return Layout.dense(shape, Layout.ascending(rank), new int[rank], new int[rank], true);
    }

    private static Layout ordered(Value value, List<Integer> order, Halo border, boolean padded) {
        int rank = value.shape().rank();
        int[] before = new int[rank];
        int[] after = new int[rank];
        for (int d = 1; d < rank; d++) {
            before[d] = border.axis(d - 1).before();
            after[d] = border.axis(d - 1).after();
        }
        return Layout.dense(value.shape(), order, before, after, padded);
    }

    /**
     * In the order of the first input that has an element for each that is gone over; padded if that and all inputs of
     * the result's shape are.
     */
    private Layout like(Node node, Value output, boolean padded) {
        List<Value> inputs = node.inputs().stream()
                .filter(input -> input.batched()
                        && input.shape().rank() == output.shape().rank()
                        && input.role() != Value.Role.TARGET)
                .toList();
        Shape space = space(node);
        Optional<Value> model =
                inputs.stream().filter(input -> input.shape().equals(space)).findFirst();
        if (model.isEmpty() && !inputs.isEmpty()) {
            return stretched(space, inputs, output);
        }
        boolean lanes = wantsLanes.contains(output);
        Layout first = known.of(model.orElse(node.inputs().get(0)));
        boolean whole = padded
                || inputs.stream()
                        .filter(input ->
                                input.equals(model.get()) || input.shape().equals(output.shape()))
                        .allMatch(this::hasPadding);
        boolean single = first.isEven();
        boolean bordered = !halo(output).equals(Halo.NONE);
        if (!single && !bordered && !wantsEven.contains(output)) {
            Layout reduced = first.reduced(output.shape());
            return reduced.isOf(output.shape())
                    ? reduced.packed(whole || lanes)
                    : image(output, Halo.NONE, whole || lanes);
        }
        List<Integer> order = bordered || !single ? imageOrder(output) : first.order();
        boolean sameInner = output.shape().rank() == 0 || single && inner(output.shape(), order) == inner(space, order);
        return ordered(output, order, halo(output), whole && sameInner || lanes);
    }

    /** Where each input is stretched: in the order of images; padded if all that are longer than 1 innermost are. */
    private Layout stretched(Shape space, List<Value> inputs, Value output) {
        List<Integer> order = imageOrder(output);
        List<Value> moving =
                inputs.stream().filter(input -> inner(input.shape(), order) > 1).toList();
        boolean sameInner = inner(output.shape(), order) == inner(space, order);
        boolean whole = sameInner && !moving.isEmpty() && moving.stream().allMatch(this::hasPadding);
        return ordered(output, order, halo(output), whole || wantsLanes.contains(output));
    }

    private boolean hasPadding(Value value) {
        return known.of(value).lanes() % Layout.LANES == 0;
    }

    private static int inner(Shape shape, List<Integer> order) {
        return shape.size(order.get(order.size() - 1));
    }
}
