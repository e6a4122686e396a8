package dev.netwright.processor.report.page;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.pass.GraphText;
import dev.netwright.processor.report.PassRecord.Made;
import dev.netwright.processor.report.ReportFacts;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** What each pass made of the graph before it. */
final class PassesSection {
    /** Lines up to which a graph is shown whole, with the changes in it; of others the changes alone. */
    private static final int WHOLE = 120;

    /** Unchanged lines around a change. */
    private static final int AROUND = 1;

    private final Html html;
    private final Map<Node, String> texts = new IdentityHashMap<>();

    private PassesSection(Html html) {
        this.html = html;
    }

    static void write(Html html, ReportFacts facts) {
        if (facts.passes().isEmpty()) {
            return;
        }
        html.element("h2", "Passes");
        html.element(
                "p",
                "What each pass made of the graph: lines with - are before it, lines with + after it.",
                "class",
                "soft");
        PassesSection section = new PassesSection(html);
        String program = "";
        List<String> before = List.of();
        for (Made made : facts.passes()) {
            if (!made.program().equals(program)) {
                program = made.program();
                before = List.of();
                html.element("h3", program.equals("inference") ? "Prediction" : "Training");
            }
            List<String> after = GraphText.lines(made.graph(), section.texts);
            section.pass(made, before, after);
            before = after;
        }
    }

    private void pass(Made made, List<String> before, List<String> after) {
        List<LineDiff.Line> lines = LineDiff.of(before, after);
        long gone = lines.stream().filter(line -> line.sign() == '-').count();
        long come = lines.stream().filter(line -> line.sign() == '+').count();
        if (gone + come == 0) {
            html.element("p", made.pass() + ": nothing to do");
            return;
        }
        html.open("details");
        html.element("summary", made.pass() + ": " + (before.isEmpty() ? "" : gone + " lines less, ") + come + " more");
        html.raw("<pre>\n");
        boolean whole = after.size() <= WHOLE;
        int skipped = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (whole || isNearChange(lines, i)) {
                if (skipped > 0) {
                    html.line("  ... " + skipped + " lines");
                    skipped = 0;
                }
                line(lines.get(i));
            } else {
                skipped++;
            }
        }
        html.raw("</pre>\n");
        html.close();
    }

    private static boolean isNearChange(List<LineDiff.Line> lines, int at) {
        for (int i = Math.max(0, at - AROUND); i <= Math.min(lines.size() - 1, at + AROUND); i++) {
            if (lines.get(i).sign() != ' ') {
                return true;
            }
        }
        return false;
    }

    private void line(LineDiff.Line line) {
        String text = line.sign() + " " + line.text();
        if (line.sign() == ' ') {
            html.line(text);
        } else {
            html.element(line.sign() == '-' ? "del" : "ins", text);
        }
    }
}
