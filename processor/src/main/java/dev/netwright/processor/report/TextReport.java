package dev.netwright.processor.report;

import dev.netwright.processor.graph.WinogradForm;
import dev.netwright.processor.plan.Kernel;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.plan.Step;
import dev.netwright.processor.plan.Tile;
import dev.netwright.processor.plan.TileShapes;
import dev.netwright.processor.plan.WinogradKernel;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A network in 80 columns: its layers, what it takes in memory, and the kernels that were chosen. */
public final class TextReport {
    private static final int LINE = 80;

    private final StringBuilder text = new StringBuilder();

    private TextReport() {}

    /** The text of a network. */
    public static String of(ReportFacts facts) {
        Plan plan = facts.plan();
        TextReport report = new TextReport();
        report.layers(facts);
        report.program("Inference", plan.inference());
        plan.training().ifPresent(training -> report.program("Training", training));
        report.kernels("inference", plan.inference());
        plan.training().ifPresent(training -> report.kernels("training", training));
        report.latency(facts);
        report.threads(facts);
        if (plan.training().isEmpty()) {
            report.line("The network was generated for inference only; it cannot be trained.");
        }
        report.line(
                "Kernels were generated " + (facts.vector() ? "in vector and scalar form." : "in scalar form only."));
        return report.text.toString();
    }

    private void line(String line) {
        text.append(line.stripTrailing()).append('\n');
    }

    private void format(String format, Object... arguments) {
        line(String.format(Locale.ROOT, format, arguments));
    }

    private void layers(ReportFacts facts) {
        line(facts.network().name() + ": " + facts.signature());
        line("");
        format("%-20s %-18s %-16s %11s %11s", "layer", "type", "output", "parameters", "MFLOP");
        line("-".repeat(LINE));
        for (LayerFacts layer : facts.layers()) {
            format(
                    "%-20s %-18s %-16s %,11d %,11.3f",
                    shortened(layer.node().name(), 20),
                    shortened(layer.node().layer().name(), 18),
                    layer.node().layer().output(),
                    layer.parameters(),
                    layer.flops() / 1e6);
        }
        line("-".repeat(LINE));
        format("%-20s %-18s %-16s %,11d %,11.3f", "in all", "", "", facts.parameters(), facts.flops() / 1e6);
        if (facts.frozen() > 0) {
            format(
                    "Frozen: %,d parameters without gradients (%s) and optimiser state.",
                    facts.frozen(), bytes(facts.frozen()));
        }
        if (facts.evaluating() > 0) {
            format("In training, too, %d layers compute as in evaluation.", facts.evaluating());
        }
        line("");
    }

    private static String shortened(String name, int most) {
        return name.length() <= most ? name : name.substring(0, most - 2) + "..";
    }

    private void program(String name, Plan.Program program) {
        format(
                "%s: %s a sample, %s; %s besides, %d steps.",
                name,
                bytes(program.arena()),
                microBatch(program),
                bytes(program.scratch()),
                program.prepare().size() + program.steps().size());
        if (program.prepared() > 0) {
            format("  %s derived from the weights, beside them", bytes(program.prepared()));
        }
        List<Plan.Stored> largest = program.stored().stream()
                .sorted(Comparator.comparingInt(
                                (Plan.Stored s) -> s.place().layout().size())
                        .reversed())
                .limit(5)
                .toList();
        for (Plan.Stored stored : largest) {
            format(
                    "  %-28s %-20s %12s",
                    shortened(stored.value().name(), 28),
                    stored.value().shape(),
                    bytes(stored.place().layout().size()));
        }
        if (program.stored().size() > largest.size()) {
            format("  ... and %d smaller buffers", program.stored().size() - largest.size());
        }
        line("");
    }

    private static String microBatch(Plan.Program program) {
        long samples = program.microBatch();
        return samples == 0
                ? "the whole batch at once"
                : "up to " + samples + " at a time in " + bytes(samples * program.arena());
    }

    private static String bytes(long floats) {
        return Figures.floats(floats);
    }

    private void kernels(String name, Plan.Program program) {
        winograd(name, program);
        line("Register tiles in " + name + " (columns x vectors of lanes):");
        for (Step step : program.steps()) {
            if (step.kernel() instanceof Tile tile) {
                tile(step, tile);
            }
            step.kernel().calls().stream()
                    .map(Kernel.Called::kernel)
                    .filter(Tile.class::isInstance)
                    .forEach(called -> tile(step, (Tile) called));
        }
        line("");
    }

    private void tile(Step step, Tile tile) {
        tile(step, tile, tile.shapes(), "");
        if (!tile.extent().isEven()) {
            tile(step, tile, tile.lastShapes(), ", last lanes");
        }
    }

    private void tile(Step step, Tile tile, TileShapes shapes, String which) {
        format(
                "  %-28s sum of %-18s %2d x %d, with 16 registers %d x %d%s",
                shortened(step.name(), 28),
                sum(tile),
                shapes.wide().columns(),
                shapes.wide().vectors(),
                shapes.narrow().columns(),
                shapes.narrow().vectors(),
                which);
        format(
                "    rows %s: %s, %d registers: %s",
                shapes.wideRow().key(),
                shapes.wideRow().shape(),
                shapes.narrowRow().registers(),
                shapes.narrowRow().shape());
    }

    private void latency(ReportFacts facts) {
        Latency latency = facts.latency();
        format("Predicted to take %s for one sample on one thread:", Figures.time(latency.micros()));
        for (Latency.Part part : latency.parts()) {
            if (part.count() > 0) {
                format("  %-28s %,18.0f %18s us", part.term().title(), part.count(), Figures.real(part.micros(), 1));
            }
        }
        Figures.lines("  " + LatencyTable.measured().reliability(), LINE).forEach(this::line);
        line("");
    }

    private void threads(ReportFacts facts) {
        line("Speed-up by threads, predicted from shares, serial steps and meetings; the");
        line("bandwidth of memory is not in it:");
        StringBuilder heading = new StringBuilder(String.format(Locale.ROOT, "  %-28s", "threads"));
        ThreadFacts.THREADS.forEach(threads -> heading.append(String.format(Locale.ROOT, " %6d", threads)));
        line(heading.toString());
        for (ThreadFacts row : ThreadFacts.of(facts)) {
            StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "  %-28s", row.name()));
            row.speedUps().forEach(speedUp -> text.append(String.format(Locale.ROOT, " %6.1f", speedUp)));
            line(text.toString());
        }
        line("");
    }

    private void winograd(String name, Plan.Program program) {
        List<Step> steps = program.steps().stream()
                .filter(step -> form(step.kernel()) != null)
                .toList();
        if (steps.isEmpty()) {
            return;
        }
        line("Convolutions in " + name + " by Winograd's algorithm; all others are direct:");
        long all = 0;
        for (Step step : steps) {
            WinogradForm form = form(step.kernel());
            long weights = transformedWeights(program, step);
            all += weights;
            format(
                    "  %-28s %-11s error up to %.0e%s",
                    shortened(step.name(), 28),
                    form,
                    form.error(),
                    weights == 0 ? "" : String.format(Locale.ROOT, ", weights %9s", bytes(weights)));
        }
        format("  %-28s %-11s %17s  weights %9s", "in all", "", "", bytes(all));
        line("  Errors are parts of the largest output; weights are copies, transformed.");
        line("");
    }

    /** Floats that are derived from the weight of a step's convolution; a weight gradient has no weight. */
    private static long transformedWeights(Plan.Program program, Step step) {
        return program.prepare().stream()
                .filter(prepared -> prepared.node() == step.node())
                .filter(prepared -> prepared.kernel() instanceof WinogradKernel.Transform)
                .mapToLong(prepared -> prepared.operands().get(0).layout().size())
                .sum();
    }

    private static WinogradForm form(Kernel kernel) {
        if (kernel instanceof WinogradKernel.Blocks blocks) {
            return blocks.output().form();
        } else if (kernel instanceof WinogradKernel.Transform transform) {
            // of a weight gradient's points; all other transforms are of what an output step ends
            return transform.matrix() == WinogradForm.Matrix.OUTPUT ? transform.form() : null;
        }
        return kernel instanceof WinogradKernel.Output output ? output.form() : null;
    }

    private static String sum(Tile tile) {
        String loops = tile.sum().loops().stream()
                .map(loop -> String.valueOf(loop.count()))
                .collect(Collectors.joining(" x "));
        if (tile.samples() == Tile.Samples.SUMMED) {
            return loops.isEmpty() ? "samples" : "samples x " + loops;
        }
        return loops.isEmpty() ? "nothing" : loops;
    }
}
