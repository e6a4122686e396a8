package dev.netwright.processor.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Value.Role;
import dev.netwright.processor.graph.layer.Layers;
import dev.netwright.processor.graph.loss.Losses;
import dev.netwright.processor.reference.ReferenceInterpreter.Feed;
import dev.netwright.processor.reference.ReferenceInterpreter.Result;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whole networks, on numbers that can be followed by hand. */
class ReferenceInterpreterTest {
    private static final double[] IMAGE = {1, 2, 0, 3, 1, 0, 1, 2, 3, 1, 1, 2, 1, 0, 0, 5, 2, 3, 1, 1, 2, 1, 0, 1, 1};

    private static Layer layer(String annotation, Map<String, Object> written, Shape input) {
        return Layers.factory(annotation).create(AnnotationAttributes.of(annotation, written), List.of(input));
    }

    @Test
    void convolvesTheTutorialsImage() {
        Layer layer = layer("Conv2d", Map.of("outChannels", 1, "kernelSize", 3, "bias", false), Shape.of(1, 5, 5));
        double[] kernel = {1, 2, 1, 0, 1, 0, 2, 1, 0};
        Call call = new Call(1, false, List.of(IMAGE), Map.of("weight", kernel), null, new HashMap<>());
        assertThat(ReferenceLayers.forward(layer, call)).containsExactly(10, 12, 12, 18, 16, 16, 13, 9, 3);
    }

    @Test
    void poolsTheTutorialsImage() {
        Layer layer = layer("MaxPool2d", Map.of("kernelSize", 3, "ceilMode", true), Shape.of(1, 5, 5));
        Call call = new Call(1, false, List.of(IMAGE), Map.of(), null, new HashMap<>());
        assertThat(ReferenceLayers.forward(layer, call)).containsExactly(2, 3, 5, 1);
    }

    @Test
    void judgesTheTutorialsScores() {
        Loss loss = Losses.factory("CrossEntropyLoss")
                .create(AnnotationAttributes.of("CrossEntropyLoss", Map.of()), List.of(Shape.of(3)));
        assertThat(ReferenceLosses.value(loss, 1, List.of(new double[] {0.1, 0.2, 0.3}), new double[] {1})[0])
                .isCloseTo(1.1019, within(5e-5));
    }

    @Test
    void runsLayersInOrderWithTheirMasksAndWeighsLosses() {
        Shape two = Shape.of(2);
        Layer dropout = layer("Dropout", Map.of(), two);
        Layer linear = layer("Linear", Map.of("outFeatures", 1), two);
        Value x = new Value(0, "input", two, true, Role.INPUT);
        Value dropped = new Value(1, "drop", two, true, Role.ACTIVATION);
        Value y = new Value(2, "fc", Shape.of(1), true, Role.ACTIVATION);
        Value target = new Value(3, "target", Shape.of(1), true, Role.TARGET);
        List<Graph.Parameter> parameters = linear.parameters().stream()
                .map(declaration -> new Graph.Parameter(
                        "head." + declaration.name(),
                        declaration,
                        new Value(9, declaration.name(), declaration.shape(), false, Role.PARAMETER),
                        true))
                .toList();
        Loss mse = Losses.factory("MSELoss").create(AnnotationAttributes.of("MSELoss", Map.of()), List.of(Shape.of(1)));
        Network network = new Network(
                "Net",
                List.of(x),
                List.of(y),
                List.of(
                        new LayerNode(0, "drop", "drop", dropout, List.of(x), List.of(), dropped, false),
                        new LayerNode(1, "fc", "head", linear, List.of(dropped), parameters, y, false)),
                List.of(),
                parameters,
                List.of(new Graph.LossTerm(mse, List.of(y), target, 0.5f)),
                false,
                false);
        Feed feed = new Feed(
                2,
                Map.of("input", new double[] {1, 2, 3, 4}),
                List.of(new double[] {0, 0}),
                Map.of("head.weight", new double[] {10, 100}, "head.bias", new double[] {1}),
                Map.of("drop", new double[] {1, 0, 0, 1}));

        Result training = new ReferenceInterpreter(network, true).run(feed);
        assertThat(training.values().get("drop")).containsExactly(2, 0, 0, 8);
        assertThat(training.values().get("fc")).containsExactly(21, 801);
        assertThat(new ReferenceInterpreter(network, true).loss(feed)).isEqualTo(0.5 * (21 * 21 + 801 * 801) / 2);
        assertThat(new ReferenceInterpreter(network, false).run(feed).values().get("fc"))
                .containsExactly(211, 431);
    }

    @Test
    void differencesAreGradientsAndLeaveThePointAsItWas() {
        double[] point = {2, -3};
        double[] gradient = FiniteDifferences.gradient(point, p -> p[0] * p[0] * p[1]);
        assertThat(gradient).containsExactly(new double[] {-12, 4}, within(1e-8));
        assertThat(point).containsExactly(2, -3);
    }
}
