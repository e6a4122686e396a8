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
 * @param parent the network that it extends, or null
 * @param inputs in declared order; none where a class that is only to be extended, or inherits them, names none
 * @param layers its own, in source order
 * @param losses its own, in source order
 * @param removed the inherited layers that it does without, or null
 * @param frozen the parameters that are not trained, or null where it does not say
 * @param weights what a model's weights are loaded from, or null
 * @param budget what it may need, or null
 * @param inits how parameters start, where not as their layers' defaults
 * @param options what else {@code @Network} says
 * @param companion what is generated beside it for others
 * @param origin the class
 */
public record DeclaredNetwork(
        String moduleName,
        String packageName,
        String simpleName,
        String generatedName,
        DeclaredNetwork parent,
        List<DeclaredInput> inputs,
        List<DeclaredLayer> layers,
        List<DeclaredLoss> losses,
        DeclaredPatterns removed,
        DeclaredPatterns frozen,
        DeclaredWeights weights,
        DeclaredBudget budget,
        List<DeclaredInit> inits,
        Options options,
        Companion companion,
        Origin origin) {
    public DeclaredNetwork {
        inputs = List.copyOf(inputs);
        layers = List.copyOf(layers);
        losses = List.copyOf(losses);
        inits = List.copyOf(inits);
    }

    /**
     * What concerns the whole, of {@code @Network} and of the class.
     *
     * @param inputGradient whether the gradient by the input is computed too
     * @param exact whether every convolution is computed directly
     * @param isAbstract whether the class is
     * @param suppressed ids of the lints that the class silences
     */
    public record Options(boolean inputGradient, boolean exact, boolean isAbstract, Set<String> suppressed) {
        public Options {
            suppressed = Set.copyOf(suppressed);
        }
    }

    /** The model's name with its package. */
    public String qualifiedName() {
        return packageName.isEmpty() ? generatedName : packageName + "." + generatedName;
    }
}
