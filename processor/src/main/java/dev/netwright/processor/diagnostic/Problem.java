package dev.netwright.processor.diagnostic;

import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic.Kind;

/**
 * The catalogue of everything that can be wrong with a network. An entry is a stable id, a kind and a sentence that
 * names the values at fault and says what to write
 * instead. A sentence of {@code %s} alone is worded by the operator that found the problem.
 */
public enum Problem {
    ATTRIBUTE("attribute", "%s"),
    SHAPE("shape", "%s"),
    BATCH_DIMENSION("batch-dimension", "%s"),

    NETWORK_KIND("network-kind", "%s is %s, but a network is a class. Declare the layers as fields of a class."),
    TYPE_PARAMETERS(
            "type-parameters",
            "%s has type parameters, but a network is the same for all types. Remove <%s> from its declaration."),
    PRIVATE_LAYERS(
            "private-layers",
            "%s extends %s, whose layers %s are private, so that a compiler need not see them change. Remove private from"
                    + " them."),
    OTHER_VERSION(
            "other-version",
            "%s was compiled by Netwright %s, but this is Netwright %s. Compile it again, or use one version for both."),
    STALE_ORDER(
            "stale-order",
            "the fields of %s are not those that were generated beside it: its class files come from two builds. Compile it"
                    + " again."),
    INSERT_AFTER("insert-after", "%s is to stand after \"%s\", but %s inherits no layer of that name. %s"),
    INSERT_REPLACES(
            "insert-replaces",
            "%s replaces a layer that %s inherits, and so has its place. Remove @InsertAfter, or give it another name."),
    REMOVE("remove", "%s is to do without \"%s\", but inherits no layer of that name. %s"),
    FROZEN("frozen", "no parameter of %s has a key like \"%s\". %s"),
    FROZEN_BUFFERS(
            "frozen-buffers",
            "\"%s\" matches nothing of %s that is trained, but %s, which stay only with evaluation = true. Write that, or"
                    + " name parameters. %s"),

    BLOCK_BODY("block-body", "the block %s has %s. Declare its layers in one nested class named Layers."),
    BLOCK_CYCLE(
            "block-cycle", "the block %s would contain itself: %s. Blocks cannot be endless: leave out one of them."),
    BLOCK_INPUTS("block-inputs", "%s has %d %s, but the block %s takes %d: %s. %s"),
    BLOCK_OUTPUTS(
            "block-outputs", "%s would read %s, a block with the outputs %s. Name one of them: from = \"%s\", say."),
    PLACEHOLDER(
            "placeholder",
            "%s = %s of %s is computed from placeholders in a way that is not understood. Multiply or divide one of them by"
                    + " a constant up to 16, or add an attribute to the block."),
    PLACEHOLDER_DIVIDES("placeholder-divides", "%s of %s is %d / %d, which is no whole number. Change %s."),
    PLACEHOLDER_NAME(
            "placeholder-name",
            "%s stands for no attribute of %s. Declare %s; a constant has its attribute's name in capitals."),
    PLACEHOLDER_TWICE("placeholder-twice", "%s is the same placeholder as %s. Take another one, such as Block.P2."),
    REPEAT("repeat", "%s is repeated %s times, but must be from 1 to 1000 times. Write @Repeat(2), say."),
    REPEAT_KEY(
            "repeat-key",
            "the key \"%s\" of the repeated %s has no single %%d for its number. Write key = \"%%d\", say."),
    SHARED_UNKNOWN("shared", "%s is to have the weights of \"%s\", but there is no layer of that name before it. %s"),
    SHARED_SHAPE(
            "shared-shape",
            "%s is to have the weights of %s, whose %s is %s, but on its input it would be %s. Give it an input of the same"
                    + " shape."),
    SUPERCLASS_LAYERS(
            "superclass-layers",
            "%s extends %s, but the layers of a class that is no network are not inherited: %s. Declare them in %1$s."),
    NO_NETWORK(
            "no-network",
            "%s has %s, but no @Network, so that nothing would come of it. Import and write"
                    + " @Network(input = {3, 32, 32}), say, before the class."),
    UNSUPPORTED("unsupported", "%s is not supported in this version of Netwright. %s"),
    MODEL_NAME("model-name", "the model of %s would be named %s, as that of %s is%s. Rename one of the two classes."),
    CLASS_NAME(
            "class-name",
            "the class %s would be generated for %s, but there is one of that name. Rename one of the two classes."),

    NO_INPUT(
            "no-input",
            "%s has no input. Write the shape of one sample, without the batch, such as @Network(input = {3, 32, 32})."),
    TWO_INPUTS(
            "two-inputs",
            "%s declares its input by @Network(input = ...) and by @Input(name = \"%s\"). Write all inputs as @Input."),
    DUPLICATE_INPUT("duplicate-input", "%s has two inputs named \"%s\". Give each @Input a name of its own."),
    INPUT_SIZE(
            "input-size",
            "a size of %s is %s, but must be at least 1. Write the shape of one sample without the batch.%s"),
    INPUT_NAME("input-name", "the input's name \"%s\" is not a Java identifier. Write a name such as \"%s\"."),
    INPUT_TYPE(
            "input-type",
            "%s writes type = %s in @Network, but declares its inputs by @Input. Write it in @Input(name = \"%s\", ...)."),
    INTEGER_GRADIENT(
            "integer-gradient",
            "inputGradient is asked for, but %s is of type %s, by which there is no gradient. Leave inputGradient out, "
                    + "or give the input as FLOAT32."),
    TOO_LARGE("too-large", "%s: more elements than a Java array can hold (2147483647). Make it smaller."),
    TOO_MANY("too-many", "%s has %d %s, but can have at most %d. %s"),
    TOO_LONG("too-long", "the %s of %s has %d characters, but can have at most %d. Write a shorter one."),

    NO_LAYERS("no-layers", "%s has no layers. Declare them as fields, such as @Linear(outFeatures = 10) Layer fc;"),
    NO_ANNOTATION(
            "no-annotation",
            "%s is a Layer, but none of Netwright's annotations says which. Import and write one, such as "
                    + "@ReLU Layer %1$s;"),
    TWO_ANNOTATIONS("two-annotations", "%s has two layer annotations, @%s and @%s. Declare a field for each."),
    NOT_A_LAYER("not-a-layer", "%s is annotated with @%s, but its type is %s. %s"),
    NAME_CLASH("name-clash", "%s has the name of an input. Rename the layer or the input."),

    UNKNOWN_FROM("from", "%s takes its input from \"%s\", but there is no layer or input of that name. %s"),
    FROM_ITSELF("from-itself", "%s takes its input from itself. Name a layer declared before it, or an input."),
    FROM_LATER(
            "from-later",
            "%s takes its input from \"%s\", which is declared after it. Declare %2$s before %1$s: networks have no cycles."),
    FROM_MISSING("from-missing", "%s is the first layer of a network with the inputs %s. Write from = \"%s\", say."),
    FROM_EMPTY("from-empty", "%s has an empty from. Name at least one layer or input, or leave from out."),

    KEY_FORM("key-form", "the key \"%s\" of %s has an empty part. Write names separated by single dots."),
    DUPLICATE_KEY("duplicate-key", "%s has the key \"%s\", which %s has already. Give it another @Key."),
    KEY_CLASH(
            "key-clash",
            "the key \"%s\" of %s lies below the key \"%s\" of %s, which is a layer of its own. Change one of the keys."),

    INIT_ATTRIBUTE("init-attribute", "@Init(%s) does not take %s. %s"),
    INIT_CONSTANT("init-constant", "@Init(CONSTANT) does not say which. Write constant = 0.5, say."),
    INIT_FIELD("init-field", "@Init of %s names layers, but on a field it is about that layer alone. Remove layers."),
    INIT_LAYERS("init-layers", "@Init is for %s, but %s. %s"),
    INIT_PARAMETER("init-parameter", "@Init is for the parameter \"%s\", which %s. %s"),
    INIT_SHAPE("init-shape", "@Init(%s) needs %s, but the %s of %s has the shape %s. %s"),
    INIT_TWICE("init-twice", "two @Init are for the %s of %s. %s"),

    LOSS_OF_UNKNOWN("loss-of", "@%s judges \"%s\", but no output or layer has that name. %s"),
    LOSS_OF_MISSING("loss-of-missing", "@%s does not say which of the outputs %s it judges. Write of = \"%s\", say."),
    LOSS_OF_COUNT(
            "loss-of-count",
            "the number of outputs that @%1$s judges is %3$s, but that of the names in of is %2$s. Write %3$s names, in "
                    + "their order."),
    LOSS_LENGTHS(
            "loss-lengths",
            "@%s takes its lengths from \"%s\", which is %s. Name an @Input(shape = 1, type = InputType.INT32)."),
    LOSS_SCALE("loss-scale", "the scale of @%s is %s, but must be a finite number. Write scale = 1.0, say."),

    WEIGHTS_NAME(
            "weights-name",
            "\"%s\" cannot be the name of a resource. Write letters, digits and . _ - + with / between folders, such as"
                    + " \"net.safetensors\"."),
    WEIGHTS_FOUND("weights-found", "the weights \"%s\" of %s were not found. They would be %s. %s"),
    WEIGHTS_READ("weights-read", "the weights of %s cannot be read. %s"),
    WEIGHTS_ENTRY("weights-entry", "\"%s\" gives %s no weights: %s."),
    WEIGHTS_MISSING("weights-missing", "\"%s\" has no %s, which %s needs as %s. %s"),
    WEIGHTS_SHAPE("weights-shape", "\"%s\" has %s as %s, but it is %s in %s. %s"),
    WEIGHTS_UNEXPECTED("weights-unexpected", "\"%s\" has %s as %s, but %s has nothing of this key. %s"),
    WEIGHTS_KEYS("weights-keys", "%s"),

    BUDGET("budget", "%s has %s %s, but its @Budget is %s. Most of it: %s. Make it smaller, or write %s = %s%s"),
    BUDGET_LIMIT("budget-limit", "@Budget %s"),

    ORDER(
            "order",
            "the order of the fields of %s is not known: its class file was not read by javac and names none. "
                    + "Compile it with the Netwright processor."),
    MISSING_TYPE("missing-type", "%s could not be compiled, because %s. %s"),
    RELEASE(
            "release",
            "networks need Java 17, but this is compiled for Java %d. Give the compiler --release 17 or a later one."),
    OPTION("option", "-A%s=%s is not known. Write %s."),
    LINT("lint", "-A%s names \"%s\", but there is no lint of that name. %s"),
    OPTION_NAME("option-name", "-A%s is not an option of Netwright. %s"),
    FILE("file", "%s could not be written: %s."),
    CRASH("crash", "Netwright failed on %s. This is a mistake in Netwright: please report it with this trace.\n%s"),

    BATCH_NORM_SINGLE(
            "batch-norm-single",
            Kind.WARNING,
            "%s normalises by one value of each sample and channel (%s), so that mean and deviation are those of the batch"
                    + " alone, and a batch of one cannot be trained. Put it before the values are pooled, or write"
                    + " @LayerNorm."),
    BYTE_SCALE(
            "byte-scale",
            Kind.WARNING,
            "%s reads the bytes of %s as they are, from 0 to 255, but layers start from weights for values near 0. "
                    + "Put @Normalize(mean = 0.5, std = 0.5) between them, with mean and deviation of your data."),
    CLASS_COUNT("class-count", Kind.WARNING, "@%s sees %s: %s. %s"),
    CONV_BIAS(
            "conv-bias",
            Kind.WARNING,
            "the bias of %s is taken away again by %s, which subtracts each channel's mean: %d parameters that change"
                    + " nothing. Write bias = false in @%s."),
    FLATTEN_MISSING(
            "flatten-missing",
            Kind.WARNING,
            "%s goes over the last dimension alone, the %d of %s. Put @Flatten before it, for all %d features; or"
                    + " @Permute, if rows of features were meant."),
    LAST_ACTIVATION("last-activation", Kind.WARNING, "%s is the last layer before @%s: %s. %s"),
    LOSS_DOMAIN("loss-domain", Kind.WARNING, "%s gives weighted sums, which may be any numbers, but @%s takes %s. %s"),
    MSE_SHAPE(
            "mse-shape",
            Kind.WARNING,
            "%s pairs each element of %s with each of %s, %s in all, of which @%s then takes the mean. Give both the"
                    + " same shape by @Flatten or @Permute."),
    NO_GRADIENT(
            "no-gradient",
            Kind.WARNING,
            "the parameters of %s are never trained, as %s not depend on them. Let a loss judge what is computed of them,"
                    + " or write @Frozen for them."),
    POOL_DROPS(
            "pool-drops",
            Kind.WARNING,
            "the windows of %s leave out %s. Write ceilMode = true, or padding, or give it a size that its windows fill."),
    SAME_EVEN(
            "same-even",
            Kind.WARNING,
            "the window of %s has %d taps, so that SAME puts %d before its input and %d behind: each result lies"
                    + " half a place beside the middle of its window. Write an odd size, such as %d, or the padding in"
                    + " numbers."),
    SOFTMAX_LOSS("softmax-loss", Kind.WARNING, "%s gives %s, but @%s takes %s. %s"),
    UNUSED_LAYER("unused-layer", Kind.WARNING, "nothing reads %s. %s"),

    KERNELS("kernels", Kind.NOTE, "%s"),
    LINEAR_PAIR(
            "linear-pair",
            Kind.NOTE,
            "nothing stands between %s and %s, so that both together compute no more than one Linear can. Put an activation"
                    + " between them, such as @ReLU, or leave one out."),
    NO_MODEL(
            "no-model",
            Kind.NOTE,
            "%s has a loss, but %s, so that no %s is generated: others can extend it. Write the shape of one sample,"
                    + " without the batch, such as %s; or abstract before the class, if it is meant so."),
    DUMP("dump", Kind.NOTE, "%s");

    private static final String PREFIX = "netwright/";

    private final String id;
    private final Kind kind;
    private final String sentence;

    Problem(String id, String sentence) {
        this(id, Kind.ERROR, sentence);
    }

    Problem(String id, Kind kind, String sentence) {
        this.id = PREFIX + id;
        this.kind = kind;
        this.sentence = sentence;
    }

    /** What {@code @SuppressWarnings} names: {@code netwright/shape}. */
    public String id() {
        return id;
    }

    /** As what it is told, where nothing else is asked for. */
    public Kind kind() {
        return kind;
    }

    /** All that is right and hardly meant, and facts about the build: what {@code -Anetwright.lints} is about. */
    public static Stream<Problem> lints() {
        return Stream.of(values()).filter(problem -> problem.kind != Kind.ERROR && problem != DUMP);
    }

    /** What {@code -Anetwright.lints} names a lint: {@code softmax-loss}. */
    public String lintName() {
        return id.substring(PREFIX.length());
    }

    String text(Object... arguments) {
        return String.format(Locale.ROOT, sentence, arguments);
    }
}
