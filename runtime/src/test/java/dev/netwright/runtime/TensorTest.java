package dev.netwright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class TensorTest {
    @Test
    void copiesOnTheWayInAndOut() {
        float[] data = {1, 2};
        int[] shape = {2};
        Tensor tensor = Tensor.of(data, shape);
        data[0] = 9;
        shape[0] = 9;
        tensor.toArray()[1] = 9;
        tensor.shape()[0] = 9;
        assertThat(tensor).isEqualTo(Tensor.of(new float[] {1, 2}, 2));
        assertThat(tensor.shape()).containsExactly(2);
    }

    @Test
    void comparesTypesShapesAndBits() {
        Tensor tensor = Tensor.of(new float[] {Float.NaN, 0}, 2);
        assertThat(tensor)
                .isEqualTo(Tensor.of(new float[] {Float.NaN, 0}, 2))
                .hasSameHashCodeAs(Tensor.of(new float[] {Float.NaN, 0}, 2))
                .isNotEqualTo(Tensor.of(new float[] {Float.NaN, -0f}, 2))
                .isNotEqualTo(Tensor.of(new float[] {Float.NaN, 0}, 1, 2));
        assertThat(Tensor.of(new float[] {1})).isNotEqualTo(Tensor.ofLongs(new long[] {1}));
    }

    @Test
    void describesItselfShortly() {
        assertThat(Tensor.of(new float[] {1, 2}, 1, 2)).hasToString("F32[1, 2] [1.0, 2.0]");
        assertThat(Tensor.of(new float[12], 3, 4)).hasToString("F32[3, 4]");
        assertThat(Tensor.ofLongs(new long[] {7})).hasToString("I64[] [7]");
    }

    @Test
    void convertsEveryHalfFloat() {
        ByteBuffer bytes = ByteBuffer.allocate(2 << 16).order(ByteOrder.LITTLE_ENDIAN);
        for (int bits = 0; bits < 1 << 16; bits++) {
            bytes.putShort((short) bits);
        }
        float[] floats =
                Tensor.ofBytes(DType.F16, bytes.array(), 1 << 16).toFloat().toArray();
        for (int bits = 0; bits < 1 << 16; bits++) {
            int exponent = bits >> 10 & 31;
            double fraction = (bits & 1023) / 1024.0;
            double magnitude = exponent == 31
                    ? fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN
                    : exponent == 0 ? fraction * Math.pow(2, -14) : (1 + fraction) * Math.pow(2, exponent - 15);
            float expected = (float) (bits < 1 << 15 ? magnitude : -magnitude);
            assertThat(Float.floatToIntBits(floats[bits])).isEqualTo(Float.floatToIntBits(expected));
        }
    }

    @Test
    void roundsDoublesAndWidensBrainFloats() {
        byte[] tenth = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(0.1)
                .array();
        assertThat(Tensor.ofBytes(DType.F64, tenth).toFloat().toArray()).containsExactly(0.1f);
        assertThat(Tensor.ofBytes(DType.BF16, new byte[] {(byte) 0xC0, 0x7F}, 1)
                        .toFloat()
                        .toArray())
                .containsExactly(Float.NaN);
    }

    @Test
    void givesBackTheBytesItWasMadeOf() {
        byte[] bytes = {1, 2, 3, 4, 5, 6, 7, 8};
        for (DType dtype : new DType[] {DType.F32, DType.I64, DType.U8, DType.C64, DType.F4}) {
            int elements = 64 / dtype.bits();
            assertThat(Tensor.ofBytes(dtype, bytes, elements).toBytes()).containsExactly(bytes);
        }
    }

    @Test
    void saysWhatDoesNotFit() {
        assertThatThrownBy(() -> Tensor.of(new float[3], 2, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Shape [2, 2] has 4 elements, but the data has 3.");
        assertThatThrownBy(() -> Tensor.of(new float[3], -3)).hasMessage("Shape [-3] has a negative dimension.");
        assertThatThrownBy(() -> Tensor.of(new float[3], 1 << 20, 1 << 20)).hasMessageContaining("2147483647");
        assertThatThrownBy(() -> Tensor.ofBytes(DType.F16, new byte[3], 1)).hasMessageContaining("which needs 2.0");
        assertThatThrownBy(() -> Tensor.ofLongs(new long[1]).toArray())
                .hasMessageContaining("needs an F32 tensor, but this one is I64[] [0]");
        assertThatThrownBy(() -> Tensor.of(new float[1]).toLongArray()).hasMessageContaining("needs an I64 tensor");
        assertThatThrownBy(() -> Tensor.ofLongs(new long[1]).toFloat()).hasMessageContaining("convert to F32");
    }
}
