package dev.netwright.processor.build;

import dev.netwright.processor.diagnostic.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keys must name each layer once, and no layer can lie within another. */
final class KeyCheck {
    private final List<Entry> entries = new ArrayList<>();

    /** @param name the layer's, behind those of the blocks it is in */
    private record Entry(String key, String name, PlacedLayer layer) {
        void report(Problem problem, Object... arguments) {
            layer.site().add(problem, layer.declared().keyOrigin(), arguments);
        }
    }

    void add(String key, String name, PlacedLayer layer) {
        entries.add(new Entry(key, name, layer));
    }

    void check() {
        Map<String, String> names = new HashMap<>();
        for (Entry entry : entries) {
            if (List.of(entry.key().split("\\.", -1)).contains("")) {
                entry.report(Problem.KEY_FORM, entry.key(), entry.name());
                continue;
            }
            String other = names.putIfAbsent(entry.key(), entry.name());
            if (other != null) {
                entry.report(Problem.DUPLICATE_KEY, entry.name(), entry.key(), other);
            }
        }
        entries.forEach(entry -> checkParents(entry, names));
    }

    private static void checkParents(Entry entry, Map<String, String> names) {
        String parent = entry.key();
        for (int dot = parent.lastIndexOf('.'); dot > 0; dot = parent.lastIndexOf('.')) {
            parent = parent.substring(0, dot);
            if (names.containsKey(parent)) {
                entry.report(Problem.KEY_CLASH, entry.key(), entry.name(), parent, names.get(parent));
                return;
            }
        }
    }
}
