package dev.netwright.processor.report.page;

import dev.netwright.processor.graph.Member;
import dev.netwright.processor.report.ReportFacts;
import dev.netwright.processor.report.draw.Drawing;
import dev.netwright.processor.report.draw.Drawing.Placed;
import dev.netwright.processor.report.draw.Sketch;
import dev.netwright.processor.report.page.GraphParts.Kind;
import dev.netwright.processor.report.page.GraphParts.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Some fields drawn as SVG. */
final class GraphDrawing {
    private static final int WIDTH = 150;
    private static final int HEIGHT = 38;

    /** Characters that a box has room for. */
    private static final int NAME = 21;

    /** At the right, for a shape. */
    private static final int ROOM = 24;

    /** Between a box and where the drawing is divided above it. */
    private static final int ABOVE = 2;

    /** Of a drawing, what a printed page has room for beside a heading. */
    static final int SHEET = 1300;

    private final Html html;
    private final int number;
    private final GraphParts parts;
    private final Drawing drawing;

    private GraphDrawing(Html html, int number, GraphParts parts) {
        this.html = html;
        this.number = number;
        this.parts = parts;
        this.drawing = Drawing.of(sketch(parts));
    }

    /** What is drawn of these parts. */
    static Sketch sketch(GraphParts parts) {
        return new Sketch(
                parts.parts().stream()
                        .map(part -> new Sketch.Box(WIDTH, HEIGHT))
                        .toList(),
                parts.edges().stream()
                        .map(edge -> new Sketch.Line(edge.from(), edge.to()))
                        .toList());
    }

    /**
     * Writes a drawing.
     *
     * @param number of the drawing on the page
     */
    static void write(Html html, int number, ReportFacts facts, List<Member> members) {
        new GraphDrawing(html, number, GraphParts.of(facts, members)).write();
    }

    private void write() {
        String id = "graph" + number;
        List<Integer> ends = ends(drawing);
        html.open("div", "class", "wide");
        svg(0, ends.get(0), "role", "img");
        html.element("title", "Graph of " + parts.parts().size() + " parts");
        html.open("g", "id", id);
        for (int i = 0; i < parts.edges().size(); i++) {
            String points = drawing.paths().get(i).points().stream()
                    .map(point -> point.x() + "," + point.y())
                    .collect(Collectors.joining(" "));
            html.empty("polyline", "class", parts.edges().get(i).flows() ? "edge flow" : "edge", "points", points);
        }
        for (int i = 0; i < parts.parts().size(); i++) {
            box(parts.parts().get(i), drawing.boxes().get(i));
        }
        shapes();
        html.close().close();
        for (int i = 1; i < ends.size(); i++) {
            svg(ends.get(i - 1), ends.get(i), "aria-hidden", "true");
            html.empty("use", "href", "#" + id).close();
        }
        html.close();
    }

    private void svg(int begin, int end, String name, String value) {
        int width = drawing.width() + ROOM;
        html.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "width",
                width,
                "height",
                end - begin,
                "viewBox",
                "0 " + begin + " " + width + " " + (end - begin),
                name,
                value);
    }

    /**
     * Where the drawing is divided, so that no printed page ends within a box or a shape, and its end: browsers break pages
     * between pictures, and cut through those that are higher than a page.
     */
    static List<Integer> ends(Drawing drawing) {
        List<Integer> ends = new ArrayList<>();
        int begin = 0;
        List<Integer> tops =
                drawing.boxes().stream().map(Placed::y).distinct().sorted().toList();
        for (int i = 1; i < tops.size(); i++) {
            boolean full = (i + 1 < tops.size() ? tops.get(i + 1) : drawing.height()) - begin > SHEET;
            int end = tops.get(i) - ABOVE;
            if (full && drawing.boxes().stream().noneMatch(box -> box.y() < end && end < box.y() + box.height())) {
                ends.add(end);
                begin = end;
            }
        }
        ends.add(drawing.height());
        return ends;
    }

    private void box(Part part, Placed box) {
        String kind =
                part.kind() == Kind.PLAIN ? "box" : "box " + part.kind().name().toLowerCase(Locale.ROOT);
        html.empty(
                "rect",
                "class",
                kind,
                "x",
                box.x(),
                "y",
                box.y(),
                "width",
                box.width(),
                "height",
                box.height(),
                "rx",
                part.kind() == Kind.END ? HEIGHT / 2 : 4);
        int middle = box.x() + box.width() / 2;
        html.element("text", shortened(part.name()), "x", middle, "y", box.y() + 16, "text-anchor", "middle");
        String type = part.kind() == Kind.FROZEN ? part.type() + ", frozen" : part.type();
        html.element("text", shortened(type), "class", "type", "x", middle, "y", box.y() + 30, "text-anchor", "middle");
    }

    private static String shortened(String text) {
        return text.length() <= NAME ? text : ".." + text.substring(text.length() - NAME + 2);
    }

    private void shapes() {
        for (ShapeLabels.Label label : ShapeLabels.of(parts, drawing)) {
            html.element(
                    "text",
                    label.text(),
                    "class",
                    label.ends() ? "shape ends" : "shape",
                    "x",
                    label.ends() ? label.right() : label.left(),
                    "y",
                    label.baseline());
        }
    }
}
