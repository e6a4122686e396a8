package dev.netwright.processor.lint;

import dev.netwright.processor.declared.DeclaredInput;
import dev.netwright.processor.declared.DeclaredLayer;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.graph.LayerNode;
import java.util.Set;
import java.util.stream.Collectors;

/** Layers and inputs that nothing reads. */
final class UnusedLayer implements Lint {
    @Override
    public Problem problem() {
        return Problem.UNUSED_LAYER;
    }

    @Override
    public void check(LintedNetwork network, Findings findings) {
        for (DeclaredInput input : network.declared().inputs()) {
            network.network().inputs().stream()
                    .filter(value -> value.name().equals(input.name()) && network.isUnused(value))
                    .forEach(value -> findings.add(
                            input, "the input " + input.name(), "Name it in the from of a layer, or leave it out."));
        }
        Set<String> indices = network.declared().layers().stream()
                .map(DeclaredLayer::attributes)
                .filter(attributes -> attributes.isWritten("indices"))
                .map(attributes -> attributes.text("indices"))
                .collect(Collectors.toSet());
        for (LayerNode node : network.layers()) {
            if (!node.kept()
                    && !indices.contains(node.name())
                    && node.outputs().stream().allMatch(network::isUnused)) {
                findings.add(
                        node,
                        node.name(),
                        "Name it in the from of another layer, mark it as an @Output, or leave it out.");
            }
        }
    }
}
