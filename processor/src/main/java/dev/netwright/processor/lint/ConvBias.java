package dev.netwright.processor.lint;

import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.graph.Graph.Parameter;
import dev.netwright.processor.graph.LayerNode;
import java.util.List;
import java.util.Optional;

/** A bias by channel before a normalisation that takes each channel's mean away again. */
final class ConvBias implements Lint {
    @Override
    public Problem problem() {
        return Problem.CONV_BIAS;
    }

    @Override
    public void check(LintedNetwork network, Findings findings) {
        for (LayerNode node : network.layers()) {
            Optional<Parameter> bias = node.parameters().stream()
                    .filter(parameter -> parameter.declaration().name().equals("bias"))
                    .findFirst();
            if (bias.isPresent() && isByChannel(node) && !isShared(node, network)) {
                network.onlyReader(node.output())
                        .filter(ConvBias::takesMeanAway)
                        .ifPresent(norm -> findings.addAt(
                                node,
                                "bias",
                                node.name(),
                                norm.name(),
                                bias.get().declaration().shape().elements(),
                                node.layer().name()));
            }
        }
    }

    /** Features of a vector are its channels. */
    private static boolean isByChannel(LayerNode node) {
        return Kinds.isConvolution(node)
                || Kinds.isLinear(node) && node.output().shape().rank() == 1;
    }

    private static boolean takesMeanAway(LayerNode node) {
        return Kinds.isBatchNorm(node) || node.layer().name().startsWith("InstanceNorm");
    }

    private static boolean isShared(LayerNode node, LintedNetwork network) {
        List<Parameter> own = node.parameters();
        return network.layers().stream()
                .anyMatch(other -> other != node && other.parameters().stream().anyMatch(own::contains));
    }
}
