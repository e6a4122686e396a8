package dev.netwright.processor.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.Compiled;
import dev.netwright.processor.Compiled.Message;
import dev.netwright.processor.graph.Graph.Parameter;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Member;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.graph.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What networks become that extend others, or are made of blocks and rows. */
class CompositionTest {
    private static final String BASE = """
            @Network @CrossEntropyLoss class Base {
                @Linear(outFeatures = 8) @Key("body.0") Layer fc1;
                @ReLU @Key("body.1") Layer relu1;
                @Linear(outFeatures = 6) @Key("body.2") Layer fc2;
                @ReLU @Key("body.3") Layer relu2;
                @Linear(outFeatures = 5) @Key("head") Layer fc3;
            }
            """;

    private static final String RESIDUAL = """
            @Block @interface Residual {
                int width(); int WIDTH = Block.P1;
                double slope() default 0.1; double SLOPE = Block.D1;
                class Layers {
                    @Linear(outFeatures = 4 * WIDTH) Layer wide;
                    @LeakyReLU(negativeSlope = SLOPE) Layer act;
                    @Linear(outFeatures = WIDTH) Layer narrow;
                    @Add(from = {"narrow", "input"}) Layer sum;
                }
            }
            """;

    private static Network network(String... sources) {
        Compiled compiled = Compiled.of(sources);
        assertThat(compiled.errors()).isEmpty();
        return compiled.results().get(0).network();
    }

    private static List<String> keys(Network network) {
        return network.parameters().stream().map(Parameter::key).toList();
    }

    private static List<String> chain(Network network) {
        return network.layers().stream()
                .map(node -> node.name() + " <- "
                        + String.join(
                                ", ", node.inputs().stream().map(Value::name).toList()))
                .toList();
    }

    @Test
    void aClassWithoutAnInputHasNoModelAndIsExtended() {
        Network network = network(BASE, "@Network(input = 7) class Net extends Base {}");

        assertThat(network.name()).isEqualTo("Net");
        assertThat(keys(network))
                .containsExactly(
                        "body.0.weight", "body.0.bias", "body.2.weight", "body.2.bias", "head.weight", "head.bias");
        assertThat(network.outputs()).extracting(Value::name).containsExactly("fc3");
        assertThat(network.losses()).hasSize(1);
    }

    @Test
    void whatALayerGivesBesidesIsReadBeforeItsInputIsKnown() {
        Network network = network("""
                @Network
                @Input(name = "steps")
                @Input(name = "length", shape = 1, type = InputType.INT32)
                class Base {
                    @LSTM(hiddenSize = 3, lengths = "length", from = "steps") @Repeat(2) Layer lstm;
                    @Add(from = {"lstm.0.hn", "lstm.1.hn"}) Layer sum;
                }
                """, """
                @Network
                @Input(name = "steps", shape = {5, 2})
                @Input(name = "length", shape = 1, type = InputType.INT32)
                class Net extends Base {}
                """);

        assertThat(chain(network)).endsWith("sum <- lstm.0.hn, lstm.1.hn");
    }

    @Test
    void ofALayerThatIsWrongOnlyItsOwnMistakeIsTold() {
        Compiled compiled = Compiled.of("""
                @Network(input = {5, 2}) class Net {
                    @LSTM(hiddenSize = 0) Layer lstm;
                    @Flatten(from = "lstm.hn") Layer last;
                }
                """);

        assertThat(compiled.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.toString()).contains("hiddenSize"));
    }

    @Test
    void fieldsAreAppendedReplacedInsertedAndRemoved() {
        Network network = network(BASE, """
                @Network(input = 7) @MSELoss @Remove("relu2") class Net extends Base {
                    @Tanh Layer relu1;
                    @Dropout @InsertAfter("fc1") Layer drop1;
                    @Dropout @InsertAfter("fc1") Layer drop2;
                    @Linear(outFeatures = 9) Layer fc2;
                    @Linear(outFeatures = 3) @Key("extra") Layer fc4;
                }
                """);

        assertThat(chain(network))
                .containsExactly(
                        "fc1 <- input",
                        "drop1 <- fc1",
                        "drop2 <- drop1",
                        "relu1 <- drop2",
                        "fc2 <- relu1",
                        "fc3 <- fc2",
                        "fc4 <- fc3");
        assertThat(network.layers()).extracting(node -> node.layer().name()).contains("Tanh");
        assertThat(keys(network)).contains("body.2.weight", "extra.weight");
        assertThat(network.parameters())
                .filteredOn(parameter -> parameter.key().equals("body.2.weight"))
                .singleElement()
                .satisfies(weight -> assertThat(weight.declaration().shape()).hasToString("9 x 8"));
        assertThat(network.losses()).extracting(term -> term.loss().name()).containsExactly("MSELoss");
    }

    @Test
    void theNearestOutputsWin() {
        Network network = network(
                "@Network class Base { @ReLU @Output Layer a; @Tanh @Output Layer b; }",
                "@Network class Middle extends Base { @ReLU @Output Layer c; }",
                "@Network(input = 7) class Net extends Middle { @Tanh Layer d; }");

        assertThat(network.outputs()).extracting(Value::name).containsExactly("c");
    }

    @Test
    void aPlaceholderStandsForItsAttributeAndItsMultiples() {
        Network network =
                network(RESIDUAL, "@Network(input = 3) class Net { @Residual(width = 3, slope = 0.5) Layer a; }");

        assertThat(keys(network)).containsExactly("a.wide.weight", "a.wide.bias", "a.narrow.weight", "a.narrow.bias");
        assertThat(network.parameters().get(0).declaration().shape()).hasToString("12 x 3");
        assertThat(network.layers().get(1).layer().attributes()).hasToString("[negative_slope=0.5]");
        assertThat(chain(network)).endsWith("a.sum <- a.narrow, input");
        assertThat(network.members()).singleElement().satisfies(member -> {
            assertThat(member.form()).isEqualTo(Member.Form.BLOCK);
            assertThat(member.type()).isEqualTo("Residual");
            assertThat(member.children()).extracting(Member::name).containsExactly("wide", "act", "narrow", "sum");
        });
    }

    @Test
    void aPlaceholderIsMultipliedAndDividedByAnyNumberUpTo16() {
        for (int placeholder = 1; placeholder <= 16; placeholder++) {
            StringBuilder layers = new StringBuilder();
            for (int i = 2; i <= 16; i++) {
                layers.append("@AdaptiveAvgPool2d(outputSize = {1, WIDTH / %d}) Layer by%<d;\n".formatted(i));
                layers.append("@AdaptiveAvgPool2d(outputSize = {1, %d * WIDTH}) Layer times%<d;\n".formatted(i));
            }
            Network network = network(
                    "@Block @interface All { int width(); int WIDTH = Block.P" + placeholder + ";\n class Layers {\n"
                            + layers + "} }",
                    "@Network(input = {1, 1, 1}) class Net { @All(width = 720720) Layer all; }");
            for (LayerNode node : network.layers()) {
                int number = Integer.parseInt(node.name().replaceAll("\\D", ""));
                int expected = node.name().contains("by") ? 720720 / number : 720720 * number;
                assertThat(node.output().shape()).as(node.name()).hasToString("1 x 1 x " + expected);
            }
        }
    }

    @Test
    void rowsHaveKeysByTheirPatternAndAreNamedByTheirPlace() {
        Network network = network(RESIDUAL, """
                @Network(input = 3) class Net {
                    @Residual(width = 3) @Repeat(value = 2, key = "part%d", first = 1) @Key("features") Layer row;
                    @Linear(outFeatures = 2) @Repeat(2) Layer fcs;
                    @Concat(from = {"row.0.act", "fcs.1", "fcs"}) Layer all;
                }
                """);

        assertThat(keys(network)).startsWith("features.part1.wide.weight").contains("features.part2.narrow.bias");
        assertThat(keys(network)).endsWith("fcs.0.weight", "fcs.0.bias", "fcs.1.weight", "fcs.1.bias");
        assertThat(chain(network)).contains("row.1.wide <- row.0.sum", "all <- row.0.act, fcs.1, fcs.1");
    }

    @Test
    void blocksOfBlocksWithSeveralInputsAndOutputs() {
        Network network = network(RESIDUAL, """
                @Block @interface Pair {
                    int width() default 2; int WIDTH = Block.P2;
                    String[] from() default {};
                    @Input(name = "left") @Input(name = "right") class Layers {
                        @Residual(width = WIDTH, from = "left") Layer deep;
                        @Add(from = {"deep", "right"}) @Output Layer sum;
                        @Mul(from = {"left", "right"}) @Output Layer product;
                    }
                }
                """.replace("@Residual(width = WIDTH, from", "@Tanh(from"), """
                @Network(input = 3) class Net {
                    @Linear(outFeatures = 2) Layer a;
                    @Linear(outFeatures = 2, from = "input") Layer b;
                    @Pair(from = {"a", "b"}) Layer pair;
                    @Concat(from = {"pair.sum", "pair.product", "pair.deep"}) Layer all;
                }
                """);

        assertThat(chain(network))
                .endsWith(
                        "pair.deep <- a",
                        "pair.sum <- pair.deep, b",
                        "pair.product <- a, b",
                        "all <- pair.sum, pair.product, pair.deep");
    }

    @Test
    void aSharedBlockHasTheParametersOfTheOther() {
        Network network = network(RESIDUAL, """
                @Network @Input(name = "left", shape = 3) @Input(name = "right", shape = 3) class Net {
                    @Linear(outFeatures = 3, from = "left") Layer first;
                    @Residual(width = 3) @Repeat(2) Layer towerA;
                    @Shared(value = "first", from = "right") Layer second;
                    @Shared("towerA") Layer towerB;
                    @Mul(from = {"towerA", "towerB"}) Layer product;
                }
                """);

        assertThat(keys(network)).hasSize(2 + 8).doesNotHaveDuplicates();
        List<LayerNode> shared =
                network.layers().stream().filter(LayerNode::shared).toList();
        assertThat(shared).hasSize(1 + 8);
        assertThat(shared.get(1).name()).isEqualTo("towerB.0.wide");
        assertThat(shared.get(1).parameters()).isEqualTo(network.layers().get(1).parameters());
        assertThat(chain(network)).endsWith("product <- towerA.1.sum, towerB.1.sum");
    }

    @Test
    void whatIsSharedOutOfABlockHasItsPlaceholdersAndNames() {
        Network network = network("""
                @Block @interface Twice {
                    int width() default 2; int WIDTH = Block.P1;
                    int depth() default 2; int DEPTH = Block.P2;
                    class Layers {
                        @Linear(outFeatures = 2 * WIDTH) Layer fc;
                        @Shared("fc") Layer again;
                        @Linear(outFeatures = 2 * WIDTH) @Repeat(DEPTH) Layer row;
                        @Shared("row.0") @Repeat(DEPTH) Layer rowAgain;
                    }
                }
                """, """
                @Block @interface Outer {
                    int size(); int SIZE = Block.P3;
                    class Layers {
                        @Twice(width = SIZE / 2) Layer inner;
                        @Shared("inner.fc") Layer fc;
                    }
                }
                """, """
                @Network(input = 6) class Net {
                    @Outer(size = 6) Layer a;
                    @Shared("a.inner.fc") Layer first;
                    @Shared("a.inner.again") Layer second;
                    @Shared("a.fc") Layer third;
                    @Shared("a.inner.row") Layer row;
                    @Shared("a.inner.rowAgain") Layer rowAgain;
                    @Shared("a") Layer b;
                }
                """);

        assertThat(keys(network)).hasSize(6);
        assertThat(network.layers())
                .filteredOn(
                        node -> !node.name().startsWith("a.") && !node.name().startsWith("b."))
                .extracting(
                        node -> node.name() + " has " + node.parameters().get(0).key())
                .containsExactly(
                        "first has a.inner.fc.weight",
                        "second has a.inner.fc.weight",
                        "third has a.inner.fc.weight",
                        "row.0 has a.inner.row.0.weight",
                        "row.1 has a.inner.row.1.weight",
                        "rowAgain.0 has a.inner.row.0.weight",
                        "rowAgain.1 has a.inner.row.0.weight");
        assertThat(chain(network)).endsWith("b.inner.rowAgain.1 <- b.inner.rowAgain.0", "b.fc <- b.inner.rowAgain.1");
    }

    @Test
    void frozenPatternsMatchKeysAndMayEvaluate() {
        Network network = network("""
                @Network(input = {3, 8, 8}) @Frozen(value = {"body*", "*.bias"}, evaluation = true) class Net {
                    @Conv2d(outChannels = 4, kernelSize = 3) @Key("body.0") Layer conv;
                    @BatchNorm2d @Key("body.1") Layer bn;
                    @Dropout @Key("body.2") Layer drop;
                    @Conv2d(outChannels = 4, kernelSize = 3) Layer head;
                }
                """);

        assertThat(network.parameters())
                .filteredOn(Parameter::trained)
                .extracting(Parameter::key)
                .containsExactly("head.weight");
        assertThat(network.layers())
                .filteredOn(LayerNode::evaluates)
                .extracting(LayerNode::name)
                .containsExactly("conv", "bn", "drop", "head");
    }

    @Test
    void mistakesInBlocksAndAncestorsAreToldWhereTheyAreUsed() {
        Compiled compiled = Compiled.of(
                RESIDUAL,
                BASE,
                "@Network(input = 3) class Net { @Residual(width = 4) Layer a; }",
                "@Network(input = {2, 2}) class Other extends Base { @Flatten Layer flat; }");

        assertThat(compiled.errors()).extracting(Message::id).containsExactly("netwright/shape");
        assertThat(compiled.errors().get(0).lineText()).contains("@Residual(width = 4) Layer a;");
        assertThat(compiled.errors().get(0).text()).contains("(sum of Residual)");
    }

    @Test
    void anOutputOfARowIsNamedByItsPlace() {
        String twice = """
                @Block @interface Twice {
                    class Layers { @ReLU @Output Layer a; @Tanh @Output Layer b; }
                }
                """;
        Compiled wrong = Compiled.of(
                twice, "@Network(input = 3) class Net { @Twice @Repeat(1) Layer row; @Shared(\"row\") Layer c; }");
        Network right = network(twice, """
                @Network(input = 3) class Net {
                    @Twice @Repeat(1) Layer row;
                    @Add(from = {"row.0.a", "row.0.b"}) Layer sum;
                }
                """);

        assertThat(wrong.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.text())
                        .contains("row, a block with the outputs a, b. Name one of them: from = \"row.0.a\", say."));
        assertThat(chain(right)).endsWith("sum <- row.0.a, row.0.b");
    }

    @Test
    void blocksThatContainEachOtherAreToldAtBoth() {
        Compiled compiled = Compiled.of(
                "@Block @interface A { class Layers { @B Layer b; } }",
                "@Block @interface B { class Layers { @A Layer a; } }");

        assertThat(compiled.errors())
                .extracting(Message::id)
                .containsExactly("netwright/block-cycle", "netwright/block-cycle");
        assertThat(compiled.errors().get(0).text())
                .contains("the block A would contain itself: A uses B uses A. Blocks cannot be endless");
    }

    @Test
    void rulesForInitialWeightsAreForTheLayersThatTheirClassHas() {
        Network network = network("""
                @Network @Init(value = InitMethod.NORMAL, std = 0.1) @Init(value = InitMethod.ZEROS, parameter = "bias")
                class Base { @Linear(outFeatures = 5) Layer a; @Linear(outFeatures = 5) Layer b; @Linear(outFeatures = 5) Layer c; }
                """, """
                @Network(input = 5) @Init(InitMethod.ONES)
                class Net extends Base { @Linear(outFeatures = 5) Layer b; @Linear(outFeatures = 5) Layer d; }
                """);

        assertThat(network.parameters())
                .filteredOn(parameter -> parameter.key().endsWith("weight"))
                .extracting(parameter -> String.valueOf(parameter.declaration().redraw()))
                .allMatch(rule -> rule.contains("Constant") || rule.contains("value=1"));
        assertThat(network.parameters())
                .filteredOn(parameter -> parameter.key().endsWith("bias"))
                .filteredOn(parameter -> parameter.declaration().redraw() != null)
                .extracting(Parameter::key)
                .containsExactly("a.bias", "c.bias");
    }

    @Test
    void aRuleOnAParameterByItselfNeedNotNameIt() {
        Network network = network("""
                @Network(input = 4) @Init(value = InitMethod.ONES, layers = Parameter.class) class Net {
                    @Parameter(shape = 4) @Init(value = InitMethod.CONSTANT, constant = 0.5) Layer scale;
                    @Parameter(shape = 4) Layer shift;
                    @Mul(from = {"input", "scale"}) Layer scaled;
                    @Add(from = {"scaled", "shift"}) Layer shifted;
                }
                """);

        assertThat(network.parameters())
                .extracting(parameter -> String.valueOf(parameter.declaration().redraw()))
                .containsExactly("Constant[value=0.5]", "Constant[value=1.0]");
    }
}
