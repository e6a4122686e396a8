package dev.netwright.processor.plan;

import dev.netwright.processor.plan.Place.Array;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A plan as stable text: every step with what it reads and writes, and every buffer that is written. */
public final class PlanText {
    private PlanText() {}

    public static String of(Plan plan) {
        StringBuilder text = new StringBuilder();
        program(text, "inference", plan.inference());
        plan.training().ifPresent(training -> program(text, "training", training));
        return text.toString();
    }

    private static void program(StringBuilder text, String name, Plan.Program program) {
        text.append(String.format(
                Locale.ROOT,
                "%s: %d floats a sample, %d once, %d prepared\n",
                name,
                program.arena(),
                program.scratch(),
                program.prepared()));
        text.append("  buffers\n");
        for (Plan.Stored stored : program.stored()) {
            Layout layout = stored.place().layout();
            text.append(String.format(
                    Locale.ROOT,
                    "    %8d %8d  %-24s %s\n",
                    stored.place().base(),
                    layout.size(),
                    stored.value().name(),
                    stored.value().shape()));
        }
        steps(text, "prepare", program.prepare());
        steps(text, "steps", program.steps());
        steps(text, "outputs", program.outputs());
    }

    private static void steps(StringBuilder text, String name, List<Step> steps) {
        if (steps.isEmpty()) {
            return;
        }
        text.append("  ").append(name).append('\n');
        for (Step step : steps) {
            text.append("    ")
                    .append(step.phase().name().toLowerCase(Locale.ROOT))
                    .append(' ')
                    .append(step.name())
                    .append(' ')
                    .append(step.kernel().getClass().getSimpleName())
                    .append('(')
                    .append(step.operands().stream().map(PlanText::place).collect(Collectors.joining(", ")))
                    .append(") ")
                    .append(step.work().count())
                    .append(" per ")
                    .append(step.work().unit().name().toLowerCase(Locale.ROOT));
            if (step.kernel() instanceof Tile tile) {
                text.append(", tile ")
                        .append(tile.shapes().wide())
                        .append(" or ")
                        .append(tile.shapes().narrow());
                if (!tile.extent().isEven()) {
                    text.append(", of the last lanes ")
                            .append(tile.lastShapes().wide())
                            .append(" or ")
                            .append(tile.lastShapes().narrow());
                }
            }
            if (step.kernel() instanceof GroupKernel.Sums sums) {
                text.append(", groups of ")
                        .append(sums.spread().groupLanes())
                        .append(" in lanes, tile ")
                        .append(sums.products().shapes().wide())
                        .append(" or ")
                        .append(sums.products().shapes().narrow());
            }
            text.append('\n');
        }
    }

    private static String place(Place place) {
        String array = place.array().name().toLowerCase(Locale.ROOT);
        int offset = place.layout().offset();
        return place.array() == Array.ARENA && offset != 0
                ? array + "@" + place.base() + "+" + offset
                : array + "@" + (place.array() == Array.ARENA ? place.base() : place.base() + offset);
    }
}
