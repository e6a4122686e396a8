package dev.netwright.processor.report.page;

import dev.netwright.processor.report.Figures;
import dev.netwright.processor.report.LayerFacts;
import dev.netwright.processor.report.ReportFacts;
import java.util.List;

/** A table of the layers. */
final class LayersSection {
    private static final List<String> NUMBERS = List.of("parameters", "MFLOP", "share", "KB", "FLOP/byte");

    private LayersSection() {}

    static void write(Html html, ReportFacts facts) {
        html.element("h2", "Layers");
        html.element(
                "p",
                "Of one sample by itself, whose weights are read for it alone. Bound by compute is what has more than "
                        + Figures.real(LayerFacts.BALANCE, 1)
                        + " operations for each byte: two cores of a Zen 5 do 440 in the time of 70 bytes. A field is how"
                        + " much of the input an element sees.",
                "class",
                "soft");
        html.table(List.of("layer", "type", "output"), NUMBERS, List.of("bound", "field"));
        facts.layers().forEach(layer -> row(html, layer));
        html.open("tr").element("th", "in all", "colspan", 3);
        html.element("th", Figures.count(facts.parameters()), "class", "n");
        html.element("th", Figures.real(facts.flops() / 1e6, 3), "class", "n");
        html.element("th", "", "colspan", 5).close().endTable();
    }

    private static void row(Html html, LayerFacts layer) {
        html.open("tr");
        html.element("td", layer.node().name());
        html.element("td", layer.node().layer().name() + (layer.frozen() ? ", frozen" : ""));
        html.element("td", layer.node().layer().output().toString());
        html.element("td", Figures.count(layer.parameters()), "class", "n");
        html.element("td", Figures.real(layer.flops() / 1e6, 3), "class", "n");
        html.element("td", Figures.real(100 * layer.share(), 1) + " %", "class", "n");
        html.element("td", Figures.real(layer.bytes() / 1024.0, 1), "class", "n");
        html.element("td", layer.flops() == 0 ? "" : Figures.real(layer.intensity(), 1), "class", "n");
        html.element("td", layer.bound());
        html.element("td", layer.field());
        html.close();
    }
}
