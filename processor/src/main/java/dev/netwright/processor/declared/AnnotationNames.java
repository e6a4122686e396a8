package dev.netwright.processor.declared;

import java.util.Set;

/**
 * The names of the annotations that users write. The compiler reads them by name only and never loads their classes.
 */
public final class AnnotationNames {
    /** The package of all of them, with the dot. */
    public static final String PACKAGE = "dev.netwright.annotations.";

    public static final String NETWORK = PACKAGE + "Network";
    public static final String BLOCK = PACKAGE + "Block";
    static final String LAYER_NAME = "Layer";
    static final String LAYER = PACKAGE + LAYER_NAME;

    static final String NETWORK_NAME = "Network";
    static final String INPUT = "Input";
    static final String INIT = "Init";
    static final String KEY = "Key";
    static final String OUTPUT = "Output";
    static final String KEEP_OUTPUT = "KeepOutput";
    static final String REPEAT = "Repeat";
    static final String INSERT_AFTER = "InsertAfter";
    static final String REMOVE = "Remove";
    static final String FROZEN = "Frozen";
    static final String WEIGHTS = "Weights";
    static final String BUDGET = "Budget";
    static final String CUSTOM = "Custom";
    static final String OWN_DISTANCE = "TripletMarginWithDistanceLoss";

    /** On a class, besides losses. */
    static final Set<String> ON_CLASSES = Set.of(NETWORK_NAME, INPUT, REMOVE, FROZEN, WEIGHTS, BUDGET, INIT);

    /** On a field, besides layers. */
    static final Set<String> ON_FIELDS = Set.of(KEY, OUTPUT, KEEP_OUTPUT, REPEAT, INSERT_AFTER, INIT);

    /** The attribute of layers over steps that names an input. */
    static final String LENGTHS = "lengths";

    private AnnotationNames() {}
}
