package dev.netwright.processor.drawn;

import dev.netwright.processor.drawn.DrawnNetwork.DrawnLayer;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.plan.Depthwise;
import dev.netwright.processor.plan.DepthwiseWeightGradient;
import dev.netwright.processor.plan.Kernel;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.plan.SparseKernel;
import dev.netwright.processor.plan.Step;
import dev.netwright.processor.plan.Tile;
import dev.netwright.processor.plan.WinogradKernel;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What drawn networks must reach, most of it told from their plans. */
enum Reach {
    WINOGRAD(5),
    SPARSE_GRADIENTS(5),
    MICRO_BATCHES(5),
    DEPTHWISE(5),
    STRETCHED(5),
    REMAINDER_TILES(20),
    BLOCKS(8),
    ROWS(5),
    SHARED(3);

    /** The least share of the networks, in percent. */
    final int percent;

    Reach(int percent) {
        this.percent = percent;
    }

    static Set<Reach> of(DrawnNetwork network, Plan plan) {
        int samples = network.samples();
        Set<Reach> reached = EnumSet.noneOf(Reach.class);
        addIf(reached, STRETCHED, stretches(network));
        List<DrawnLayer> declared = Stream.concat(
                        network.layers().stream(), network.blocks().stream().flatMap(block -> block.layers().stream()))
                .toList();
        addIf(reached, BLOCKS, declared.stream().anyMatch(DrawnLayer::isBlock));
        addIf(reached, ROWS, declared.stream().anyMatch(layer -> layer.repeat() != null));
        addIf(reached, SHARED, network.sharesParameters());
        add(reached, WINOGRAD, plan, kernel -> kernel instanceof WinogradKernel);
        add(reached, SPARSE_GRADIENTS, plan, kernel -> kernel instanceof SparseKernel);
        add(
                reached,
                DEPTHWISE,
                plan,
                kernel -> kernel instanceof Depthwise || kernel instanceof DepthwiseWeightGradient);
        add(reached, REMAINDER_TILES, plan, kernel -> kernel instanceof Tile tile && hasRest(tile, samples));
        int inference = plan.inference().microBatch();
        if (inference > 0 && samples > inference
                || plan.training().orElseThrow().microBatch() > 0 && samples > ModelRun.PART) {
            reached.add(MICRO_BATCHES);
        }
        return reached;
    }

    /** Whether a sum or product has an input of another shape than its own. */
    private static boolean stretches(DrawnNetwork network) {
        Expansion expansion = network.expansion();
        Map<String, Shape> shapes = expansion.shapes();
        return expansion.layers().stream()
                .map(Expansion.Flat::layer)
                .filter(layer -> Set.of("Add", "Mul").contains(layer.annotation()))
                .anyMatch(layer ->
                        layer.from().stream().anyMatch(name -> !shapes.get(name).equals(shapes.get(layer.name()))));
    }

    private static void addIf(Set<Reach> reached, Reach what, boolean is) {
        if (is) {
            reached.add(what);
        }
    }

    private static void add(Set<Reach> reached, Reach what, Plan plan, Predicate<Kernel> reaches) {
        boolean any = Stream.of(plan.inference(), plan.training().orElseThrow())
                .flatMap(program -> program.steps().stream())
                .map(Step::kernel)
                .anyMatch(reaches);
        addIf(reached, what, any);
    }

    private static boolean hasRest(Tile tile, int samples) {
        int columns = tile.samples() == Tile.Samples.COLUMNS ? samples : tile.columns();
        return columns % tile.shapes().narrow().columns() != 0;
    }
}
