package dev.netwright.processor.declared;

import dev.netwright.processor.diagnostic.Origin;
import java.util.List;
import java.util.Set;

/**
 * A class annotated as a network, as it was written.
 *
 * @param moduleName empty for the unnamed module
 * @param packageName empty for the unnamed package
 * @param simpleName the class's own name
 * @param generatedName the model's simple name: {@code Outer_InnerModel}
 * @param inputs in declared order
 * @param layers in source order
 * @param losses in source order
 * @param inits how parameters start, where not as their layers' defaults: of several classes, the nearest one's first
 * @param options what else {@code @Network} says
 * @param origin the class
 */
public record DeclaredNetwork(
        String moduleName,
        String packageName,
        String simpleName,
        String generatedName,
        List<DeclaredInput> inputs,
        List<DeclaredLayer> layers,
        List<DeclaredLoss> losses,
        List<List<DeclaredInit>> inits,
        Options options,
        Origin origin) {
    public DeclaredNetwork {
        inputs = List.copyOf(inputs);
        layers = List.copyOf(layers);
        losses = List.copyOf(losses);
        inits = inits.stream().map(List::copyOf).toList();
    }

    /**
     * Attributes of {@code @Network} that concern the whole.
     *
     * @param inputGradient whether the gradient by the input is computed too
     * @param exact whether every convolution is computed directly
     * @param suppressed ids of the lints that the class silences
     */
    public record Options(boolean inputGradient, boolean exact, Set<String> suppressed) {
        public Options {
            suppressed = Set.copyOf(suppressed);
        }
    }

    /** The model's name with its package. */
    public String qualifiedName() {
        return packageName.isEmpty() ? generatedName : packageName + "." + generatedName;
    }
}
