package dev.netwright.processor.emit;

import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Member;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.plan.Plan;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What there is to say about a network.
 *
 * @param network as declared
 * @param plan everything that was decided
 * @param dependencies networks and blocks that it is made of
 * @param vector whether vector kernels are generated
 * @param weights what models are loaded from; null where they are drawn
 */
public record NetworkFacts(
        Network network, Plan plan, List<Dependency> dependencies, boolean vector, CompiledWeights weights) {
    public NetworkFacts {
        dependencies = List.copyOf(dependencies);
    }

    /**
     * A network or block that was compiled by itself.
     *
     * @param name simple name, for messages
     * @param packageName of it and of what was generated beside it
     * @param companion simple name of what was generated beside it
     * @param fingerprint of what it declares now
     */
    public record Dependency(String name, String packageName, String companion, String fingerprint) {}

    /**
     * A file of weights that the network was checked against.
     *
     * @param name as the annotation has it
     * @param entry the state dict's key in a checkpoint of PyTorch's, or null
     * @param strict whether it has exactly the network's keys
     * @param fingerprint of its header
     * @param header that header, in texts that are not too long for constants
     */
    public record CompiledWeights(String name, String entry, boolean strict, String fingerprint, List<String> header) {
        public CompiledWeights {
            header = List.copyOf(header);
        }
    }

    String name() {
        return network.name();
    }

    List<LayerNode> layers() {
        return network.layers();
    }

    List<Member> members() {
        return network.members();
    }

    /** Names of the model's fields. */
    List<String> fieldNames() {
        return members().stream().map(Member::name).toList();
    }

    boolean inputGradient() {
        return network.inputGradient();
    }

    List<Value> inputs() {
        return network.inputs();
    }

    List<Value> outputs() {
        return network.outputs();
    }

    List<LossTerm> losses() {
        return network.losses();
    }

    /** The losses that take a target. */
    List<LossTerm> targeted() {
        return losses().stream().filter(term -> term.target() != null).toList();
    }

    /** Whether the network can be trained; otherwise it only predicts. */
    boolean trains() {
        return plan.training().isPresent();
    }

    boolean unreduced() {
        return losses().stream().anyMatch(term -> term.loss().isApart());
    }

    /** Float targets of the training program beyond the losses': gradients that the caller gives. */
    int upstreamGradients() {
        if (losses().isEmpty()) {
            return outputs().size();
        }
        return (int) losses().stream().filter(term -> term.loss().isApart()).count();
    }

    /** Inputs and outputs with their shapes, in words. */
    String shapes() {
        return shapes(inputs()) + " to " + shapes(outputs());
    }

    private static String shapes(List<Value> values) {
        return values.stream()
                .map(value -> value.name() + " (" + value.shape() + ")")
                .collect(Collectors.joining(", "));
    }
}
