package dev.netwright.processor.drawn;

import dev.netwright.processor.drawn.DrawnNetwork.DrawnLayer;
import dev.netwright.processor.drawn.DrawnNetwork.DrawnLoss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The same network without blocks and rows; weights are still shared. */
final class Flattening {
    private final Expansion expansion;
    private final Set<String> names;

    private Flattening(Expansion expansion) {
        this.expansion = expansion;
        this.names = expansion.layers().stream().map(Expansion.Flat::name).collect(Collectors.toSet());
    }

    static DrawnNetwork of(DrawnNetwork network) {
        return new Flattening(network.expansion()).flat(network);
    }

    private DrawnNetwork flat(DrawnNetwork network) {
        List<DrawnLayer> layers = new ArrayList<>();
        List<String> frozen = new ArrayList<>();
        for (Expansion.Flat flat : expansion.layers()) {
            DrawnLayer layer = flat.layer();
            Map<String, Object> shared = new LinkedHashMap<>();
            if (flat.twin() != null) {
                shared.put("value", name(flat.twin()));
            } else if (network.frozen().contains(flat.key())) {
                frozen.add(name(flat.name()));
            }
            layers.add(new DrawnLayer(
                    name(layer.name()),
                    flat.twin() == null ? layer.annotation() : "Shared",
                    flat.twin() == null ? attributes(layer) : shared,
                    written(flat).stream().map(this::name).toList(),
                    layer.kept()));
        }
        List<String> outputs = network.outputs().stream()
                .flatMap(output -> expansion.values(output).stream())
                .map(expansion::value)
                .map(this::name)
                .toList();
        List<DrawnLoss> losses = network.losses().stream()
                .map(loss -> loss.renamed(name -> name(expansion.value(name))))
                .toList();
        DrawnNetwork flat = network.withBlocks(List.of())
                .withLayers(layers)
                .withLosses(losses)
                .withFrozen(frozen);
        return flat.withOutputs(flat.ordered(outputs));
    }

    private Map<String, Object> attributes(DrawnLayer layer) {
        Map<String, Object> attributes = new LinkedHashMap<>(layer.attributes());
        layer.naming()
                .forEach(naming -> attributes.put(naming, DrawnNetwork.renamed(attributes.get(naming), this::name)));
        return attributes;
    }

    /** What is named by {@code from}: a value that an attribute names is read behind that. */
    private static List<String> written(Expansion.Flat flat) {
        List<String> from = flat.layer().from();
        int more = flat.twin() != null
                ? 0
                : flat.layer().naming().stream()
                        .map(flat.layer().attributes()::get)
                        .mapToInt(value -> DrawnNetwork.named(value).size())
                        .sum();
        return from.subList(0, from.size() - more);
    }

    /** What a layer gives besides its output is called as before behind the layer. */
    private String name(String path) {
        int last = path.lastIndexOf('.');
        boolean besides = last > 0 && names.contains(path.substring(0, last));
        String layer = besides ? path.substring(0, last) : path;
        return layer.replace('.', '_') + path.substring(layer.length());
    }
}
