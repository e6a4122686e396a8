package dev.netwright.processor.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.Compiled;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.graph.Member;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.report.LayerFacts;
import dev.netwright.processor.report.ReportFacts;
import dev.netwright.processor.report.draw.Drawing;
import dev.netwright.processor.report.draw.Drawing.Path;
import dev.netwright.processor.report.draw.Drawing.Placed;
import dev.netwright.processor.report.draw.Drawing.Point;
import dev.netwright.processor.report.draw.Sketch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drawings can be read: boxes are apart, lines lead around them, and do not cross where they need not. */
class GraphDrawingTest {
    private static ReportFacts facts(Network network) {
        List<LayerFacts> layers = network.layers().stream()
                .map(node -> new LayerFacts(node, 0, 0, 1, 0, "", false, true))
                .toList();
        return new ReportFacts(network, null, true, List.of(), layers, Map.of());
    }

    private static Network zoo(String name) {
        return zoo(name, "");
    }

    private static Network zoo(String name, String loss) {
        Compiled compiled = Compiled.of(NetworkText.extension(name, loss, "", 3, 64, 64));
        assertThat(compiled.results()).as("%s", compiled.errors()).hasSize(1);
        return compiled.results().get(0).network();
    }

    @ParameterizedTest
    @CsvSource({"DenseNet121, 0", "UNet, 0", "ResNet18, 0", "GoogLeNet, 3"})
    void aNetworkIsDrawnWithoutCrossings(String name, int mostFlat) {
        Network network = zoo(name);
        ReportFacts facts = facts(network);
        int drawn = level(facts, network.members());
        assertThat(drawn).as("drawings").isPositive();

        // all layers side by side
        List<Member> flat = network.layers().stream()
                .map(node -> Member.layer(node.name(), node))
                .toList();
        Sketch sketch = GraphDrawing.sketch(GraphParts.of(facts, flat));
        Drawing drawing = Drawing.of(sketch);
        checkBoxes(drawing);
        checkLines(sketch, drawing);
        assertThat(crossings(drawing)).isLessThanOrEqualTo(mostFlat);
    }

    private static int level(ReportFacts facts, List<Member> members) {
        Sketch sketch = GraphDrawing.sketch(GraphParts.of(facts, members));
        Drawing drawing = Drawing.of(sketch);
        checkBoxes(drawing);
        checkLines(sketch, drawing);
        assertThat(crossings(drawing)).isZero();
        int drawn = 1;
        for (Member member : members) {
            drawn += member.children().isEmpty() ? 0 : level(facts, member.children());
        }
        return drawn;
    }

    @ParameterizedTest
    @CsvSource({"UNet, ''", "UNet, @MSELoss", "ResNet18, ''", "ResNet18, @MSELoss"})
    void shapesStandWhereNoLinePasses(String name, String loss) {
        Network network = zoo(name, loss);
        GraphParts parts = GraphParts.of(facts(network), network.members());
        Drawing drawing = Drawing.of(GraphDrawing.sketch(parts));
        List<ShapeLabels.Label> labels = ShapeLabels.of(parts, drawing);

        assertThat(labels).hasSizeGreaterThan(5);
        for (ShapeLabels.Label label : labels) {
            assertThat(label.left()).isNotNegative();
            assertThat(drawing.paths()).as("%s", label).noneMatch(label::isMetBy);
        }
    }

    @ParameterizedTest
    @CsvSource({"DenseNet121", "Vgg16"})
    void aTallDrawingIsDividedBetweenItsBoxes(String name) {
        Network network = zoo(name);
        List<Member> flat = network.layers().stream()
                .map(node -> Member.layer(node.name(), node))
                .toList();
        GraphParts parts = GraphParts.of(facts(network), flat);
        Drawing drawing = Drawing.of(GraphDrawing.sketch(parts));
        List<Integer> ends = GraphDrawing.ends(drawing);

        assertThat(ends)
                .hasSizeGreaterThan(drawing.height() / GraphDrawing.SHEET)
                .endsWith(drawing.height());
        int begin = 0;
        for (int end : ends) {
            assertThat(end - begin).isBetween(1, GraphDrawing.SHEET);
            assertThat(drawing.boxes()).noneMatch(box -> box.y() < end && end < box.y() + box.height());
            assertThat(ShapeLabels.of(parts, drawing))
                    .noneMatch(label -> label.baseline() - 10 < end && end < label.baseline() + 2);
            begin = end;
        }
    }

    @Test
    void anyGraphIsDrawnWithBoxesApartAndLinesAroundThem() {
        Random random = new Random(7);
        for (int round = 0; round < 60; round++) {
            int count = 2 + random.nextInt(24);
            List<Sketch.Box> boxes = new ArrayList<>();
            List<Sketch.Line> lines = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                boxes.add(new Sketch.Box(20 + random.nextInt(150), 10 + random.nextInt(40)));
                for (int j = 0; j < i; j++) {
                    if (random.nextInt(i) < 2) {
                        lines.add(new Sketch.Line(j, i));
                    }
                }
            }
            Sketch sketch = new Sketch(boxes, lines);
            Drawing drawing = Drawing.of(sketch);
            checkBoxes(drawing);
            checkLines(sketch, drawing);
            assertThat(Drawing.of(sketch)).isEqualTo(drawing);
        }
    }

    private static void checkBoxes(Drawing drawing) {
        List<Placed> boxes = drawing.boxes();
        for (int i = 0; i < boxes.size(); i++) {
            Placed a = boxes.get(i);
            assertThat(a.x()).isNotNegative();
            assertThat(a.x() + a.width()).isLessThanOrEqualTo(drawing.width());
            assertThat(a.y() + a.height()).isLessThanOrEqualTo(drawing.height());
            for (int j = 0; j < i; j++) {
                Placed b = boxes.get(j);
                boolean apart = a.x() + a.width() <= b.x()
                        || b.x() + b.width() <= a.x()
                        || a.y() + a.height() <= b.y()
                        || b.y() + b.height() <= a.y();
                assertThat(apart).as("%s and %s", a, b).isTrue();
            }
        }
    }

    private static void checkLines(Sketch sketch, Drawing drawing) {
        for (int i = 0; i < drawing.paths().size(); i++) {
            List<Point> points = drawing.paths().get(i).points();
            Placed from = drawing.boxes().get(sketch.lines().get(i).from());
            Placed to = drawing.boxes().get(sketch.lines().get(i).to());
            assertThat(points.get(0).y()).isEqualTo(from.y() + from.height());
            assertThat(points.get(points.size() - 1).y()).isEqualTo(to.y());
            for (int p = 1; p < points.size(); p++) {
                for (Placed box : drawing.boxes()) {
                    assertThat(enters(points.get(p - 1), points.get(p), box))
                            .as("%s to %s through %s", points.get(p - 1), points.get(p), box)
                            .isFalse();
                }
            }
        }
    }

    /** Whether a line is within a box, its sides not counted. */
    private static boolean enters(Point a, Point b, Placed box) {
        int steps = 4 * Math.max(1, Math.abs(b.y() - a.y()));
        for (int s = 1; s < steps; s++) {
            double x = a.x() + (double) (b.x() - a.x()) * s / steps;
            double y = a.y() + (double) (b.y() - a.y()) * s / steps;
            if (x > box.x() && x < box.x() + box.width() && y > box.y() && y < box.y() + box.height()) {
                return true;
            }
        }
        return false;
    }

    private static int crossings(Drawing drawing) {
        int crossings = 0;
        List<Path> paths = drawing.paths();
        for (int i = 0; i < paths.size(); i++) {
            for (int j = 0; j < i; j++) {
                crossings += crossings(paths.get(i).points(), paths.get(j).points());
            }
        }
        return crossings;
    }

    private static int crossings(List<Point> one, List<Point> other) {
        int crossings = 0;
        for (int i = 1; i < one.size(); i++) {
            for (int j = 1; j < other.size(); j++) {
                Point a = one.get(i - 1);
                Point b = one.get(i);
                Point c = other.get(j - 1);
                Point d = other.get(j);
                crossings += side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0 ? 1 : 0;
            }
        }
        return crossings;
    }

    private static int side(Point a, Point b, Point c) {
        return Long.signum((long) (b.x() - a.x()) * (c.y() - a.y()) - (long) (b.y() - a.y()) * (c.x() - a.x()));
    }
}
