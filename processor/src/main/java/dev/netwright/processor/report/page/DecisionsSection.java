package dev.netwright.processor.report.page;

import dev.netwright.processor.graph.Decision;
import dev.netwright.processor.graph.Decision.Topic;
import dev.netwright.processor.graph.Node.Phase;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.report.ReportFacts;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What was chosen, and why, as whoever chose it said. */
final class DecisionsSection {
    private static final Map<Topic, String> TITLES = new EnumMap<>(Topic.class);

    static {
        TITLES.put(Topic.ALGORITHM, "Algorithms of convolutions");
        TITLES.put(Topic.FOLDING, "Folded into weights");
        TITLES.put(Topic.SPARSITY, "Gradients behind pools");
        TITLES.put(Topic.FUSION, "Fused into the kernel before");
        TITLES.put(Topic.KERNEL, "Kernels and their lanes");
        TITLES.put(Topic.TILE, "Register tiles (columns x vectors of lanes)");
        TITLES.put(Topic.LAYOUT, "Layouts in memory");
        TITLES.put(Topic.ROWS, "Passes over rows");
        TITLES.put(Topic.BANDS, "Lines of a weight gradient at a time");
        TITLES.put(Topic.THREADS, "Threads that share a step");
        TITLES.put(Topic.MEMORY, "Samples at a time");
    }

    /** Choices that a heading names. */
    private static final int MOST_KINDS = 4;

    private final Html html;

    private DecisionsSection(Html html) {
        this.html = html;
    }

    static void write(Html html, ReportFacts facts) {
        DecisionsSection section = new DecisionsSection(html);
        html.element("h2", "Decisions");
        html.element("p", "What is chosen alike for the same reason is told once.", "class", "soft");
        section.program("Prediction", facts.plan().inference());
        facts.plan().training().ifPresent(training -> section.program("Training", training));
    }

    private record Chosen(String choice, String reason) {}

    private void program(String name, Plan.Program program) {
        html.element("h3", name);
        for (Topic topic : Topic.values()) {
            Map<Chosen, Set<String>> subjects = new LinkedHashMap<>();
            for (Decision decision : program.graph().decisions()) {
                if (decision.topic() == topic) {
                    subjects.computeIfAbsent(
                                    new Chosen(decision.choice(), decision.reason()), chosen -> new LinkedHashSet<>())
                            .add(subject(decision));
                }
            }
            if (!subjects.isEmpty()) {
                topic(topic, subjects);
            }
        }
    }

    private static String subject(Decision decision) {
        return decision.phase() == Phase.FORWARD || decision.topic() == Topic.LAYOUT
                ? decision.subject()
                : decision.subject() + " (" + decision.phase().name().toLowerCase(Locale.ROOT) + ")";
    }

    private void topic(Topic topic, Map<Chosen, Set<String>> subjects) {
        html.open("details", "class", "decision");
        List<String> kinds =
                subjects.keySet().stream().map(Chosen::choice).distinct().toList();
        html.element(
                "summary",
                TITLES.get(topic) + ": "
                        + String.join("; ", kinds.subList(0, Math.min(MOST_KINDS, kinds.size())))
                        + (kinds.size() > MOST_KINDS ? "; ..." : ""));
        subjects.forEach((chosen, names) -> {
            html.open("div", "class", "why");
            html.element("b", chosen.choice());
            html.line(chosen.reason());
            html.open("div");
            html.line(String.join(",\n", names));
            html.close().close();
        });
        html.close();
    }
}
