package dev.netwright.processor.lint;

import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Window;
import dev.netwright.processor.graph.layer.Conv;
import java.util.Optional;

/** Even kernels with SAME, whose results lie half a place beside their input. */
final class EvenSame implements Lint {
    @Override
    public Problem problem() {
        return Problem.SAME_EVEN;
    }

    @Override
    public void check(LintedNetwork network, Findings findings) {
        for (LayerNode node : network.layers()) {
            if (node.layer() instanceof Conv conv && "same".equals(conv.padding())) {
                Optional<Window> uneven = conv.convolution().windows().stream()
                        .filter(window -> window.before() != window.after())
                        .findFirst();
                uneven.ifPresent(window -> findings.addAt(
                        node,
                        "kernelSize",
                        node.name(),
                        window.kernel(),
                        window.before(),
                        window.after(),
                        window.kernel() + 1));
            }
        }
    }
}
