package dev.netwright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.testing.TestSeed;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StorageLayoutTest {
    private static float[] counting(int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = i + 1;
        }
        return values;
    }

    /** The same elements as bytes, which are packed by pieces. */
    private static Tensor viewOf(float[] values) {
        Tensor tensor = Tensor.of(values, values.length);
        return Tensor.view(DType.F32, ByteBuffer.wrap(tensor.toBytes()), values.length);
    }

    @Test
    void piecesOfLargeTensorsComeTogether() {
        for (StorageLayout layout : List.of(
                StorageLayout.blocked(37, 32, new int[] {5003}, new int[] {1}),
                StorageLayout.blocked(37, 32, new int[] {3, 3, 701}, new int[] {3, 1, 9}),
                StorageLayout.blocked(2, 1, new int[] {400, 401}, new int[] {1, 400}),
                StorageLayout.rowMajor(300, 701))) {
            float[] original = counting(layout.elements());
            float[] expected = new float[layout.size() + 1];
            layout.pack(original, expected, 1);
            float[] storage = new float[expected.length];
            Arrays.fill(storage, 1, storage.length, -1);
            layout.pack(viewOf(original), storage, 1);
            assertThat(Arrays.equals(storage, expected)).as("%s", layout).isTrue();
        }
    }

    @Test
    void placesElementsInBlocksOfLanesWithZeroPadding() {
        // (outputs 20, channels 2, kernel 3) stored as kernel, channel.
        StorageLayout layout = StorageLayout.blocked(20, 16, new int[] {3, 2}, new int[] {1, 3});
        float[] rowMajor = counting(20 * 6);
        float[] storage = new float[layout.size() + 4];
        Arrays.fill(storage, -1);
        layout.pack(rowMajor, storage, 4);
        assertThat(layout.size()).isEqualTo(32 * 6);
        for (int lane = 0; lane < 32; lane++) {
            for (int k = 0; k < 6; k++) {
                float expected = lane < 20 ? rowMajor[lane * 6 + k / 2 + k % 2 * 3] : 0;
                assertThat(storage[4 + lane / 16 * 16 * 6 + k * 16 + lane % 16]).isEqualTo(expected);
            }
        }
        assertThat(storage).startsWith(-1, -1, -1, -1);
    }

    @Test
    void blocksBelowSixteenKeepTheirWidthInTheLastBlock() {
        StorageLayout layout = StorageLayout.blocked(5, 4, new int[] {2}, new int[] {1});
        float[] storage = new float[layout.size()];
        layout.pack(counting(10), storage, 0);
        assertThat(storage).containsExactly(1, 3, 5, 7, 2, 4, 6, 8, 9, 0, 0, 0, 10, 0, 0, 0);
    }

    @Test
    void vectorAndRowMajorKeepTheOrder() {
        for (StorageLayout layout : List.of(StorageLayout.vector(17), StorageLayout.rowMajor(17, 1))) {
            float[] storage = new float[layout.size()];
            layout.pack(counting(17), storage, 0);
            assertThat(layout.size()).isEqualTo(32);
            assertThat(storage).startsWith(counting(17));
            assertThat(storage[17]).isZero();
        }
    }

    @Test
    void randomLayoutsComeBackUnchanged() {
        long seed = TestSeed.of("StorageLayoutTest");
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            int[] shape = new int[random.nextInt(4)];
            List<Integer> order = new ArrayList<>();
            int inner = 1;
            for (int i = 0; i < shape.length; i++) {
                shape[i] = 1 + random.nextInt(7);
                inner *= shape[i];
                order.add(i);
            }
            int[] strides = new int[shape.length];
            int stride = 1;
            for (int i = shape.length - 1; i >= 0; i--) {
                strides[i] = stride;
                stride *= shape[i];
            }
            Collections.shuffle(order, random);
            int outputs = 1 + random.nextInt(70);
            int block = 1 + random.nextInt(64);
            StorageLayout layout = StorageLayout.blocked(
                    outputs,
                    block,
                    order.stream().mapToInt(i -> shape[i]).toArray(),
                    order.stream().mapToInt(i -> strides[i]).toArray());
            float[] original = counting(outputs * inner);
            float[] storage = new float[layout.size() + 3];
            float[] back = new float[original.length];
            layout.pack(original, storage, 3);
            float[] converted = new float[storage.length];
            Arrays.fill(converted, 3, converted.length, -1);
            layout.pack(viewOf(original), converted, 3);
            assertThat(converted)
                    .as("seed %d, round %d, %s", seed, round, layout)
                    .containsExactly(storage);
            layout.unpack(storage, 3, back);
            assertThat(back).as("seed %d, round %d, %s", seed, round, layout).containsExactly(original);
            assertThat(layout.size() % 16).isZero();
            int zeros = 0;
            for (float value : storage) {
                zeros += value == 0 ? 1 : 0;
            }
            assertThat(zeros).isEqualTo(storage.length - original.length);
        }
    }

    @Test
    void refusesStridesThatMissElements() {
        assertThatThrownBy(() -> StorageLayout.blocked(4, 16, new int[] {2, 3}, new int[] {1, 1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Strides [1, 1] do not reach every element of extents [2, 3] exactly once.");
    }

    @Test
    void refusesArraysOfAnotherLength() {
        StorageLayout layout = StorageLayout.vector(3);
        assertThatThrownBy(() -> layout.pack(new float[4], new float[16], 0)).hasMessageContaining("has 3 elements");
        assertThatThrownBy(() -> layout.unpack(new float[16], 1, new float[3])).hasMessageContaining("from 1 on");
    }
}
