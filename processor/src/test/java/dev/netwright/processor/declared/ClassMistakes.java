package dev.netwright.processor.declared;

import dev.netwright.processor.diagnostic.Problem;
import java.util.stream.Stream;

/** Mistakes of the declared class, and of blocks. */
final class ClassMistakes {
    private ClassMistakes() {}

    static Stream<Mistake> mistakes() {
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
}
