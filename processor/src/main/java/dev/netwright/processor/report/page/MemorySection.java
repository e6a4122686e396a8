package dev.netwright.processor.report.page;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Node.Phase;
import dev.netwright.processor.plan.Place.Array;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.report.Figures;
import dev.netwright.processor.report.ReportFacts;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What lies where in a sample's memory at each moment. */
final class MemorySection {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 320;

    private final Html html;

    private MemorySection(Html html) {
        this.html = html;
    }

    static void write(Html html, ReportFacts facts) {
        MemorySection section = new MemorySection(html);
        html.element("h2", "Memory");
        html.element(
                "p",
                "What lies where in the memory of a sample: from left to right the program's nodes, from top to bottom the"
                        + " offset. The line is where the most is needed at once.",
                "class",
                "soft");
        section.program("Prediction", facts.plan().inference());
        facts.plan().training().ifPresent(training -> section.program("Training", training));
    }

    private void program(String name, Plan.Program program) {
        List<Plan.Span> spans = program.spans().stream()
                .filter(span -> span.array() == Array.ARENA)
                .toList();
        html.element("h3", name);
        if (spans.isEmpty()) {
            html.element("p", "A sample needs no memory of its own.");
            return;
        }
        List<Node> nodes = program.graph().nodes();
        int moments = nodes.size() + 2;
        long[] needed = new long[moments + 1];
        for (Plan.Span span : spans) {
            needed[span.first() + 1] += span.size();
            needed[span.last() + 2] -= span.size();
        }
        int peak = 0;
        for (int i = 1; i < moments; i++) {
            needed[i] += needed[i - 1];
            peak = needed[i] > needed[peak] ? i : peak;
        }
        int at = peak - 1;
        String largest = spans.stream()
                .filter(span -> span.first() <= at && at <= span.last())
                .sorted(Comparator.comparingInt(Plan.Span::size).reversed())
                .limit(4)
                .map(span -> span.name() + " (" + Figures.floats(span.size()) + ")")
                .collect(Collectors.joining(", "));
        html.element(
                "p",
                "Peak: " + Figures.floats(needed[peak]) + " of the " + Figures.floats(program.arena()) + " at "
                        + moment(nodes, at) + ", most of it " + largest + ".");
        map(program, spans, moments, peak);
    }

    private static String moment(List<Node> nodes, int at) {
        if (at < 0) {
            return "the inputs";
        } else if (at >= nodes.size()) {
            return "the outputs";
        }
        Node node = nodes.get(at);
        return node.name() + (node.phase() == Phase.BACKWARD ? " (backward)" : "");
    }

    private void map(Plan.Program program, List<Plan.Span> spans, int moments, int peak) {
        double step = (double) WIDTH / moments;
        double scale = (double) HEIGHT / Math.max(1, program.arena());
        html.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "class",
                "map",
                "viewBox",
                "0 0 " + WIDTH + " " + HEIGHT,
                "preserveAspectRatio",
                "none",
                "role",
                "img");
        html.element("title", "Offset against step");
        for (Plan.Span span : spans) {
            html.raw("<rect class=\"live\" x=\"" + plain((span.first() + 1) * step) + "\" y=\""
                    + plain(span.offset() * scale) + "\" width=\""
                    + plain((span.last() - span.first() + 1) * step) + "\" height=\""
                    + plain(span.size() * scale) + "\">");
            html.element(
                    "title",
                    span.name() + ", " + Figures.floats(span.size()) + " from " + Figures.floats(span.offset())
                            + " on");
            html.raw("</rect>\n");
        }
        String x = plain((peak + 0.5) * step);
        html.empty(
                "line",
                "class",
                "peak",
                "x1",
                x,
                "x2",
                x,
                "y1",
                "0",
                "y2",
                HEIGHT,
                "vector-effect",
                "non-scaling-stroke");
        html.close();
    }

    /** Without commas, as SVG wants numbers. */
    private static String plain(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }
}
