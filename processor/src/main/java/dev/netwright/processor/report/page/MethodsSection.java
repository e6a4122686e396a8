package dev.netwright.processor.report.page;

import dev.netwright.processor.emit.MethodLength;
import dev.netwright.processor.graph.Counted;
import dev.netwright.processor.report.Figures;
import dev.netwright.processor.report.ReportFacts;
import java.util.Comparator;
import java.util.List;

/** The generated methods, with their lengths against what HotSpot takes. */
final class MethodsSection {
    /** HotSpot compiles no longer method. */
    private static final int HUGE = 8_000;

    private static final int PROGRAM = 6_000;
    private static final int KERNEL = 1_000;

    private MethodsSection() {}

    static void write(Html html, ReportFacts facts) {
        if (facts.methods().isEmpty()) {
            return;
        }
        html.element("h2", "Generated methods");
        html.element(
                "p",
                "Bytecodes are estimated from the source. HotSpot never compiles a method of more than "
                        + Figures.count(HUGE) + "; programs stay below " + Figures.count(PROGRAM)
                        + ", and kernels, of which C2 makes bad code when they are long, below " + Figures.count(KERNEL)
                        + ". Methods with a number at the end are parts of the one before.",
                "class",
                "soft");
        facts.methods().forEach((file, methods) -> file(html, file, methods));
    }

    private static int limit(String file) {
        return file.contains("Kernels") ? KERNEL : file.contains("Model") ? HUGE : PROGRAM;
    }

    private static void file(Html html, String file, List<MethodLength> methods) {
        MethodLength longest = methods.stream()
                .max(Comparator.comparingInt(MethodLength::bytecodes))
                .orElse(null);
        if (longest == null) {
            return;
        }
        int limit = limit(file);
        html.open("details");
        html.element(
                "summary",
                file + ": " + Counted.of(methods.size(), "method") + ", the longest " + longest.name() + " with "
                        + Figures.count(longest.bytecodes()) + " of " + Figures.count(limit));
        html.table(List.of("method"), List.of("line", "bytecodes"), List.of());
        for (MethodLength method : methods) {
            html.open("tr");
            html.element("td", method.name());
            html.element("td", file + ":" + method.line(), "class", "n");
            html.element("td", Figures.count(method.bytecodes()), "class", method.bytecodes() > limit ? "n over" : "n");
            html.close();
        }
        html.endTable().close();
    }
}
