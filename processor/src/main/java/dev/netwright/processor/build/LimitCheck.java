package dev.netwright.processor.build;

import dev.netwright.processor.declared.DeclaredInput;
import dev.netwright.processor.declared.DeclaredLayer;
import dev.netwright.processor.declared.DeclaredLoss;
import dev.netwright.processor.declared.DeclaredNetwork;
import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import java.util.List;

/**
 * Limits on what a declaration may have of a kind. A Java method has at most 255 parameters: methods of the model take
 * inputs with outputs or targets, and a kernel takes an array and an offset for each of its layer's inputs. A string in
 * a class file has at most 65,535 bytes, of which a character takes up to three.
 */
final class LimitCheck {
    /** Inputs, outputs and losses of a network, and inputs of a layer. */
    static final int MOST = 100;

    /** Characters of names and keys. */
    static final int LONGEST = 1_000;

    private final DeclaredNetwork network;
    private final Inheritance.Whole whole;
    private final ProblemReport report;

    LimitCheck(DeclaredNetwork network, Inheritance.Whole whole, ProblemReport report) {
        this.network = network;
        this.whole = whole;
        this.report = report;
    }

    void check() {
        String name = network.simpleName();
        List<PlacedLayer> outputs = whole.layers().stream()
                .filter(layer -> whole.outputs().contains(layer.name()))
                .toList();
        count(name, "inputs", whole.inputs().stream().map(DeclaredInput::origin).toList(), "Join some of them.");
        count(
                name,
                "outputs",
                outputs.stream().map(layer -> layer.declared().origin()).toList(),
                "Join some of them by @Concat.");
        count(name, "losses", whole.losses().stream().map(DeclaredLoss::origin).toList(), "Leave some of them out.");
        whole.inputs().forEach(input -> length("name", "an input", input.name(), input.origin()));
        whole.layers().stream()
                .filter(layer -> layer.site().use() == null)
                .map(PlacedLayer::declared)
                .forEach(this::check);
    }

    private void check(DeclaredLayer layer) {
        int inputs = layer.from() == null ? 0 : layer.from().size();
        if (inputs > MOST) {
            report.add(
                    Problem.TOO_MANY,
                    layer.origin().attribute("from", MOST),
                    layer.fieldName(),
                    inputs,
                    "inputs",
                    MOST,
                    "Join them in several layers.");
        }
        if (length(
                "name", "a layer", layer.fieldName(), Origin.of(layer.origin().element()))) {
            length("key", layer.fieldName(), layer.key(), layer.keyOrigin());
        }
    }

    private void count(String subject, String what, List<Origin> all, String fix) {
        if (all.size() > MOST) {
            report.add(Problem.TOO_MANY, all.get(MOST), subject, all.size(), what, MOST, fix);
        }
    }

    private boolean length(String what, String subject, String text, Origin origin) {
        if (text.length() > LONGEST) {
            report.add(Problem.TOO_LONG, origin, what, subject, text.length(), LONGEST);
        }
        return text.length() <= LONGEST;
    }
}
