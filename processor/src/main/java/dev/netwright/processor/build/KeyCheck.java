package dev.netwright.processor.build;

import dev.netwright.processor.declared.DeclaredLayer;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keys must name each layer once, and no layer can lie within another. */
final class KeyCheck {
    private final ProblemReport report;

    KeyCheck(ProblemReport report) {
        this.report = report;
    }

    void check(List<DeclaredLayer> layers) {
        Map<String, String> fields = new HashMap<>();
        for (DeclaredLayer layer : layers) {
            String key = layer.key();
            if (List.of(key.split("\\.", -1)).contains("")) {
                report.add(Problem.KEY_FORM, layer.keyOrigin(), key, layer.fieldName());
                continue;
            }
            String other = fields.putIfAbsent(key, layer.fieldName());
            if (other != null) {
                report.add(Problem.DUPLICATE_KEY, layer.keyOrigin(), layer.fieldName(), key, other);
            }
        }
        layers.forEach(layer -> checkParents(layer, fields));
    }

    private void checkParents(DeclaredLayer layer, Map<String, String> fields) {
        String parent = layer.key();
        for (int dot = parent.lastIndexOf('.'); dot > 0; dot = parent.lastIndexOf('.')) {
            parent = parent.substring(0, dot);
            if (fields.containsKey(parent)) {
                report.add(
                        Problem.KEY_CLASH,
                        layer.keyOrigin(),
                        layer.key(),
                        layer.fieldName(),
                        parent,
                        fields.get(parent));
                return;
            }
        }
    }
}
