package dev.netwright.processor.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.Compiled;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Graph.Parameter;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Value.Role;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NetworkBuilderTest {
    @Test
    void fieldsFormAChainInSourceOrder() {
        Graph graph = graph("""
                @Network(input = 7) class Net {
                    @Linear(outFeatures = 5) Layer zeta;
                    @ReLU Layer alpha;
                    @Linear(outFeatures = 2) Layer middle;
                }
                """);

        assertThat(graph.nodes()).extracting(Node::name).containsExactly("zeta", "alpha", "middle");
        assertThat(sources(graph)).containsExactly(List.of("input"), List.of("zeta"), List.of("alpha"));
        assertThat(graph.inputs()).extracting(Value::role).containsExactly(Role.INPUT);
        assertThat(graph.outputs()).extracting(Value::name).containsExactly("middle");
        assertThat(graph.outputs()).extracting(Value::shape).containsExactly(Shape.of(2));
    }

    @Test
    void valuesHaveDistinctNumbers() {
        Graph graph = graph("""
                @Network(input = {3, 4, 4}) @MSELoss class Net {
                    @BatchNorm2d Layer norm;
                    @ReLU Layer act;
                }
                """);

        List<Value> values = Stream.of(
                        graph.inputs().stream(),
                        graph.parameters().stream().map(Parameter::value),
                        graph.nodes().stream().map(Node::output),
                        graph.losses().stream().map(Graph.LossTerm::target))
                .flatMap(each -> each)
                .toList();
        assertThat(values).hasSize(9).extracting(Value::id).doesNotHaveDuplicates();
    }

    @Test
    void parametersAreNamedByTheKeyOfTheirLayer() {
        Graph graph = graph("""
                @Network(input = {3, 4, 4}) class Net {
                    @BatchNorm2d @Key("features.0") Layer norm;
                }
                """);

        assertThat(graph.parameters())
                .extracting(Parameter::key)
                .containsExactly(
                        "features.0.weight",
                        "features.0.bias",
                        "features.0.running_mean",
                        "features.0.running_var",
                        "features.0.num_batches_tracked");
        assertThat(graph.parameters())
                .extracting(parameter -> parameter.value().role())
                .containsExactly(Role.PARAMETER, Role.PARAMETER, Role.BUFFER, Role.BUFFER, Role.BUFFER);
        assertThat(graph.parameters()).extracting(Parameter::layer).containsOnly("norm");
    }

    @Test
    void fromNamesInputsAndEarlierLayers() {
        Graph graph = graph("""
                @Network
                @Input(name = "left", shape = 7)
                @Input(name = "right", shape = {7})
                class Net {
                    @Linear(outFeatures = 5, from = "right") Layer a;
                    @Linear(outFeatures = 5, from = "left") Layer b;
                    @Add(from = {"b", "a"}) Layer sum;
                }
                """);

        assertThat(graph.inputs()).extracting(Value::name).containsExactly("left", "right");
        assertThat(sources(graph)).containsExactly(List.of("right"), List.of("left"), List.of("b", "a"));
    }

    @Test
    void markedFieldsAreTheOutputsInDeclaredOrder() {
        Graph graph = graph("""
                @Network(input = 7)
                @MSELoss(of = "b", scale = 0.25)
                @CrossEntropyLoss(of = "a")
                class Net {
                    @Linear(outFeatures = 5) @Output Layer a;
                    @Linear(outFeatures = 4) @Output Layer b;
                    @ReLU Layer unused;
                }
                """);

        assertThat(graph.outputs()).extracting(Value::name).containsExactly("a", "b");
        assertThat(graph.losses()).extracting(term -> term.input().name()).containsExactly("b", "a");
        assertThat(graph.losses()).extracting(Graph.LossTerm::scale).containsExactly(0.25f, 1f);
        assertThat(graph.losses()).extracting(term -> term.target().name()).containsExactly("target1", "target2");
        assertThat(graph.losses()).extracting(term -> term.target().role()).containsOnly(Role.TARGET);
    }

    private static List<List<String>> sources(Graph graph) {
        return graph.nodes().stream()
                .map(node -> node.inputs().stream().map(Value::name).toList())
                .toList();
    }

    private static Graph graph(String source) {
        Compiled compiled = Compiled.of(source);
        assertThat(compiled.errors()).isEmpty();
        return compiled.results().get(0).graph();
    }
}
