package dev.netwright.processor.build;

import dev.netwright.processor.declared.DeclaredInit;
import dev.netwright.processor.declared.DeclaredInput;
import dev.netwright.processor.declared.DeclaredLayer;
import dev.netwright.processor.declared.DeclaredLoss;
import dev.netwright.processor.declared.DeclaredNetwork;
import dev.netwright.processor.declared.DeclaredPatterns;
import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.diagnostic.SimilarNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a class declares together with what it inherits. Ancestors' layers come first; one of the same name takes the
 * place of an inherited one; of losses, outputs, inputs and frozen parameters those of the nearest class count.
 */
final class Inheritance {
    private final DeclaredNetwork network;
    private final ProblemReport report;

    /** By the field's name, in the order of the chain. */
    private final List<PlacedLayer> layers = new ArrayList<>();

    private Inheritance(DeclaredNetwork network, ProblemReport report) {
        this.network = network;
        this.report = report;
    }

    /**
     * All that a network is made of.
     *
     * @param inputs in declared order; one without a shape where none is declared
     * @param layers in order
     * @param outputs names of those that are marked
     * @param losses in declared order
     * @param frozen what is not trained, or null
     * @param inits how parameters start, the nearest class's rules first
     */
    record Whole(
            List<DeclaredInput> inputs,
            List<PlacedLayer> layers,
            Set<String> outputs,
            List<DeclaredLoss> losses,
            DeclaredPatterns frozen,
            List<List<DeclaredInit>> inits) {}

    static Whole of(DeclaredNetwork network, ProblemReport report) {
        return new Inheritance(network, report).whole();
    }

    private Whole whole() {
        List<DeclaredNetwork> classes = new ArrayList<>();
        for (DeclaredNetwork each = network; each != null; each = each.parent()) {
            classes.add(0, each);
        }
        List<DeclaredInput> inputs = List.of();
        List<DeclaredLoss> losses = List.of();
        Set<String> outputs = Set.of();
        DeclaredPatterns frozen = null;
        List<List<DeclaredInit>> inits = new ArrayList<>();
        int distance = classes.size();
        for (DeclaredNetwork each : classes) {
            extend(each, --distance);
            inputs = each.inputs().isEmpty() ? inputs : each.inputs();
            losses = each.losses().isEmpty() ? losses : each.losses();
            Set<String> marked = marked(each);
            outputs = marked.isEmpty() ? outputs : marked;
            inits.add(0, each.inits());
            frozen = each.frozen() == null ? frozen : each.frozen();
        }
        if (inputs.isEmpty()) {
            inputs = List.of(new DeclaredInput(DeclaredInput.IMPLICIT, null, null, network.origin()));
        }
        return new Whole(inputs, layers, outputs, losses, frozen, inits);
    }

    private static Set<String> marked(DeclaredNetwork each) {
        return each.layers().stream()
                .filter(DeclaredLayer::output)
                .map(DeclaredLayer::fieldName)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Site site(DeclaredNetwork owner, String name) {
        Site own = Site.own(report);
        return owner == network ? own : own.within(name, owner.simpleName(), network.origin());
    }

    private void extend(DeclaredNetwork each, int distance) {
        List<String> inherited = layers.stream().map(PlacedLayer::name).toList();
        if (each.removed() != null) {
            remove(each, inherited);
        }
        Map<String, String> behind = new HashMap<>();
        for (DeclaredLayer layer : each.layers()) {
            Site site = site(each, layer.fieldName());
            int replaced = place(layer.fieldName());
            boolean replaces = replaced >= 0 && inherited.contains(layer.fieldName());
            if (replaces && layer.insertAfter() != null) {
                site.add(Problem.INSERT_REPLACES, layer.insertOrigin(), layer.fieldName(), each.simpleName());
            }
            if (replaces) {
                String key = layer.writtenKey() == null ? layers.get(replaced).key() : layer.key();
                int since = layers.get(replaced).since();
                layers.set(replaced, new PlacedLayer(layer, key, distance, since, site));
            } else {
                layers.add(
                        position(each, layer, inherited, behind, site),
                        new PlacedLayer(layer, layer.key(), distance, distance, site));
            }
        }
    }

    /** @param behind the last that was put behind each, so that those behind one layer keep their order */
    private int position(
            DeclaredNetwork each, DeclaredLayer layer, List<String> inherited, Map<String, String> behind, Site site) {
        String after = layer.insertAfter();
        if (after == null) {
            return layers.size();
        }
        int index = inherited.contains(after) ? place(behind.getOrDefault(after, after)) : -1;
        if (index < 0) {
            site.add(
                    Problem.INSERT_AFTER,
                    layer.insertOrigin(),
                    layer.fieldName(),
                    after,
                    each.simpleName(),
                    suggestion(after, inherited));
            return layers.size();
        }
        behind.put(after, layer.fieldName());
        return index + 1;
    }

    private void remove(DeclaredNetwork each, List<String> inherited) {
        for (int i = 0; i < each.removed().values().size(); i++) {
            String name = each.removed().values().get(i);
            int index = place(name);
            if (index >= 0) {
                layers.remove(index);
            } else {
                Origin origin = each.removed().origin().attribute("value", i);
                site(each, "@Remove").add(Problem.REMOVE, origin, each.simpleName(), name, suggestion(name, inherited));
            }
        }
    }

    private static String suggestion(String name, List<String> inherited) {
        return inherited.isEmpty() ? "It extends no network." : SimilarNames.suggestion(name, inherited);
    }

    private int place(String name) {
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
