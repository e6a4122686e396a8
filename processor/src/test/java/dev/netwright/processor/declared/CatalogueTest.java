package dev.netwright.processor.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.Compiled;
import dev.netwright.processor.Compiled.Message;
import dev.netwright.processor.diagnostic.Problem;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.Diagnostic.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each mistake gives one error, with its id, on its line, at its attribute, in these words. javac knows no position
 * within repeated annotations: the class's stands for
 * them. Its position of a qualified name is the last dot.
 */
class CatalogueTest {
    /** Found outside the declared class, and tested there: releases, options, files, crashes, missing types,
     * class files. */
    private static final Set<Problem> ELSEWHERE = EnumSet.of(
            Problem.RELEASE,
            Problem.OPTION,
            Problem.OPTION_NAME,
            Problem.FILE,
            Problem.CRASH,
            Problem.MISSING_TYPE,
            Problem.MODEL_NAME,
            Problem.CLASS_NAME,
            Problem.UNSUPPORTED,
            Problem.BLOCK_CYCLE,
            Problem.ORDER,
            Problem.STALE_ORDER,
            Problem.OTHER_VERSION);

    /**
     * A mistake.
     *
     * @param problem expected
     * @param source with {@link Compiled#CARET} before the expected place
     * @param text expected, without the id
     */
    record Mistake(Problem problem, String source, String text) {
        @Override
        public String toString() {
            return problem + ": " + text.lines().findFirst().orElse("");
        }
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsOneErrorAtItsPlaceInItsWords(Mistake mistake) {
        List<Message> errors = Compiled.of(mistake.source()).errors();

        assertThat(errors)
                .extracting(Message::text)
                .containsExactly("[" + mistake.problem().id() + "] " + mistake.text());
        assertThat(errors.get(0).rest()).isEqualTo(Compiled.afterCaret(mistake.source()));
        assertThat(errors.get(0).lineText()).endsWith(markedLine(mistake.source()));
    }

    @Test
    void everyErrorOfTheCatalogueHasItsTest() {
        Set<Problem> tested = EnumSet.copyOf(ELSEWHERE);
        mistakes().forEach(mistake -> tested.add(mistake.problem()));

        assertThat(Problem.values())
                .filteredOn(problem -> problem.kind() == Kind.ERROR)
                .containsExactlyInAnyOrderElementsOf(tested);
    }

    private static String markedLine(String source) {
        return source.lines()
                .filter(line -> line.indexOf(Compiled.CARET) >= 0)
                .findFirst()
                .orElseThrow()
                .replace(String.valueOf(Compiled.CARET), "");
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(classes(), inputs(), layers(), wiring(), keys(), inits(), losses())
                .flatMap(each -> each);
    }

    private static Stream<Mistake> classes() {
        return Stream.of(
                new Mistake(
                        Problem.NETWORK_KIND,
                        """

                        ^@Network(input = 4)
                        interface Net {}
                        """,
                        "Net is an interface, but a network is a class. Declare the layers as fields of a class."),
                new Mistake(
                        Problem.NETWORK_KIND,
                        """

                        ^@Network(input = 4)
                        record Net(@ReLU Layer act) {}
                        """,
                        "Net is a record, but a network is a class. Declare the layers as fields of a class."),
                new Mistake(
                        Problem.NETWORK_KIND,
                        """

                        ^@Network(input = 4)
                        enum Net { A; @ReLU Layer act; }
                        """,
                        "Net is an enum, but a network is a class. Declare the layers as fields of a class."),
                new Mistake(
                        Problem.TYPE_PARAMETERS,
                        """

                        ^@Network(input = 4)
                        class Net<T, U> { @ReLU Layer act; }
                        """,
                        "Net has type parameters, but a network is the same for all types."
                                + " Remove <T, U> from its declaration."),
                new Mistake(
                        Problem.PRIVATE_LAYERS,
                        """
                        ^@Network(input = 4) class Net extends Base { @ReLU Layer act; }
                        @Network class Base { @ReLU private Layer first; }
                        """,
                        "Net extends Base, whose layers first are private, so that a compiler need not see them change."
                                + " Remove private from them."),
                new Mistake(
                        Problem.INSERT_AFTER,
                        """
                        @Network(input = 4) class Net extends Base {
                            @ReLU @InsertAfter(^"fisrt") Layer act;
                        }
                        @Network class Base { @ReLU Layer first; }
                        """,
                        "act is to stand after \"fisrt\", but Net inherits no layer of that name. Did you mean \"first\"?"),
                new Mistake(
                        Problem.INSERT_REPLACES,
                        """
                        @Network(input = 4) class Net extends Base {
                            @ReLU Layer other;
                            @Tanh @InsertAfter(^"first") Layer first;
                        }
                        @Network class Base { @ReLU Layer first; }
                        """,
                        "first replaces a layer that Net inherits, and so has its place. Remove @InsertAfter, or give it"
                                + " another name."),
                new Mistake(
                        Problem.REMOVE,
                        """
                        @Network(input = 4) @Remove(^"last") class Net extends Base {}
                        @Network class Base { @ReLU Layer first; @ReLU Layer second; }
                        """,
                        "Net is to do without \"last\", but inherits no layer of that name. Known are: first, second."),
                new Mistake(
                        Problem.FROZEN,
                        """
                        @Network(input = 4) @Frozen(^"fcc*") class Net { @Linear(outFeatures = 3) Layer fc; }
                        """,
                        "no parameter of Net has a key like \"fcc*\". Known are: fc.weight, fc.bias."),
                new Mistake(
                        Problem.FROZEN_BUFFERS,
                        """
                        @Network(input = {2, 4, 4}) @Frozen({"conv.*", ^"*.running_*"})
                        class Net { @Conv2d(outChannels = 3, kernelSize = 1) Layer conv; @BatchNorm2d Layer bn; }
                        """,
                        "\"*.running_*\" matches nothing of Net that is trained, but bn.running_mean, bn.running_var, which"
                                + " stay only with evaluation = true. Write that, or name parameters. Known are:"
                                + " conv.weight, conv.bias, bn.weight, bn.bias."),
                new Mistake(
                        Problem.BLOCK_BODY,
                        """
                        @Network(input = 4) class Net { @ReLU Layer act; }
                        @Block @^interface B {}
                        """,
                        "the block B has no nested class. Declare its layers in one nested class named Layers."),
                new Mistake(
                        Problem.NO_LAYERS,
                        """
                        @Network(input = 4) class Net { @ReLU Layer act; }
                        @Block @interface B { ^class Layers {} }
                        """,
                        "B has no layers. Declare them as fields, such as @Linear(outFeatures = 10) Layer fc;"),
                new Mistake(
                        Problem.BLOCK_INPUTS,
                        """
                        @Network(input = 4) class Net { ^@B Layer b; }
                        @Block @interface B {
                            @Input(name = "x") @Input(name = "y") class Layers { @Add(from = {"x", "y"}) Layer sum; }
                        }
                        """,
                        "b has 1 input, but the block B takes 2: x, y. Name them by from, for which the annotation"
                                + " declares String[] from() default {};"),
                new Mistake(
                        Problem.BLOCK_OUTPUTS,
                        """
                        @Network(input = 4) class Net { @B Layer b; ^@ReLU Layer act; }
                        @Block @interface B { class Layers { @ReLU @Output Layer x; @Tanh @Output Layer y; } }
                        """,
                        "act would read b, a block with the outputs x, y. Name one of them: from = \"b.x\", say."),
                new Mistake(
                        Problem.PLACEHOLDER,
                        """
                        @Network(input = 4) class Net { ^@B(width = 4) Layer b; }
                        @Block @interface B {
                            int width(); int WIDTH = Block.P1;
                            class Layers { @Linear(outFeatures = WIDTH + 1) Layer fc; }
                        }

                        """,
                        "outFeatures = -133998479 of fc is computed from placeholders in a way that is not understood."
                                + " Multiply or divide one of them by a constant up to 16, or add an attribute to the"
                                + " block. (fc of B)"),
                new Mistake(
                        Problem.PLACEHOLDER_DIVIDES,
                        """
                        @Network(input = 4) class Net { ^@B(width = 7) Layer b; }
                        @Block @interface B {
                            int width(); int WIDTH = Block.P1;
                            class Layers { @Linear(outFeatures = WIDTH / 2) Layer fc; }
                        }

                        """,
                        "outFeatures of fc is 7 / 2, which is no whole number. Change width. (fc of B)"),
                new Mistake(
                        Problem.PLACEHOLDER_NAME,
                        """
                        @Network(input = 4) class Net { @ReLU Layer act; }
                        @Block @interface B {
                            int width(); int ^OUT_WIDTH = Block.P1;
                            class Layers { @Linear(outFeatures = 3) Layer fc; }
                        }
                        """,
                        "OUT_WIDTH stands for no attribute of B. Declare int outWidth(); a constant has its attribute's"
                                + " name in capitals."),
                new Mistake(
                        Problem.PLACEHOLDER_TWICE,
                        """
                        @Network(input = 4) class Net { @ReLU Layer act; }
                        @Block @interface B {
                            int width(); int WIDTH = Block.P1; int depth(); int ^DEPTH = Block.P1;
                            class Layers { @Linear(outFeatures = 3) Layer fc; }
                        }
                        """,
                        "DEPTH is the same placeholder as WIDTH. Take another one, such as Block.P2."),
                new Mistake(
                        Problem.REPEAT,
                        """
                        @Network(input = 4) class Net { @ReLU @Repeat(^0) Layer act; }
                        """,
                        "act is repeated 0 times, but must be from 1 to 1000 times. Write @Repeat(2), say."),
                new Mistake(
                        Problem.REPEAT_KEY,
                        """
                        @Network(input = 4) class Net { @ReLU @Repeat(value = 2, key = ^"layer") Layer act; }
                        """,
                        "the key \"layer\" of the repeated act has no single %d for its number. Write key = \"%d\", say."),
                new Mistake(
                        Problem.SHARED_UNKNOWN,
                        """
                        @Network(input = 4) class Net {
                            @Linear(outFeatures = 4) Layer tower;
                            @Shared(^"towr") Layer other;
                        }
                        """,
                        "other is to have the weights of \"towr\", but there is no layer of that name before it."
                                + " Did you mean \"tower\"?"),
                new Mistake(
                        Problem.SHARED_SHAPE,
                        """
                        @Network(input = 4) class Net {
                            @Linear(outFeatures = 3) Layer tower;
                            ^@Shared("tower") Layer other;
                        }
                        """,
                        "other is to have the weights of tower, whose weight is 3 x 4, but on its input it would be 3 x 3."
                                + " Give it an input of the same shape. (tower of @Shared)"),
                new Mistake(
                        Problem.SUPERCLASS_LAYERS,
                        """

                        ^@Network(input = 4)
                        class Net extends Base { @Linear(inFeatures = 5, outFeatures = 2) Layer fc; }

                        class Base { @ReLU Layer first; int width; @Linear(outFeatures = 5) Layer second; }
                        """,
                        "Net extends Base, but the layers of a class that is no network are not inherited: first,"
                                + " second. Declare them in Net."),
                new Mistake(
                        Problem.SUPERCLASS_LAYERS,
                        """

                        ^@Network(input = 4)
                        class Net extends Middle { @ReLU Layer act; }

                        class Middle extends Base {}

                        class Base { protected Layer first; }
                        """,
                        "Net extends Base, but the layers of a class that is no network are not inherited: first."
                                + " Declare them in Net."),
                new Mistake(
                        Problem.NO_NETWORK,
                        """

                        @MSELoss
                        ^class Net { @ReLU Layer act; int width; @Output @Linear(outFeatures = 2) Layer fc; }
                        """,
                        "Net has the layers act, fc, but no @Network, so that nothing would come of it. Import and"
                                + " write @Network(input = {3, 32, 32}), say, before the class."),
                new Mistake(
                        Problem.NO_NETWORK,
                        """

                        @Network(input = 4)
                        class Net {
                            @ReLU Layer act;

                            static ^class Head { @Linear(outFeatures = 2) Layer fc; }
                        }
                        """,
                        "Head has the layer fc, but no @Network, so that nothing would come of it. Import and"
                                + " write @Network(input = {3, 32, 32}), say, before the class."),
                new Mistake(
                        Problem.NO_NETWORK,
                        """

                        @MSELoss(of = "act")
                        @MSELoss(of = "fc")
                        ^class Net {}
                        """,
                        "Net has @MSELoss, but no @Network, so that nothing would come of it. Import and"
                                + " write @Network(input = {3, 32, 32}), say, before the class."),
                new Mistake(
                        Problem.NO_LAYERS,
                        """

                        @Network(input = 4)
                        ^class Net { int width; }
                        """,
                        "Net has no layers. Declare them as fields, such as @Linear(outFeatures = 10) Layer fc;"));
    }

    private static Stream<Mistake> inputs() {
        return Stream.of(
                new Mistake(
                        Problem.INPUT_TYPE,
                        """

                        @Network(type = InputType^.INT32)
                        @Input(name = "a", shape = 4)
                        class Net { @ReLU Layer act; }
                        """,
                        "Net writes type = INT32 in @Network, but declares its inputs by @Input."
                                + " Write it in @Input(name = \"a\", ...)."),
                new Mistake(
                        Problem.INTEGER_GRADIENT,
                        """

                        @Network(input = 4, type = InputType.UINT8, inputGradient = ^true)
                        class Net { @Normalize(mean = 0.5, std = 0.5) Layer normalize; }
                        """,
                        "inputGradient is asked for, but input is of type UINT8, by which there is no gradient."
                                + " Leave inputGradient out, or give the input as FLOAT32."),
                new Mistake(
                        Problem.NO_INPUT,
                        """

                        @Network(input = ^{})
                        class Net { @ReLU Layer act; }
                        """,
                        "Net has no input. Write the shape of one sample, without the batch,"
                                + " such as @Network(input = {3, 32, 32})."),
                new Mistake(
                        Problem.INPUT_SIZE,
                        """

                        @Network(input = {3, ^0, 32})
                        class Net { @ReLU Layer act; }
                        """,
                        "a size of input is 0, but must be at least 1."
                                + " Write the shape of one sample without the batch."),
                new Mistake(
                        Problem.TOO_LARGE,
                        """

                        @Network(input = ^{65536, 65536})
                        class Net { @ReLU Layer act; }
                        """,
                        "input has the shape 65536 x 65536: more elements than a Java array can hold (2147483647)."
                                + " Make it smaller."),
                new Mistake(
                        Problem.TOO_LARGE,
                        """

                        @Network(input = 65536)
                        class Net {
                            ^@Linear(outFeatures = 65536) Layer fc;
                        }
                        """,
                        "the weight of fc has the shape 65536 x 65536: more elements than a Java array can hold"
                                + " (2147483647). Make it smaller."),
                new Mistake(
                        Problem.TOO_MANY,
                        """

                        @Network(input = 4)
                        class Net { @ReLU Layer act; @Add(from = {%s ^"act"}) Layer sum; }
                        """.formatted("\"act\",".repeat(100)),
                        "sum has 101 inputs, but can have at most 100. Join them in several layers."),
                new Mistake(
                        Problem.TOO_LONG,
                        """

                        @Network(input = 4)
                        class Net { @Key(^"%s") @ReLU Layer act; }
                        """.formatted("k".repeat(1_001)),
                        "the key of act has 1001 characters, but can have at most 1000. Write a shorter one."),
                new Mistake(
                        Problem.TWO_INPUTS,
                        """

                        @Network(input = ^4)
                        @Input(name = "left", shape = 4)
                        class Net { @ReLU(from = "left") Layer act; }
                        """,
                        "Net declares its input by @Network(input = ...) and by @Input(name = \"left\")."
                                + " Write all inputs as @Input."),
                new Mistake(
                        Problem.DUPLICATE_INPUT,
                        """

                        @Network
                        @Input(name = "left", shape = 4)
                        @Input(name = "left", shape = 5)
                        ^class Net { @ReLU(from = "left") Layer act; }
                        """,
                        "Net has two inputs named \"left\". Give each @Input a name of its own."),
                new Mistake(
                        Problem.INPUT_NAME,
                        """

                        @Network
                        @Input(name = ^"left eye", shape = 4)
                        class Net { @ReLU Layer act; }
                        """,
                        "the input's name \"left eye\" is not a Java identifier. Write a name such as \"input\"."));
    }

    private static Stream<Mistake> layers() {
        return Stream.of(
                new Mistake(
                        Problem.NO_ANNOTATION,
                        """

                        @Network(input = 4)
                        class Net {
                            @ReLU Layer first;
                            Layer ^second;
                        }
                        """,
                        "second is a Layer, but none of Netwright's annotations says which."
                                + " Import and write one, such as @ReLU Layer second;"),
                new Mistake(
                        Problem.TWO_ANNOTATIONS,
                        """

                        @Network(input = 4)
                        class Net {
                            @Linear(outFeatures = 3) ^@ReLU Layer both;
                        }
                        """,
                        "both has two layer annotations, @Linear and @ReLU. Declare a field for each."),
                new Mistake(
                        Problem.NOT_A_LAYER,
                        """

                        @Network(input = 4)
                        class Net {
                            @ReLU String ^act;
                        }
                        """,
                        "act is annotated with @ReLU, but its type is java.lang.String. Declare it as Layer act;"),
                new Mistake(
                        Problem.NO_ANNOTATION,
                        """

                        @Network(input = 4)
                        class Net {
                            @ReLU Layer act;
                            @Output Layer ^out;
                        }
                        """,
                        "out is a Layer, but none of Netwright's annotations says which."
                                + " Import and write one, such as @ReLU Layer out;"),
                new Mistake(Problem.NAME_CLASH, """

                        @Network(input = 4)
                        class Net {
                            @ReLU Layer ^input;
                        }
                        """, "input has the name of an input. Rename the layer or the input."),
                new Mistake(
                        Problem.ATTRIBUTE,
                        """

                        @Network(input = 4)
                        class Net {
                            @Linear(outFeatures = ^0) Layer fc;
                        }
                        """,
                        "outFeatures of fc is 0, but must be at least 1. Write outFeatures = 1 or more."),
                new Mistake(
                        Problem.BATCH_DIMENSION,
                        """

                        @Network(input = 4)
                        class Net {
                            @Softmax(dim = ^0) Layer probabilities;
                        }
                        """,
                        "dim of probabilities is 0, the batch, but samples never mix."
                                + " Write a dimension of the sample (4): 1 to 1, or -1 for the last."),
                new Mistake(Problem.SHAPE, """

                        @Network(input = 784)
                        class Net {
                            @Linear(outFeatures = 64) Layer fc1;
                            @ReLU Layer act;
                            @Linear(inFeatures = ^65, outFeatures = 10) Layer fc2;
                        }
                        """, """
                        fc2 expects 65 input features but receives 64.
                            input  784
                            fc1     64
                            act     64
                          Write inFeatures = 64, or leave it out and it is inferred."""));
    }

    private static Stream<Mistake> wiring() {
        return Stream.of(
                new Mistake(
                        Problem.UNKNOWN_FROM,
                        """

                        @Network(input = 4)
                        class Net {
                            @ReLU Layer conv1;
                            @ReLU Layer conv2;
                            @Add(from = {"conv1", ^"cnov2"}) Layer sum;
                        }
                        """,
                        "sum takes its input from \"cnov2\", but there is no layer or input of that name."
                                + " Did you mean \"conv2\"?"),
                new Mistake(
                        Problem.UNKNOWN_FROM,
                        """

                        @Network(input = 4)
                        class Net {
                            @ReLU Layer conv1;
                            @Linear(outFeatures = 2, from = ^"encoder") Layer head;
                        }
                        """,
                        "head takes its input from \"encoder\", but there is no layer or input of that name."
                                + " Known are: conv1, input."),
                new Mistake(
                        Problem.UNKNOWN_FROM,
                        """

                        @Network(input = 4, type = InputType.INT32)
                        class Net {
                            @Linear(outFeatures = 4) Layer factors;
                            @EmbeddingBag(
                                numEmbeddings = 3, embeddingDim = 2, mode = EmbeddingBag.Mode.SUM,
                                perSampleWeights = ^"factor", from = "input") Layer bag;
                        }
                        """,
                        "bag takes its input from \"factor\", but there is no layer or input of that name."
                                + " Did you mean \"factors\"?"),
                new Mistake(
                        Problem.FROM_ITSELF,
                        """

                        @Network(input = 4)
                        class Net {
                            @ReLU(from = ^"act") Layer act;
                        }
                        """,
                        "act takes its input from itself. Name a layer declared before it, or an input."),
                new Mistake(
                        Problem.FROM_LATER,
                        """

                        @Network(input = 4)
                        class Net {
                            @ReLU(from = ^"second") Layer first;
                            @ReLU Layer second;
                        }
                        """,
                        "first takes its input from \"second\", which is declared after it."
                                + " Declare second before first: networks have no cycles."),
                new Mistake(
                        Problem.FROM_MISSING,
                        """

                        @Network
                        @Input(name = "left", shape = 4)
                        @Input(name = "right", shape = 4)
                        class Net {
                            ^@ReLU Layer act;
                        }
                        """,
                        "act is the first layer of a network with the inputs \"left\", \"right\"."
                                + " Write from = \"left\", say."),
                new Mistake(
                        Problem.FROM_EMPTY,
                        """

                        @Network(input = 4)
                        class Net {
                            @ReLU(from = ^{}) Layer act;
                        }
                        """,
                        "act has an empty from. Name at least one layer or input, or leave from out."));
    }

    private static Stream<Mistake> keys() {
        return Stream.of(
                new Mistake(
                        Problem.KEY_FORM,
                        """

                        @Network(input = 4)
                        class Net {
                            @ReLU @Key(^"features..0") Layer act;
                        }
                        """,
                        "the key \"features..0\" of act has an empty part. Write names separated by single dots."),
                new Mistake(
                        Problem.DUPLICATE_KEY,
                        """

                        @Network(input = 4)
                        class Net {
                            @ReLU Layer act;
                            @ReLU @Key(^"act") Layer other;
                        }
                        """,
                        "other has the key \"act\", which act has already. Give it another @Key."),
                new Mistake(
                        Problem.KEY_CLASH,
                        """

                        @Network(input = 4)
                        class Net {
                            @ReLU @Key(^"act.inner.0") Layer other;
                            @ReLU Layer act;
                        }
                        """,
                        "the key \"act.inner.0\" of other lies below the key \"act\" of act, which is a layer of its own."
                                + " Change one of the keys."));
    }

    private static Stream<Mistake> inits() {
        return Stream.of(
                new Mistake(Problem.INIT_ATTRIBUTE, """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) @Init(value = InitMethod.ZEROS, std = ^0.1) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """, "@Init(ZEROS) does not take std. It takes none: remove std."),
                new Mistake(
                        Problem.INIT_ATTRIBUTE,
                        """

                        @Network(input = {3, 8, 8})
                        @Init(value = InitMethod.NORMAL, layers = Conv2d.class, mode = FanMode^.FAN_OUT)
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "@Init(NORMAL) does not take mode. It takes mean, std: remove mode."),
                new Mistake(
                        Problem.INIT_CONSTANT, """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) ^@Init(InitMethod.CONSTANT) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """, "@Init(CONSTANT) does not say which. Write constant = 0.5, say."),
                new Mistake(
                        Problem.INIT_FIELD,
                        """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) @Init(value = InitMethod.ZEROS, layers = Conv2d^.class) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "@Init of conv names layers, but on a field it is about that layer alone. Remove layers."),
                new Mistake(
                        Problem.INIT_LAYERS,
                        """

                        @Network(input = {3, 8, 8})
                        @Init(value = InitMethod.ZEROS, layers = PReLU^.class)
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "@Init is for @PReLU, but Net has none. Remove it, or name one of its layers: Conv2d, BatchNorm2d, ReLU, Flatten, Linear."),
                new Mistake(
                        Problem.INIT_LAYERS,
                        """

                        @Network(input = {3, 8, 8})
                        @Init(value = InitMethod.ZEROS, layers = {Conv2d.class, Output^.class})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "@Init is for Output.class, but that is no layer. Write the classes of layer annotations, such as Conv2d.class."),
                new Mistake(
                        Problem.INIT_LAYERS,
                        """

                        @Network(input = {3, 8, 8})
                        @Init(value = InitMethod.ZEROS, layers = Override^.class)
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "@Init is for Override.class, but that is no layer. Write the classes of layer annotations, such as Conv2d.class."),
                new Mistake(
                        Problem.INIT_PARAMETER,
                        """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) @Init(value = InitMethod.ZEROS, parameter = ^"wieght") Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "@Init is for the parameter \"wieght\", which conv does not have. Did you mean \"weight\"?"),
                new Mistake(
                        Problem.INIT_PARAMETER,
                        """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU ^@Init(InitMethod.ZEROS) Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "@Init is for the parameter \"weight\", which act does not have. It has none: remove @Init."),
                new Mistake(
                        Problem.INIT_PARAMETER,
                        """

                        @Network(input = {3, 8, 8})
                        @Init(value = InitMethod.ZEROS, layers = Conv2d.class, parameter = ^"bias")
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "@Init is for the parameter \"bias\", which no @Conv2d of Net has. Known are: weight."),
                new Mistake(
                        Problem.INIT_PARAMETER,
                        """

                        @Network(input = {3, 8, 8})
                        @Init(value = InitMethod.ZEROS, parameter = ^"running_mean")
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "@Init is for the parameter \"running_mean\", which no layer of Net has. Known are: weight, bias."),
                new Mistake(
                        Problem.INIT_PARAMETER,
                        """

                        @Network(input = {3, 8, 8})
                        @Init(value = InitMethod.ZEROS, layers = Flatten.class, parameter = ^"bias")
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "@Init is for the parameter \"bias\", which no @Flatten of Net has. Remove @Init."),
                new Mistake(
                        Problem.INIT_SHAPE,
                        """

                        @Network(input = {3, 8, 8})
                        ^@Init(InitMethod.KAIMING_NORMAL)
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "@Init(KAIMING_NORMAL) needs the fans of a weight of at least two dimensions, but the weight of bn has the shape 4. Name the layers it is for, such as layers = Conv2d.class."),
                new Mistake(
                        Problem.INIT_SHAPE,
                        """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) ^@Init(InitMethod.EYE) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "@Init(EYE) needs a weight of two dimensions, but the weight of conv has the shape 4 x 3 x 3 x 3. Write a method for any shape, such as InitMethod.NORMAL."),
                new Mistake(
                        Problem.INIT_SHAPE,
                        """

                        @Network(input = {3, 8, 8})
                        ^@Init(value = InitMethod.DIRAC, layers = Linear.class)
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "@Init(DIRAC) needs the weight of a convolution, but the weight of fc has the shape 2 x 144. Write a method for any shape, such as InitMethod.NORMAL."),
                new Mistake(
                        Problem.INIT_TWICE,
                        """

                        @Network(input = {3, 8, 8})
                        @Init(value = InitMethod.ZEROS, parameter = "bias")
                        @Init(value = InitMethod.ONES, parameter = "bias")
                        ^class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "two @Init are for the bias of bn. Remove one, or write in layers what each is for."),
                new Mistake(
                        Problem.ATTRIBUTE,
                        """

                        @Network(input = 3)
                        @Init(value = InitMethod.UNIFORM, low = ^-3e38, high = 3e38)
                        class Net { @Linear(outFeatures = 2) Layer fc; }
                        """,
                        "low of @Init is -3.0E38, but can be at most 1e30 in size. Write low = -0.1, say."),
                new Mistake(Problem.ATTRIBUTE, """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) @Init(value = InitMethod.NORMAL, std = ^0) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """, "std of @Init is 0.0, but must be above 0. Write std = 1e-5, say."),
                new Mistake(
                        Problem.ATTRIBUTE, """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) @Init(value = InitMethod.TRUNC_NORMAL, std = ^-1) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """, "std of @Init is -1.0, but must be above 0. Write std = 1e-5, say."),
                new Mistake(
                        Problem.ATTRIBUTE,
                        """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) @Init(value = InitMethod.TRUNC_NORMAL, mean = ^5) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "mean of @Init is 5.0, more than two deviations of 1.0 outside -2.0 to 2.0, where the values would not be distributed so. Write low and high around the mean."),
                new Mistake(
                        Problem.ATTRIBUTE,
                        """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) @Init(value = InitMethod.UNIFORM, low = ^1) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "low of @Init is 1.0 and high is 1.0, but low must be below high. Write the smaller number as low."),
                new Mistake(
                        Problem.ATTRIBUTE,
                        """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) @Init(value = InitMethod.TRUNC_NORMAL, high = ^-3) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "low of @Init is -2.0 and high is -3.0, but low must be below high. Write the smaller number as low."),
                new Mistake(
                        Problem.ATTRIBUTE,
                        """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) @Init(value = InitMethod.CONSTANT, constant = 1 ^/ 0.0) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "constant of @Init is Infinity, but must be finite as a float. Write constant = 0.01, say."),
                new Mistake(
                        Problem.ATTRIBUTE, """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) @Init(value = InitMethod.XAVIER_NORMAL, gain = ^0) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """, "gain of @Init is 0.0, but must be above 0. Write gain = 1e-5, say."),
                new Mistake(
                        Problem.ATTRIBUTE,
                        """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) @Init(value = InitMethod.KAIMING_UNIFORM, a = ^0.1, nonlinearity = Nonlinearity.RELU) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "a of @Init is the slope of LEAKY_RELU, but nonlinearity is RELU. Remove a, or the nonlinearity."),
                new Mistake(
                        Problem.ATTRIBUTE, """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) @Init(value = InitMethod.DIRAC, groups = ^0) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """, "groups of @Init is 0, but must be at least 1. Write groups = 1, say."),
                new Mistake(
                        Problem.ATTRIBUTE,
                        """

                        @Network(input = {3, 8, 8})
                        class Net {
                            @Conv2d(outChannels = 4, kernelSize = 3, bias = false) @Init(value = InitMethod.DIRAC, groups = ^3) Layer conv;
                            @BatchNorm2d Layer bn;
                            @ReLU Layer act;
                            @Flatten Layer flat;
                            @Linear(outFeatures = 2) Layer fc;
                        }
                        """,
                        "3 groups of @Init do not divide the 4 output channels of a weight. Write a number of groups that divides 4."));
    }

    private static Stream<Mistake> losses() {
        return Stream.of(
                new Mistake(
                        Problem.LOSS_OF_UNKNOWN,
                        """

                        @Network(input = 4)
                        @MSELoss(of = ^"haed")
                        class Net {
                            @ReLU Layer head;
                        }
                        """,
                        "@MSELoss judges \"haed\", but no output or layer has that name. Did you mean \"head\"?"),
                new Mistake(
                        Problem.LOSS_OF_MISSING,
                        """

                        @Network(input = 4)
                        ^@MSELoss
                        class Net {
                            @ReLU @Output Layer first;
                            @ReLU @Output Layer second;
                        }
                        """,
                        "@MSELoss does not say which of the outputs \"first\", \"second\" it judges."
                                + " Write of = \"first\", say."),
                new Mistake(
                        Problem.LOSS_OF_COUNT,
                        """

                        @Network(input = 4)
                        @MarginRankingLoss(of = ^{"first", "second", "first"})
                        class Net {
                            @ReLU @Output Layer first;
                            @ReLU @Output Layer second;
                        }
                        """,
                        "the number of outputs that @MarginRankingLoss judges is 2, but that of the names in of is 3."
                                + " Write 2 names, in their order."),
                new Mistake(
                        Problem.LOSS_LENGTHS,
                        """

                        @Network
                        @Input(name = "x", shape = {5, 3})
                        @Input(name = "steps", shape = 2, type = InputType.INT32)
                        @CTCLoss(maxTarget = 2, lengths = ^"steps")
                        class Net {
                            @LogSoftmax(dim = -1, from = "x") Layer scores;
                        }
                        """,
                        "@CTCLoss takes its lengths from \"steps\", which is an input of INT32 with the shape 2. Name an"
                                + " @Input(shape = 1, type = InputType.INT32)."),
                new Mistake(
                        Problem.LOSS_SCALE,
                        """

                        @Network(input = 4)
                        @MSELoss(scale = Double^.NaN)
                        class Net {
                            @ReLU Layer first;
                        }
                        """,
                        "the scale of @MSELoss is NaN, but must be a finite number. Write scale = 1.0, say."));
    }
}
