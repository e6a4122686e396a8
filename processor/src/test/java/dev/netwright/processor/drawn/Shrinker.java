package dev.netwright.processor.drawn;

import dev.netwright.processor.drawn.DrawnNetwork.DrawnInput;
import dev.netwright.processor.drawn.DrawnNetwork.DrawnLayer;
import dev.netwright.processor.drawn.DrawnNetwork.DrawnLoss;
import dev.netwright.processor.drawn.DrawnNetwork.DrawnRepeat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a network that fails smaller as long as it fails: fewer layers, losses, attributes, smaller sizes. */
final class Shrinker {
    private static final int MOST_ROUNDS = 60;
    private static final int BATCH = 12;

    /**
     * A network and what was found of it.
     *
     * @param network as small as could be found
     * @param verdict why it fails
     */
    record Shrunk(DrawnNetwork network, Verdict verdict) {}

    private Shrinker() {}

    static Shrunk shrink(DrawnNetwork network, Verdict verdict) {
        Shrunk smallest = new Shrunk(network, verdict);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Shrunk next = smaller(smallest);
            if (next == null) {
                return smallest;
            }
            smallest = next;
        }
        return smallest;
    }

    private static Shrunk smaller(Shrunk from) {
        List<DrawnNetwork> all =
                candidates(from.network()).stream().filter(Shrinker::isValid).toList();
        for (int start = 0; start < all.size(); start += BATCH) {
            Map<String, DrawnNetwork> batch = new LinkedHashMap<>();
            for (DrawnNetwork candidate : all.subList(start, Math.min(all.size(), start + BATCH))) {
                batch.put("Smaller" + batch.size(), candidate);
            }
            CompiledBatch compiled = CompiledBatch.of(batch);
            for (Map.Entry<String, DrawnNetwork> entry : batch.entrySet()) {
                Verdict verdict = compiled.verdict(entry.getKey());
                if (verdict.isLike(from.verdict())) {
                    return new Shrunk(entry.getValue(), verdict);
                }
            }
        }
        return null;
    }

    private static boolean isValid(DrawnNetwork network) {
        try {
            Expansion expansion = network.expansion();
            Set<String> inputs = new LinkedHashSet<>();
            network.inputs().forEach(input -> inputs.add(input.name()));
            network.outputs().forEach(expansion::values);
            if (expansion.layers().stream().anyMatch(flat -> SequenceDrawing.drops(flat.made()))) {
                return false;
            }
            boolean judged = network.losses().stream()
                    .noneMatch(loss -> loss.judged().stream().anyMatch(name -> inputs.contains(expansion.value(name))));
            return judged && !network.layers().isEmpty();
        } catch (RuntimeException refused) {
            return false;
        }
    }

    private static Set<DrawnNetwork> candidates(DrawnNetwork network) {
        Set<DrawnNetwork> candidates = new LinkedHashSet<>();
        composition(network, candidates);
        for (int i = 1; i < network.layers().size(); i++) {
            candidates.add(prefix(network, i));
        }
        for (String output : network.outputs()) {
            candidates.add(live(network.withOutputs(List.of(output))
                    .withLosses(network.losses().stream()
                            .filter(loss -> loss.judged().stream()
                                    .allMatch(name -> DrawnNetwork.field(name).equals(output)))
                            .toList())));
        }
        candidates.add(live(network));
        for (int i = 0; i < network.losses().size(); i++) {
            candidates.add(network.withLosses(without(network.losses(), i)));
        }
        for (int i = 0; i < network.layers().size(); i++) {
            candidates.add(live(withoutLayer(network, i)));
        }
        for (int i = 0; i < network.frozen().size(); i++) {
            candidates.add(network.withFrozen(without(network.frozen(), i)));
        }
        candidates.add(network.withOptions(false, network.exact(), network.samples()));
        candidates.add(network.withOptions(network.inputGradient(), false, network.samples()));
        for (int samples : new int[] {1, 2, 9, network.samples() / 2}) {
            if (samples > 0 && samples < network.samples()) {
                candidates.add(network.withOptions(network.inputGradient(), network.exact(), samples));
            }
        }
        layers(network, candidates);
        losses(network, candidates);
        inputs(network, candidates);
        candidates.remove(network);
        return candidates;
    }

    /** Blocks and rows written out; fewer in a row, fewer layers in a block. */
    private static void composition(DrawnNetwork network, Set<DrawnNetwork> candidates) {
        boolean composed = network.layers().stream()
                .anyMatch(layer -> layer.isBlock() || layer.isShared() || layer.repeat() != null);
        if (composed) {
            candidates.add(Flattening.of(network));
        }
        for (int i = 0; i < network.layers().size(); i++) {
            for (DrawnLayer simpler : simpler(network.layers().get(i))) {
                candidates.add(with(network, i, simpler));
            }
        }
        for (int b = 0; b < network.blocks().size(); b++) {
            candidates.add(network.withBlocks(without(network.blocks(), b)));
            DrawnBlock block = network.blocks().get(b);
            for (int i = 0; i < block.layers().size(); i++) {
                for (DrawnLayer simpler : simpler(block.layers().get(i))) {
                    List<DrawnLayer> layers = new ArrayList<>(block.layers());
                    layers.set(i, simpler);
                    candidates.add(with(network, b, block.withLayers(layers)));
                }
                DrawnLayer gone = block.layers().get(i);
                String instead = gone.from().get(0);
                List<DrawnLayer> layers = without(block.layers(), i).stream()
                        .map(layer -> layer.withFrom(layer.from().stream()
                                .map(name -> DrawnNetwork.field(name).equals(gone.name()) ? instead : name)
                                .toList()))
                        .toList();
                if (!layers.isEmpty()) {
                    candidates.add(with(network, b, block.withLayers(layers)));
                }
            }
        }
    }

    /** The same layer fewer times, or once. */
    private static List<DrawnLayer> simpler(DrawnLayer layer) {
        List<DrawnLayer> simpler = new ArrayList<>();
        if (layer.repeat() != null) {
            simpler.add(layer.withRepeat(null));
            for (int times : layer.repeat().times() instanceof Integer number ? sizes(number) : List.<Integer>of()) {
                simpler.add(layer.withRepeat(new DrawnRepeat(times, "%d", 0)));
            }
        }
        return simpler;
    }

    private static DrawnNetwork with(DrawnNetwork network, int index, DrawnBlock block) {
        List<DrawnBlock> blocks = new ArrayList<>(network.blocks());
        blocks.set(index, block);
        return network.withBlocks(blocks);
    }

    /** The first layers, the last of them being the output; losses judge that. */
    private static DrawnNetwork prefix(DrawnNetwork network, int count) {
        List<DrawnLayer> layers = network.layers().subList(0, count);
        String last = layers.get(count - 1).name();
        List<DrawnLoss> losses =
                network.losses().isEmpty() ? List.of() : List.of(new DrawnLoss("MSELoss", Map.of(), last));
        return live(network.withLayers(layers).withOutputs(List.of(last)).withLosses(losses));
    }

    /** Without what neither an output nor a loss depends on. */
    private static DrawnNetwork live(DrawnNetwork network) {
        Set<String> live = new LinkedHashSet<>(network.outputs());
        for (DrawnLoss loss : network.losses()) {
            loss.judged().forEach(name -> live.add(DrawnNetwork.field(name)));
            if (loss.attributes().get(DrawnNetwork.LENGTHS) instanceof String input) {
                live.add(input);
            }
        }
        for (int i = network.layers().size() - 1; i >= 0; i--) {
            if (live.contains(network.layers().get(i).name())) {
                network.layers().get(i).fields().forEach(live::add);
            }
        }
        return network.withLayers(network.layers().stream()
                        .filter(layer -> live.contains(layer.name()))
                        .toList())
                .withInputs(network.inputs().stream()
                        .filter(input -> live.contains(input.name()))
                        .toList());
    }

    private static DrawnNetwork withoutLayer(DrawnNetwork network, int index) {
        DrawnLayer gone = network.layers().get(index);
        String instead = gone.from().get(0);
        List<DrawnLayer> layers = new ArrayList<>();
        for (DrawnLayer layer : without(network.layers(), index)) {
            layers.add(layer.withFrom(layer.from().stream()
                    .map(name -> DrawnNetwork.field(name).equals(gone.name()) ? instead : name)
                    .toList()));
        }
        boolean isLayer = layers.stream().anyMatch(layer -> layer.name().equals(instead));
        Set<String> outputs = new LinkedHashSet<>();
        for (String output : network.outputs()) {
            if (!output.equals(gone.name())) {
                outputs.add(output);
            } else if (isLayer) {
                outputs.add(instead);
            }
        }
        DrawnNetwork changed = network.withLayers(layers);
        return changed.withOutputs(changed.ordered(List.copyOf(outputs)))
                .withLosses(network.losses().stream()
                        .map(loss ->
                                loss.renamed(name -> DrawnNetwork.field(name).equals(gone.name()) ? instead : name))
                        .toList());
    }

    private static void layers(DrawnNetwork network, Set<DrawnNetwork> candidates) {
        for (int i = 0; i < network.layers().size(); i++) {
            DrawnLayer layer = network.layers().get(i);
            for (Map<String, Object> attributes : smaller(layer.attributes())) {
                candidates.add(with(network, i, layer.withAttributes(attributes)));
            }
            if (layer.kept() && !NetworkDrawing.DRAWING.contains(layer.annotation())) {
                candidates.add(with(network, i, layer.asKept(false)));
            }
            for (int k = 0; k < layer.from().size() && layer.from().size() > 2; k++) {
                candidates.add(with(network, i, layer.withFrom(without(layer.from(), k))));
            }
        }
    }

    private static DrawnNetwork with(DrawnNetwork network, int index, DrawnLayer layer) {
        List<DrawnLayer> layers = new ArrayList<>(network.layers());
        layers.set(index, layer);
        return live(network.withLayers(layers));
    }

    private static void losses(DrawnNetwork network, Set<DrawnNetwork> candidates) {
        for (int i = 0; i < network.losses().size(); i++) {
            DrawnLoss loss = network.losses().get(i);
            List<DrawnLoss> changed = new ArrayList<>();
            changed.add(new DrawnLoss("MSELoss", Map.of(), loss.of()));
            smaller(loss.attributes()).forEach(attributes -> changed.add(loss.withAttributes(attributes)));
            for (DrawnLoss other : changed) {
                List<DrawnLoss> losses = new ArrayList<>(network.losses());
                losses.set(i, other);
                candidates.add(network.withLosses(losses));
            }
        }
    }

    private static void inputs(DrawnNetwork network, Set<DrawnNetwork> candidates) {
        for (int i = 0; i < network.inputs().size(); i++) {
            DrawnInput input = network.inputs().get(i);
            List<DrawnInput> changed = new ArrayList<>();
            changed.add(new DrawnInput(input.name(), input.shape(), "FLOAT32"));
            for (int d = 0; d < input.shape().size(); d++) {
                for (int size : sizes(input.shape().get(d))) {
                    List<Integer> shape = new ArrayList<>(input.shape());
                    shape.set(d, size);
                    changed.add(new DrawnInput(input.name(), shape, input.type()));
                }
            }
            for (DrawnInput other : changed) {
                List<DrawnInput> inputs = new ArrayList<>(network.inputs());
                inputs.set(i, other);
                candidates.add(network.withInputs(inputs));
            }
        }
    }

    private static List<Integer> sizes(int size) {
        Set<Integer> smaller = new LinkedHashSet<>();
        for (int each : new int[] {1, 2, size / 2, size - 1}) {
            if (each > 0 && each < size) {
                smaller.add(each);
            }
        }
        return List.copyOf(smaller);
    }

    /** An attribute less, or a smaller number in one. */
    private static List<Map<String, Object>> smaller(Map<String, Object> attributes) {
        List<Map<String, Object>> all = new ArrayList<>();
        attributes.forEach((name, value) -> {
            Map<String, Object> less = new LinkedHashMap<>(attributes);
            less.remove(name);
            all.add(less);
        });
        attributes.forEach((name, value) -> {
            List<Object> values = new ArrayList<>();
            if (value instanceof Integer number) {
                values.addAll(sizes(number));
            } else if (value instanceof List<?> numbers) {
                for (int i = 0; i < numbers.size(); i++) {
                    if (numbers.get(i) instanceof Integer number && number != 0) {
                        List<Object> changed = new ArrayList<>(numbers);
                        changed.set(i, number > 1 ? number - 1 : 0);
                        values.add(changed);
                    }
                }
            }
            for (Object other : values) {
                Map<String, Object> changed = new LinkedHashMap<>(attributes);
                changed.put(name, other);
                all.add(changed);
            }
        });
        return all;
    }

    private static <T> List<T> without(List<T> list, int index) {
        List<T> rest = new ArrayList<>(list);
        rest.remove(index);
        return rest;
    }
}
