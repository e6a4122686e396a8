package dev.netwright.processor.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.Compiled;
import dev.netwright.processor.graph.Attributes;
import java.util.List;
import org.junit.jupiter.api.Test;

class ElementReaderTest {
    @Test
    void otherFieldsAndMembersAreIgnored() {
        DeclaredNetwork network = read("""
                @Network(input = 7) class Net {
                    static final int WIDTH = 5;
                    private String name;
                    @Linear(outFeatures = WIDTH) private Layer fc;
                    private Net(int unused) {}
                    void forward() {}
                }
                """);

        assertThat(network.layers()).extracting(DeclaredLayer::fieldName).containsExactly("fc");
        assertThat(network.layers().get(0).attributes().integer("outFeatures")).isEqualTo(5);
    }

    @Test
    void aNestedFinalPrivateClassNamesItsModelByTheWayToIt() {
        DeclaredNetwork network = read("""
                class Outer { enum Middle { A; @Network(input = 7) private static final class Net { @ReLU Layer act; } } }
                """);

        assertThat(network.packageName()).isEqualTo("app");
        assertThat(network.simpleName()).isEqualTo("Net");
        assertThat(network.qualifiedName()).isEqualTo("app.Outer_Middle_NetModel");
    }

    @Test
    void anAttributeIsWrittenIfItWasWrittenWhateverItsValue() {
        DeclaredNetwork network = read("""
                @Network(input = {3, 8, 8}) class Net {
                    @Conv2d(outChannels = 4, kernelSize = {3, 5}, padding = 0) Layer conv;
                }
                """);

        Attributes attributes = network.layers().get(0).attributes();
        assertThat(attributes.isWritten("padding")).isTrue();
        assertThat(attributes.isWritten("stride")).isFalse();
        assertThat(attributes.integers("stride")).containsExactly(1);
        assertThat(attributes.integers("kernelSize")).containsExactly(3, 5);
        assertThat(attributes.flag("bias")).isTrue();
        assertThat(attributes.text("paddingMode")).isEqualTo("ZEROS");
    }

    @Test
    void marksAndOptionsAreRead() {
        DeclaredNetwork network = read("""
                @SuppressWarnings({"unused", "netwright/unused-layer"})
                @Network(input = 7, inputGradient = true, precision = Precision.EXACT) class Net {
                    @ReLU @KeepOutput @SuppressWarnings("netwright/conv-bias") Layer a;
                    @ReLU @Key("x.y") @Output Layer b;
                }
                """);

        assertThat(network.options().inputGradient()).isTrue();
        assertThat(network.options().exact()).isTrue();
        assertThat(network.options().suppressed()).containsExactly("netwright/unused-layer");
        assertThat(network.layers()).extracting(DeclaredLayer::keepOutput).containsExactly(true, false);
        assertThat(network.layers()).extracting(DeclaredLayer::output).containsExactly(false, true);
        assertThat(network.layers()).extracting(DeclaredLayer::key).containsExactly("a", "x.y");
        assertThat(network.layers().get(0).suppressed()).containsExactly("netwright/conv-bias");
        assertThat(network.layers().get(0).from()).isNull();
    }

    @Test
    void repeatedInputsAndLossesKeepTheirOrder() {
        DeclaredNetwork network = read("""
                @Network
                @Input(name = "b", shape = 4) @Input(name = "a", shape = {4, 1})
                @MSELoss(of = "z") @MSELoss(of = "y", scale = 2) @L1Loss(of = "z")
                class Net {
                    @Linear(outFeatures = 4, from = "b") @Output Layer z;
                    @Linear(outFeatures = 1, from = "a") @Output Layer y;
                }
                """);

        assertThat(network.inputs()).extracting(DeclaredInput::name).containsExactly("b", "a");
        assertThat(network.inputs())
                .extracting(input -> input.shape().sizes())
                .containsExactly(List.of(4), List.of(4, 1));
        assertThat(network.losses())
                .extracting(DeclaredLoss::annotation)
                .containsExactly("MSELoss", "MSELoss", "L1Loss");
        assertThat(network.losses())
                .extracting(DeclaredLoss::of)
                .containsExactly(List.of("z"), List.of("y"), List.of("z"));
        assertThat(network.losses()).extracting(DeclaredLoss::scale).containsExactly(1.0, 2.0, 1.0);
    }

    @Test
    void rulesForInitialWeightsAreReadOfTheClassAndOfFields() {
        DeclaredNetwork network = read("""
                @Network(input = 4)
                @Init(value = InitMethod.NORMAL, layers = {Linear.class, PReLU.class}, std = 0.1)
                @Init(value = InitMethod.ZEROS, parameter = "bias")
                class Net {
                    @Linear(outFeatures = 5) @Init(InitMethod.ONES) Layer fc;
                    @PReLU Layer act;
                }
                """);

        assertThat(network.inits()).extracting(DeclaredInit::method).containsExactly("NORMAL", "ZEROS");
        assertThat(network.inits()).extracting(DeclaredInit::parameter).containsExactly("weight", "bias");
        assertThat(network.inits())
                .extracting(DeclaredInit::layers)
                .containsExactly(List.of("Linear", "PReLU"), List.of());
        assertThat(network.layers().get(0).inits())
                .extracting(DeclaredInit::method)
                .containsExactly("ONES");
        assertThat(network.layers().get(1).inits()).isEmpty();
    }

    private static DeclaredNetwork read(String source) {
        Compiled compiled = Compiled.of(source);
        assertThat(compiled.errors()).isEmpty();
        return compiled.results().get(0).declared();
    }
}
