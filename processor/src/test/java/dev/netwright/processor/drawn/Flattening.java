package dev.netwright.processor.drawn;

import dev.netwright.processor.drawn.DrawnNetwork.DrawnLayer;
import dev.netwright.processor.drawn.DrawnNetwork.DrawnLoss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The same network without blocks and rows; weights are still shared. */
final class Flattening {
    private Flattening() {}

    static DrawnNetwork of(DrawnNetwork network) {
        Expansion expansion = network.expansion();
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
                    written(flat).stream().map(Flattening::name).toList(),
                    layer.kept()));
        }
        List<String> outputs = network.outputs().stream()
                .flatMap(output -> expansion.values(output).stream())
                .map(expansion::value)
                .map(Flattening::name)
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

    private static Map<String, Object> attributes(DrawnLayer layer) {
        Map<String, Object> attributes = new LinkedHashMap<>(layer.attributes());
        attributes.computeIfPresent(String.valueOf(layer.naming()), (attribute, named) -> name((String) named));
        return attributes;
    }

    /** What is named by {@code from}: a value that an attribute names is read behind that. */
    private static List<String> written(Expansion.Flat flat) {
        List<String> from = flat.layer().from();
        boolean more = flat.twin() == null && flat.layer().naming() != null;
        return more ? from.subList(0, from.size() - 1) : from;
    }

    private static String name(String path) {
        return path.replace('.', '_');
    }
}
