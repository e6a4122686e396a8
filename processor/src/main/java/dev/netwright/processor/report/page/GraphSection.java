package dev.netwright.processor.report.page;

import dev.netwright.processor.graph.Member;
import dev.netwright.processor.graph.Member.Form;
import dev.netwright.processor.report.Figures;
import dev.netwright.processor.report.LayerFacts;
import dev.netwright.processor.report.ReportFacts;
import java.util.List;

/** The network's graph: its own fields, and what is within each block when that is opened. */
final class GraphSection {
    private final Html html;
    private final ReportFacts facts;
    private int drawn;

    private GraphSection(Html html, ReportFacts facts) {
        this.html = html;
        this.facts = facts;
    }

    static void write(Html html, ReportFacts facts) {
        GraphSection section = new GraphSection(html, facts);
        html.element("h2", "Graph");
        html.open("p", "class", "key soft");
        section.key("k-trained", "has parameters that are trained");
        section.key("k-frozen", "all of its parameters are frozen");
        section.key("k-block", "a block, opened below");
        section.key("k-flow", "gradients flow back");
        section.key("k-edge", "no gradient");
        html.close();
        section.drawing(facts.network().members());
        section.blocks(facts.network().members());
    }

    private void key(String type, String text) {
        html.open("span").element("i", "", "class", type).line(text).close();
    }

    private void drawing(List<Member> members) {
        GraphDrawing.write(html, drawn++, facts, members);
    }

    private void blocks(List<Member> members) {
        for (Member member : members) {
            if (member.form() == Form.LAYER) {
                continue;
            }
            List<LayerFacts> within =
                    GraphParts.layers(member).stream().map(facts.layers()::get).toList();
            long parameters = within.stream().mapToLong(LayerFacts::parameters).sum();
            long flops = within.stream().mapToLong(LayerFacts::flops).sum();
            html.open("details");
            html.element(
                    "summary",
                    member.name() + ": " + GraphParts.type(member) + ", "
                            + within.size() + " layers, " + Figures.count(parameters) + " parameters, "
                            + Figures.flops(flops));
            drawing(member.children());
            blocks(member.children());
            html.close();
        }
    }
}
