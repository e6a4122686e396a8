package dev.netwright.processor.report.page;

import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.report.Figures;
import dev.netwright.processor.report.Latency;
import dev.netwright.processor.report.LatencyTable;
import dev.netwright.processor.report.ReportFacts;
import dev.netwright.processor.report.ThreadFacts;
import java.util.List;

/** The network's name and its figures. */
final class HeadSection {
    private final Html html;
    private final ReportFacts facts;

    private HeadSection(Html html, ReportFacts facts) {
        this.html = html;
        this.facts = facts;
    }

    static void write(Html html, ReportFacts facts) {
        new HeadSection(html, facts).write();
    }

    private void write() {
        Plan plan = facts.plan();
        html.element("h1", facts.network().name());
        html.element("p", facts.signature(), "class", "soft");
        html.open("dl", "class", "figures");
        String frozen = facts.frozen() == 0 ? "" : Figures.count(facts.frozen()) + " of them frozen";
        figure("parameters", Figures.count(facts.parameters()), frozen);
        figure("operations a sample", Figures.flops(facts.flops()), "a multiplication and an addition are two");
        memory("prediction", plan.inference());
        plan.training().ifPresent(training -> memory("training", training));
        figure("weights in a file", Figures.bytes(facts.fileBytes()), "safetensors, without its header");
        figure("latency", Figures.time(facts.latency().micros()), "predicted, one sample on one thread");
        figure("kernels", facts.vector() ? "vector and scalar" : "scalar only", "");
        html.close();
        latency();
        if (plan.training().isEmpty()) {
            html.element("p", "The network was generated for inference only; it cannot be trained.");
        }
        if (facts.evaluating() > 0) {
            html.element("p", "In training, too, " + facts.evaluating() + " layers compute as in evaluation.");
        }
        threads();
    }

    private void figure(String name, String value, String more) {
        html.open("div");
        html.element("dt", name);
        html.element("dd", value);
        if (!more.isEmpty()) {
            html.element("dd", more, "class", "more");
        }
        html.close();
    }

    private void memory(String name, Plan.Program program) {
        String besides = Figures.floats((long) program.scratch() + program.prepared());
        String at = program.microBatch() == 0
                ? "the whole batch at once"
                : "up to " + program.microBatch() + " samples at a time";
        figure("memory of " + name, Figures.floats(program.arena()) + " a sample", at + ", " + besides + " besides");
    }

    private void latency() {
        Latency latency = facts.latency();
        html.element("h3", "Latency");
        html.element(
                "p",
                "One sample on one thread, " + Figures.time(latency.micros()) + ". "
                        + LatencyTable.measured().reliability(),
                "class",
                "soft");
        html.table(List.of("what"), List.of("count", "us"), List.of());
        for (Latency.Part part : latency.parts()) {
            if (part.count() > 0) {
                html.open("tr").element("td", part.term().title());
                html.element("td", Figures.real(part.count(), 0), "class", "n");
                html.element("td", Figures.real(part.micros(), 1), "class", "n").close();
            }
        }
        html.endTable();
    }

    private void threads() {
        html.element("h3", "Threads");
        html.element(
                "p",
                "Speed-up predicted from shares, serial steps and meetings; the bandwidth of memory is not in it.",
                "class",
                "soft");
        List<String> threads = ThreadFacts.THREADS.stream().map(String::valueOf).toList();
        html.table(List.of("threads"), threads, List.of());
        for (ThreadFacts row : ThreadFacts.of(facts)) {
            html.open("tr").element("td", row.name());
            row.speedUps().forEach(speedUp -> html.element("td", Figures.real(speedUp, 1), "class", "n"));
            html.close();
        }
        html.endTable();
    }
}
