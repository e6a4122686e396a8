package dev.netwright.processor.lint;

import dev.netwright.processor.declared.DeclaredInput;
import dev.netwright.processor.declared.DeclaredLayer;
import dev.netwright.processor.declared.DeclaredNetwork;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.graph.LayerNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.tools.Diagnostic.Kind;

/** Where one lint tells what it finds: of what the class declares itself, and does not silence. */
final class Findings {
    private final Problem problem;
    private final Kind kind;
    private final ProblemReport report;
    private final Map<String, DeclaredLayer> own = new HashMap<>();
    private final Set<String> told = new HashSet<>();

    Findings(DeclaredNetwork network, Problem problem, Kind kind, ProblemReport report) {
        this.problem = problem;
        this.kind = kind;
        this.report = report;
        network.layers().forEach(layer -> own.put(layer.fieldName(), layer));
    }

    /** Tells of a layer, at the layer. */
    void add(LayerNode node, Object... arguments) {
        addAt(node, null, arguments);
    }

    /** Tells of a layer, at what gives one of its attributes; of a row of layers, once. */
    void addAt(LayerNode node, String attribute, Object... arguments) {
        Optional<DeclaredLayer> layer = declared(node);
        boolean silent = layer.isEmpty()
                || LintedNetwork.isFrozen(node)
                || layer.get().suppressed().contains(problem.id())
                || !told.add(layer.get().fieldName());
        if (!silent) {
            report.add(problem, kind, layer.get().origin().attribute(attribute), arguments);
        }
    }

    void add(DeclaredInput input, Object... arguments) {
        report.add(problem, kind, input.origin(), arguments);
    }

    /** The field that a layer is, or is one of a row of; nothing of what is inherited, or within a block or another's. */
    private Optional<DeclaredLayer> declared(LayerNode node) {
        int dot = node.name().indexOf('.');
        if (dot < 0) {
            return Optional.ofNullable(own.get(node.name()));
        }
        return Optional.ofNullable(own.get(node.name().substring(0, dot)))
                .filter(row -> row.block() == null && row.repeat() != null);
    }
}
