package dev.netwright.processor.lint;

import dev.netwright.processor.declared.DeclaredBlock;
import dev.netwright.processor.declared.DeclaredInput;
import dev.netwright.processor.declared.DeclaredLayer;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.graph.LayerNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.tools.Diagnostic.Kind;

/**
 * Where one lint tells what it finds: of what the class declares itself, or a block that is compiled along with it, and does
 * not silence. What is within a block is told once, and only if it holds wherever the network uses the block.
 */
final class Findings {
    /**
     * A field that declares a layer.
     *
     * @param block the innermost block that it is within; null where it is the network's own
     */
    private record Field(DeclaredBlock block, DeclaredLayer layer) {
        /** Blocks are read again for each that uses them. */
        private String name() {
            return (block == null ? "" : block.qualifiedName()) + "." + layer.fieldName();
        }
    }

    private final LintedNetwork network;
    private final Problem problem;
    private final Kind kind;
    private final ProblemReport report;
    private final Map<String, DeclaredLayer> own = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    /** What was found within blocks, by the fields there. */
    private final Map<String, List<Runnable>> within = new LinkedHashMap<>();

    Findings(LintedNetwork network, Problem problem, Kind kind, ProblemReport report) {
        this.network = network;
        this.problem = problem;
        this.kind = kind;
        this.report = report;
        network.declared().layers().forEach(layer -> own.put(layer.fieldName(), layer));
    }

    /** Tells of a layer, at the layer. */
    void add(LayerNode node, Object... arguments) {
        addAt(node, null, arguments);
    }

    /** Tells of a layer, at what gives one of its attributes; of a row of layers, once. */
    void addAt(LayerNode node, String attribute, Object... arguments) {
        if (LintedNetwork.isFrozen(node)) {
            return;
        }
        field(node).ifPresent(field -> {
            Runnable tell =
                    () -> report.add(problem, kind, field.layer().origin().attribute(attribute), arguments);
            if (field.block() != null) {
                within.computeIfAbsent(field.name(), any -> new ArrayList<>()).add(tell);
            } else if (told.add(field.name())) {
                tell.run();
            }
        });
    }

    void add(DeclaredInput input, Object... arguments) {
        report.add(problem, kind, input.origin(), arguments);
    }

    /** Tells of what is within blocks, now that all uses are known. */
    void end() {
        Map<String, Integer> uses = new HashMap<>();
        if (!within.isEmpty()) {
            network.layers().forEach(node -> field(node).ifPresent(field -> uses.merge(field.name(), 1, Integer::sum)));
        }
        within.forEach((field, found) -> {
            if (found.size() == uses.get(field)) {
                found.get(0).run();
            }
        });
    }

    /** The field that a layer is, or is one of a row of; nothing of what is inherited, silenced, or a library's. */
    private Optional<Field> field(LayerNode node) {
        Iterator<String> names = List.of(node.name().split("\\.")).iterator();
        DeclaredBlock block = null;
        DeclaredLayer layer = own.get(names.next());
        while (layer != null && !layer.suppressed().contains(problem.id())) {
            if (layer.repeat() != null && names.hasNext()) {
                names.next();
            }
            if (!names.hasNext()) {
                return Optional.of(new Field(block, layer));
            }
            block = layer.block();
            if (block == null || !block.source() || block.suppressed().contains(problem.id())) {
                break;
            }
            String name = names.next();
            layer = block.layers().stream()
                    .filter(each -> each.fieldName().equals(name))
                    .findFirst()
                    .orElse(null);
        }
        return Optional.empty();
    }
}
