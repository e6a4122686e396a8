package dev.netwright.processor.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.Compiled;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Graph.Parameter;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Value.Role;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NetworkBuilderTest {
    @Test
    void fieldsFormAChainInSourceOrder() {
        Network network = network("""
                @Network(input = 7) class Net {
                    @Linear(outFeatures = 5) Layer zeta;
                    @ReLU Layer alpha;
                    @Linear(outFeatures = 2) Layer middle;
                }
                """);

        assertThat(network.layers()).extracting(LayerNode::name).containsExactly("zeta", "alpha", "middle");
        assertThat(sources(network)).containsExactly(List.of("input"), List.of("zeta"), List.of("alpha"));
        assertThat(network.inputs()).extracting(Value::role).containsExactly(Role.INPUT);
        assertThat(network.outputs()).extracting(Value::name).containsExactly("middle");
        assertThat(network.outputs()).extracting(Value::shape).containsExactly(Shape.of(2));
    }

    @Test
    void valuesHaveDistinctNumbers() {
        Network network = network("""
                @Network(input = {3, 4, 4}) @MSELoss class Net {
                    @BatchNorm2d Layer norm;
                    @ReLU Layer act;
                }
                """);

        List<Value> values = Stream.of(
                        network.inputs().stream(),
                        network.parameters().stream().map(Parameter::value),
                        network.layers().stream().map(LayerNode::output),
                        network.losses().stream().map(Graph.LossTerm::target))
                .flatMap(each -> each)
                .toList();
        assertThat(values).hasSize(9).extracting(Value::id).doesNotHaveDuplicates();
    }

    @Test
    void parametersAreNamedByTheKeyOfTheirLayer() {
        Network network = network("""
                @Network(input = {3, 4, 4}) class Net {
                    @BatchNorm2d @Key("features.0") Layer norm;
                }
                """);

        assertThat(network.parameters())
                .extracting(Parameter::key)
                .containsExactly(
                        "features.0.weight",
                        "features.0.bias",
                        "features.0.running_mean",
                        "features.0.running_var",
                        "features.0.num_batches_tracked");
        assertThat(network.parameters())
                .extracting(parameter -> parameter.value().role())
                .containsExactly(Role.PARAMETER, Role.PARAMETER, Role.BUFFER, Role.BUFFER, Role.BUFFER);
        assertThat(network.layers()).extracting(LayerNode::parameters).containsExactly(network.parameters());
    }

    @Test
    void fromNamesInputsAndEarlierLayers() {
        Network network = network("""
                @Network
                @Input(name = "left", shape = 7)
                @Input(name = "right", shape = {7})
                class Net {
                    @Linear(outFeatures = 5, from = "right") Layer a;
                    @Linear(outFeatures = 5, from = "left") Layer b;
                    @Add(from = {"b", "a"}) Layer sum;
                }
                """);

        assertThat(network.inputs()).extracting(Value::name).containsExactly("left", "right");
        assertThat(sources(network)).containsExactly(List.of("right"), List.of("left"), List.of("b", "a"));
    }

    @Test
    void markedFieldsAreTheOutputsInDeclaredOrder() {
        Network network = network("""
                @Network(input = 7)
                @MSELoss(of = "b", scale = 0.25)
                @CrossEntropyLoss(of = "a")
                class Net {
                    @Linear(outFeatures = 5) @Output Layer a;
                    @Linear(outFeatures = 4) @Output Layer b;
                    @ReLU Layer unused;
                }
                """);

        assertThat(network.outputs()).extracting(Value::name).containsExactly("a", "b");
        assertThat(network.losses())
                .extracting(term -> term.inputs().get(0).name())
                .containsExactly("b", "a");
        assertThat(network.losses()).extracting(Graph.LossTerm::scale).containsExactly(0.25f, 1f);
        assertThat(network.losses()).extracting(term -> term.target().name()).containsExactly("target1", "target2");
        assertThat(network.losses()).extracting(term -> term.target().role()).containsOnly(Role.TARGET);
    }

    private static List<List<String>> sources(Network network) {
        return network.layers().stream()
                .map(node -> node.inputs().stream().map(Value::name).toList())
                .toList();
    }

    private static Network network(String source) {
        Compiled compiled = Compiled.of(source);
        assertThat(compiled.errors()).isEmpty();
        return compiled.results().get(0).network();
    }
}
