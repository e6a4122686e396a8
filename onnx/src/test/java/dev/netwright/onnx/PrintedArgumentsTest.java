package dev.netwright.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.runtime.LayerDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintedArgumentsTest {
    @Test
    void readsNumbersTuplesFlagsAndWords() {
        PrintedArguments arguments = of("3, 32, kernel_size=(5, 3), stride=2, padding=same, bias=False, eps=1e-05,"
                + " mode='reflect', value=-inf, pad=(-1, 2, 0), padding_mode=zeros, mean=[0.5, -1e-05], std=[2.0]");

        assertThat(arguments.integer(0)).isEqualTo(3);
        assertThat(arguments.integer(1)).isEqualTo(32);
        assertThat(arguments.sizes("kernel_size", 2, 1)).containsExactly(5, 3);
        assertThat(arguments.sizes("stride", 3, 1)).containsExactly(2, 2, 2);
        assertThat(arguments.sizes("dilation", 1, 1)).containsExactly(1);
        assertThat(arguments.isText("padding", "same", "valid")).isTrue();
        assertThat(arguments.isText("stride", "same", "valid")).isFalse();
        assertThat(arguments.flag("bias", true)).isFalse();
        assertThat(arguments.flag("affine", true)).isTrue();
        assertThat(arguments.real("eps")).isEqualTo(1e-5);
        assertThat(arguments.text("mode", "constant")).isEqualTo("reflect");
        assertThat(arguments.text("approximate", "none")).isEqualTo("none");
        assertThat(arguments.real("value")).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(arguments.integers("pad")).containsExactly(-1, 2, 0);
        assertThat(arguments.text("padding_mode", "")).isEqualTo("zeros");
        assertThat(arguments.reals("mean")).containsExactly(0.5, -1e-5);
        assertThat(arguments.reals("std")).containsExactly(2);
    }

    @Test
    void readsWhatIsNotPrintedToo() {
        PrintedArguments alone = PrintedArguments.of(layer("").unprinted("divisor_override=3"));
        PrintedArguments behind = PrintedArguments.of(layer("kernel_size=2").unprinted("count_include_pad=False"));

        assertThat(alone.integer("divisor_override")).isEqualTo(3);
        assertThat(behind.integer("kernel_size")).isEqualTo(2);
        assertThat(behind.flag("count_include_pad", true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kernel_size=",
                "kernel_size=(2, 3",
                "mean=[2, 3",
                "mean=[2)",
                "mode='same",
                "2 3",
                "(2",
                ",",
                "kernel_size=2=3",
                "()="
            })
    void refusesWhatPyTorchWouldNotPrint(String text) {
        assertThatThrownBy(() -> of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The arguments of features.0, Conv2d(" + text + "), cannot be read: ");
    }

    @Test
    void refusesValuesOfTheWrongKind() {
        PrintedArguments arguments = of("kernel_size=(1, 2, 3), stride=two, bias=yes");

        assertThatThrownBy(() -> arguments.sizes("kernel_size", 2, 1)).hasMessageContaining("has 3 values, not 1 or 2");
        assertThatThrownBy(() -> arguments.integer("stride")).hasMessageContaining("\"two\" is no integer");
        assertThatThrownBy(() -> arguments.real("stride")).hasMessageContaining("stride is no number");
        assertThatThrownBy(() -> arguments.flag("bias", true)).hasMessageContaining("bias is neither True nor False");
        assertThatThrownBy(() -> arguments.integer("dim")).hasMessageContaining("dim is missing");
        assertThatThrownBy(() -> arguments.integer(0)).hasMessageContaining("argument 1 is missing");
    }

    private static PrintedArguments of(String text) {
        return PrintedArguments.of(layer(text));
    }

    private static LayerDefinition layer(String arguments) {
        return LayerDefinition.of("conv1", "features.0", "Conv2d", arguments, new int[] {3}, 0, 0, new int[] {-1});
    }
}
