package dev.netwright.onnx;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.onnx.proto.GraphProto;
import dev.netwright.onnx.proto.ModelProto;
import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.StorageLayout;
import dev.netwright.runtime.init.Initial;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnnxFileTest {
    @Test
    void aFileBeyondTwoGigabytesIsRefusedWithItsSize() {
        assertThatThrownBy(() -> file(parameter("fc1.weight", 16_000), parameter("fc2.weight", 16_800))
                        .checkSize("Large"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The ONNX file of Large would have 2149580873 bytes, but the format allows"
                        + " 2147483647. Save the model as safetensors");
    }

    @Test
    void aFileJustBelowIsNot() {
        assertThatCode(() -> file(parameter("fc1.weight", 16_000), parameter("fc2.weight", 16_700))
                        .checkSize("Large"))
                .doesNotThrowAnyException();
    }

    private static OnnxFile file(ParameterSpec... parameters) {
        return new OnnxFile(ModelProto.getDefaultInstance(), GraphProto.getDefaultInstance(), List.of(parameters));
    }

    private static ParameterSpec parameter(String key, int outputs) {
        int inputs = 16_384;
        return ParameterSpec.parameter(
                key, new int[] {outputs, inputs}, 0, StorageLayout.rowMajor(outputs, inputs), Initial.constant(0));
    }
}
