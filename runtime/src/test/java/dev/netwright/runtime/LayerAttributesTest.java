package dev.netwright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerAttributesTest {
    private static final LayerAttributes CONVOLUTION = LayerAttributes.NONE
            .positional("in_channels", 3)
            .positional("out_channels", 32)
            .named("kernel_size", new int[] {5, 3})
            .named("stride", 2)
            .word("padding", "same")
            .implied("groups", 1)
            .named("bias", false);

    @Test
    void whatIsPrintedIsInThePlaceAndFormOfEachAttribute() {
        assertThat(CONVOLUTION).hasToString("3, 32, kernel_size=(5, 3), stride=2, padding=same, bias=False");
        assertThat(LayerAttributes.NONE.named("mode", "reflect").named("value", Double.NEGATIVE_INFINITY))
                .hasToString("mode='reflect', value=-inf");
        assertThat(LayerAttributes.NONE.positional("normalized_shape", new int[] {32}))
                .hasToString("(32,)");
        assertThat(LayerAttributes.NONE.named("momentum", null)).hasToString("momentum=None");
        assertThat(LayerAttributes.NONE.named("output_size", new int[] {7, LayerAttributes.NO_SIZE}))
                .hasToString("output_size=(7, None)");
        assertThat(LayerAttributes.NONE.list("mean", "0.5").named("scale_factor", new double[] {2, 1.5}))
                .hasToString("mean=[0.5], scale_factor=(2.0, 1.5)");
        assertThat(LayerAttributes.NONE.named("pad", new int[0])).hasToString("pad=()");
        assertThat(LayerAttributes.NONE).hasToString("");
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "1, 1.0",
        "1e-5, 1e-05",
        "0.0001, 0.0001",
        "1.25e-10, 1.25e-10",
        "1e16, 1e+16",
        "-3, -3.0",
        "0, 0.0",
        "NaN, nan"
    })
    void realsAreAsPythonPrintsThem(double value, String printed) {
        assertThat(LayerAttributes.NONE.named("eps", value)).hasToString("eps=" + printed);
    }

    @Test
    void whatIsNotPrintedIsToldApart() {
        LayerAttributes pool = LayerAttributes.NONE
                .named("kernel_size", 2)
                .unprinted("divisor_override", 3)
                .unprinted("dims", new int[] {0, 2, 1})
                .implied("count_include_pad", true);

        assertThat(pool).hasToString("kernel_size=2");
        assertThat(pool.unprinted()).isEqualTo("divisor_override=3, dims=(0, 2, 1)");
        assertThat(CONVOLUTION.unprinted()).isEmpty();
    }

    @Test
    void everyAttributeIsReadByItsName() {
        assertThat(CONVOLUTION.names())
                .isEqualTo(
                        List.of("in_channels", "out_channels", "kernel_size", "stride", "padding", "groups", "bias"));
        assertThat(CONVOLUTION.integer("in_channels")).isEqualTo(3);
        assertThat(CONVOLUTION.integers("kernel_size")).containsExactly(5, 3);
        assertThat(CONVOLUTION.integers("stride")).containsExactly(2);
        assertThat(CONVOLUTION.text("padding")).isEqualTo("same");
        assertThat(CONVOLUTION.integer("groups")).isEqualTo(1);
        assertThat(CONVOLUTION.flag("bias")).isFalse();
        LayerAttributes reals =
                LayerAttributes.NONE.named("eps", 1e-5).list("mean", "0.5, 1.0").named("size", null);
        assertThat(reals.real("eps")).isEqualTo(1e-5);
        assertThat(reals.reals("eps")).containsExactly(1e-5);
        assertThat(reals.reals("mean")).containsExactly(0.5, 1);
        assertThat(reals.isNone("size")).isTrue();
        assertThat(reals.isNone("eps")).isFalse();
    }

    @Test
    void noValueCanBeChanged() {
        int[] size = {5, 3};
        LayerAttributes attributes = LayerAttributes.NONE.named("size", size);
        size[0] = 1;
        attributes.integers("size")[1] = 1;

        assertThat(attributes).hasToString("size=(5, 3)");
    }

    @Test
    void whatIsNotThereOrOfAnotherKindIsSaid() {
        assertThatThrownBy(() -> CONVOLUTION.flag("dim"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no attribute dim; there are [in_channels, out_channels, kernel_size, stride,"
                        + " padding, groups, bias].");
        assertThatThrownBy(() -> LayerAttributes.NONE.value("dim"))
                .hasMessage("There is no attribute dim; there are none.");
        assertThatThrownBy(() -> CONVOLUTION.integer("kernel_size"))
                .hasMessage("The attribute kernel_size is (5, 3), not an integer.");
        assertThatThrownBy(() -> CONVOLUTION.reals("bias"))
                .hasMessage("The attribute bias is False, not real numbers.");
        assertThatThrownBy(() -> LayerAttributes.NONE.named("shape", 3L))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The value of shape is a Long. Give an int, ");
    }
}
