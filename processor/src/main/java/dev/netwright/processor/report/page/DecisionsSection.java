package dev.netwright.processor.report.page;

import dev.netwright.processor.graph.Decision;
import dev.netwright.processor.graph.Decision.Topic;
import dev.netwright.processor.graph.Node.Phase;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.report.ReportFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What was chosen, and why, as whoever chose it said. */
final class DecisionsSection {
    private static final Map<Topic, String> TITLES = Map.of(
            Topic.ALGORITHM, "Algorithms of convolutions",
            Topic.FOLDING, "Folded into weights",
            Topic.SPARSITY, "Gradients behind pools",
            Topic.FUSION, "Fused into the kernel before",
            Topic.KERNEL, "Kernels and their lanes",
            Topic.TILE, "Register tiles (columns x vectors of lanes)",
            Topic.LAYOUT, "Layouts in memory",
            Topic.MEMORY, "Samples at a time");

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
            Map<Chosen, List<String>> subjects = new LinkedHashMap<>();
            int count = 0;
            for (Decision decision : program.graph().decisions()) {
                if (decision.topic() == topic) {
                    count++;
                    List<String> like = subjects.computeIfAbsent(
                            new Chosen(decision.choice(), decision.reason()), chosen -> new ArrayList<>());
                    String subject = subject(decision);
                    if (!like.contains(subject)) {
                        like.add(subject);
                    }
                }
            }
            if (count > 0) {
                topic(topic, subjects);
            }
        }
    }

    private static String subject(Decision decision) {
        return decision.phase() == Phase.FORWARD || decision.topic() == Topic.LAYOUT
                ? decision.subject()
                : decision.subject() + " (" + decision.phase().name().toLowerCase(Locale.ROOT) + ")";
    }

    private void topic(Topic topic, Map<Chosen, List<String>> subjects) {
        html.open("details");
        String kinds = subjects.keySet().stream()
                .map(Chosen::choice)
                .distinct()
                .limit(4)
                .collect(Collectors.joining("; "));
        boolean more = subjects.keySet().stream().map(Chosen::choice).distinct().count() > 4;
        html.element("summary", TITLES.get(topic) + ": " + kinds + (more ? "; ..." : ""));
        subjects.forEach((chosen, names) -> {
            html.open("div", "class", "why");
            html.element("b", chosen.choice());
            html.line(chosen.reason());
            html.open("div");
            for (int i = 0; i < names.size(); i++) {
                html.line(names.get(i) + (i + 1 < names.size() ? "," : ""));
            }
            html.close().close();
        });
        html.close();
    }
}
