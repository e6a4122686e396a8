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
        assertThat(Tensor.of(new float[] {1, 2}, 1, 2)).hasToString("F32[1, 2] [[1.0, 2.0]]");
        assertThat(Tensor.of(new float[33], 3, 11)).hasToString("F32[3, 11]");
        assertThat(Tensor.ofLongs(new long[] {7})).hasToString("I64[] 7");
        assertThat(Functional.conv2d(
                        Tensor.of(
                                new float[] {1, 2, 0, 3, 1, 0, 1, 2, 3, 1, 1, 2, 1, 0, 0, 5, 2, 3, 1, 1, 2, 1, 0, 1, 1},
                                1,
                                1,
                                5,
                                5),
                        Tensor.of(new float[] {1, 2, 1, 0, 1, 0, 2, 1, 0}, 1, 1, 3, 3)))
                .hasToString("F32[1, 1, 3, 3] [[[[10.0, 12.0, 12.0], [18.0, 16.0, 16.0], [13.0, 9.0, 3.0]]]]");
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
                .hasMessageContaining("needs an F32 tensor, but this one is I64[] 0");
        assertThatThrownBy(() -> Tensor.of(new float[1]).toLongArray()).hasMessageContaining("needs an I64 tensor");
        assertThatThrownBy(() -> Tensor.ofBytes(DType.C64, new byte[8]).toFloat())
                .hasMessage("C64, F4 and F6 do not convert to F32, but this tensor is C64[].");
        assertThatThrownBy(() -> Tensor.of(new float[1]).toLongs()).hasMessageContaining("is F32[] 0.0");
    }

    private static Tensor bytes(DType dtype, long... values) {
        int size = dtype.bits() / 8;
        ByteBuffer bytes = ByteBuffer.allocate(values.length * size).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            bytes.put(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(value)
                    .flip()
                    .limit(size));
        }
        return Tensor.ofBytes(dtype, bytes.array(), values.length);
    }

    @Test
    void integersAndBooleansConvert() {
        assertThat(bytes(DType.BOOL, 0, 1, 2).toFloat().toArray()).containsExactly(0, 1, 1);
        assertThat(bytes(DType.U8, 0, 255).toFloat().toArray()).containsExactly(0, 255);
        assertThat(bytes(DType.I8, -128, 127).toLongs().toLongArray()).containsExactly(-128, 127);
        assertThat(bytes(DType.U16, 65535).toLongs().toLongArray()).containsExactly(65535);
        assertThat(bytes(DType.I16, -2).toFloat().toArray()).containsExactly(-2);
        assertThat(bytes(DType.U32, -1).toLongs().toLongArray()).containsExactly(4294967295L);
        // Halfway between two floats, and one beyond.
        assertThat(bytes(DType.I32, 16777217, 16777219, -5).toFloat().toArray())
                .containsExactly(16777216, 16777220, -5);
        assertThat(Tensor.ofLongs(new long[] {(1L << 62) + (1L << 38) + 1})
                        .toFloat()
                        .toArray())
                .containsExactly(0x1.000002p62f);
        assertThat(bytes(DType.I64, 3).toLongs()).isEqualTo(Tensor.ofLongs(new long[] {3}, 1));
        assertThat(bytes(DType.U64, -1, 1L << 63, (1L << 63) + (1L << 39) + 1, 7)
                        .toFloat()
                        .toArray())
                .containsExactly(0x1p64f, 0x1p63f, 0x1.000002p63f, 7);
        assertThat(bytes(DType.U64, -1).toLongs().toLongArray()).containsExactly(-1);
    }

    @Test
    void eightBitFloatsConvert() {
        assertThat(bytes(DType.F8_E4M3, 0x7E, 0x01, 0x08, 0x38, 0xB8, 0x7F)
                        .toFloat()
                        .toArray())
                .containsExactly(448, 0x1p-9f, 0x1p-6f, 1, -1, Float.NaN);
        assertThat(bytes(DType.F8_E5M2, 0x7B, 0x01, 0x3C, 0x7C, 0xFC, 0x7D)
                        .toFloat()
                        .toArray())
                .containsExactly(57344, 0x1p-16f, 1, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN);
        assertThat(bytes(DType.F8_E4M3FNUZ, 0x7F, 0x01, 0x40, 0x80).toFloat().toArray())
                .containsExactly(240, 0x1p-10f, 1, Float.NaN);
        assertThat(bytes(DType.F8_E5M2FNUZ, 0x7F, 0x01, 0x40, 0x80).toFloat().toArray())
                .containsExactly(57344, 0x1p-17f, 1, Float.NaN);
        assertThat(bytes(DType.F8_E8M0, 0, 127, 254, 255).toFloat().toArray())
                .containsExactly(0x1p-127f, 1, 0x1p127f, Float.NaN);
    }

    @Test
    void aViewIsEqualToACopyAndGivesTheSameArrays() {
        ByteBuffer content = ByteBuffer.allocateDirect(11).order(ByteOrder.LITTLE_ENDIAN);
        content.position(3);
        content.putFloat(1.5f).putFloat(-2).position(3);
        Tensor view = Tensor.view(DType.F32, content, 2);
        Tensor copy = Tensor.of(new float[] {1.5f, -2}, 2);
        assertThat(view).isEqualTo(copy).hasSameHashCodeAs(copy).hasToString("F32[2] [1.5, -2.0]");
        assertThat(copy).isEqualTo(view).isNotEqualTo(Tensor.view(DType.F32, ByteBuffer.allocate(8), 2));
        assertThat(view.toArray()).containsExactly(1.5f, -2);
        assertThat(view.toBytes()).containsExactly(copy.toBytes());
        content.putFloat(3, 7);
        assertThat(view.toArray()).containsExactly(7, -2);
        Tensor longs = Tensor.view(DType.I64, ByteBuffer.allocate(8).put(0, (byte) 4));
        assertThat(longs).isEqualTo(Tensor.ofLongs(new long[] {4})).hasSameHashCodeAs(Tensor.ofLongs(new long[] {4}));
        assertThat(longs.toLongArray()).containsExactly(4);
        assertThatThrownBy(() -> Tensor.view(DType.F32, ByteBuffer.allocate(9), 2))
                .hasMessage("9 bytes do not make a F32 tensor of shape [2], which needs 8.0.");
    }
}
