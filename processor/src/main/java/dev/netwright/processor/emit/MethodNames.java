package dev.netwright.processor.emit;

import com.palantir.javapoet.NameAllocator;
import dev.netwright.processor.graph.Graph.LossTerm;
import dev.netwright.processor.graph.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names in the model that are not wholly the user's. Parameters and locals of all typed methods share one scope:
 * inputs and outputs keep their names, and what is generated beside them gives way, by an underscore.
 */
final class MethodNames {
    /** A record cannot have components of these names. */
    private static final List<String> FORBIDDEN =
            List.of("clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

    private static final String N = "n";
    private static final String ABSENT_TARGET = "target";
    private static final String OPTIMIZER = "optimizer";
    private static final String PREDICTOR = "defaultPredictor";
    private static final String CHOICE = "CHOICE";

    private final NetworkFacts network;
    private final NameAllocator locals = new NameAllocator();
    private final NameAllocator fields = new NameAllocator();
    private final NameAllocator components = new NameAllocator();

    MethodNames(NetworkFacts network) {
        this.network = network;
        network.inputs().forEach(input -> locals.newName(input.name(), input));
        network.outputs().forEach(output -> locals.newName(output.name(), output));
        network.targeted().forEach(term -> locals.newName(term.target().name(), term));
        network.outputs().forEach(output -> locals.newName(output.name() + "Gradient", gradient(output)));
        locals.newName(N, N);
        locals.newName(OPTIMIZER, OPTIMIZER);
        locals.newName(ABSENT_TARGET, ABSENT_TARGET);
        network.fieldNames().forEach(layer -> fields.newName(layer, "layer " + layer));
        fields.newName(PREDICTOR, PREDICTOR);
        fields.newName(CHOICE, CHOICE);
        FORBIDDEN.forEach(components::newName);
        network.outputs().forEach(output -> components.newName(output.name(), output));
    }

    /** Names that hide types in the model's expressions. */
    static Set<String> variables(NetworkFacts network) {
        Set<String> names = new HashSet<>(network.fieldNames());
        network.inputs().forEach(input -> names.add(input.name()));
        return names;
    }

    private static List<Object> gradient(Value output) {
        return List.of("gradient", output);
    }

    String input(Value input) {
        return locals.get(input);
    }

    /** Of the array that takes an output. */
    String output(Value output) {
        return locals.get(output);
    }

    /** Of the record's component for an output. */
    String component(Value output) {
        return components.get(output);
    }

    /** Of the gradient by an output. */
    String gradientOf(Value output) {
        return locals.get(gradient(output));
    }

    String target(LossTerm term) {
        return locals.get(term);
    }

    /** Of what stands for the target of a loss that there is not. */
    String absentTarget() {
        return locals.get(ABSENT_TARGET);
    }

    /** Of the number of samples. */
    String n() {
        return locals.get(N);
    }

    String optimizer() {
        return locals.get(OPTIMIZER);
    }

    /** Of the field with the model's own predictor. */
    String defaultPredictor() {
        return fields.get(PREDICTOR);
    }

    /** Of the field with the choice of kernels. */
    String choice() {
        return fields.get(CHOICE);
    }

    /** The inputs as arguments. */
    String inputs() {
        return network.inputs().stream().map(this::input).collect(Collectors.joining(", "));
    }

    /** The arrays for the outputs as arguments. */
    String outputs() {
        return network.outputs().stream().map(this::output).collect(Collectors.joining(", "));
    }

    /** The outputs' gradients as arguments. */
    String gradients() {
        return network.outputs().stream().map(this::gradientOf).collect(Collectors.joining(", "));
    }
}
