package dev.netwright.runtime.generated;

import dev.netwright.runtime.execution.VirtualMachine;
import java.util.Arrays;

/**
 * What generated code calls beside its own kernels: loops that are not hot, or that need no specialisation. All sizes
 * and positions are in floats; ranges of samples, inputs and so on are half open.
 */
public final class Support {
    private static final int RANDOM_BITS = 24;
    private static final float RANDOM_UNIT = 1f / (1 << RANDOM_BITS);

    /** Without the instruction, Math.fma goes through BigDecimal: some 800 times slower. */
    private static final boolean FMA = VirtualMachine.current().fma();

    private Support() {}

    /**
     * A fused multiply-add where the CPU has one; elsewhere a product and a sum, rounded twice.
     *
     * @param a a factor
     * @param b a factor
     * @param c the summand
     * @return a * b + c
     */
    public static float fma(float a, float b, float c) {
        return FMA ? Math.fma(a, b, c) : a * b + c;
    }

    /**
     * Sets samples to one value.
     *
     * @param a the array
     * @param base where sample 0 starts
     * @param size floats to set in each sample
     * @param sampleStride from one sample to the next
     * @param value the value
     * @param fromSample the first sample
     * @param toSample one past the last sample
     */
    public static void fill(
            float[] a, int base, int size, int sampleStride, float value, int fromSample, int toSample) {
        for (int s = fromSample; s < toSample; s++) {
            int start = base + s * sampleStride;
            Arrays.fill(a, start, start + size, value);
        }
    }

    /**
     * Zeroes the border around the rows of images: everything before the first row and after the last, and both ends of
     * each row.
     *
     * @param a the array
     * @param base where sample 0 starts
     * @param size floats of a sample, borders included; also the distance of samples
     * @param rows rows inside the border
     * @param rowLength floats of a row, both ends included
     * @param firstRow where the first row inside the border starts within the sample
     * @param left floats to zero at the start of each row
     * @param right floats to zero at the end of each row
     * @param fromSample the first sample
     * @param toSample one past the last sample
     */
    public static void clearBorder(
            float[] a,
            int base,
            int size,
            int rows,
            int rowLength,
            int firstRow,
            int left,
            int right,
            int fromSample,
            int toSample) {
        for (int s = fromSample; s < toSample; s++) {
            clearPlane(a, base + s * size, size, rows, rowLength, firstRow, left, right);
        }
    }

    /**
     * Sets the border around samples of several planes to zero.
     *
     * @param a the array
     * @param base where sample 0 starts
     * @param size floats of each sample
     * @param planes number of planes
     * @param planeLength floats from one plane to the next
     * @param firstPlane where the first plane starts within a sample
     * @param rows number of rows of a plane
     * @param rowLength floats of each row
     * @param firstRow where the first row starts within a plane
     * @param left floats to zero at the start of each row
     * @param right floats to zero at the end of each row
     * @param fromSample the first sample
     * @param toSample one past the last sample
     */
    public static void clearBorder(
            float[] a,
            int base,
            int size,
            int planes,
            int planeLength,
            int firstPlane,
            int rows,
            int rowLength,
            int firstRow,
            int left,
            int right,
            int fromSample,
            int toSample) {
        for (int s = fromSample; s < toSample; s++) {
            int start = base + s * size;
            int plane = start + firstPlane;
            Arrays.fill(a, start, plane, 0f);
            for (int p = 0; p < planes; p++) {
                clearPlane(a, plane, planeLength, rows, rowLength, firstRow, left, right);
                plane += planeLength;
            }
            Arrays.fill(a, plane, start + size, 0f);
        }
    }

    private static void clearPlane(
            float[] a, int start, int size, int rows, int rowLength, int firstRow, int left, int right) {
        int row = start + firstRow;
        Arrays.fill(a, start, row, 0f);
        for (int r = 0; r < rows; r++) {
            Arrays.fill(a, row, row + left, 0f);
            Arrays.fill(a, row + rowLength - right, row + rowLength, 0f);
            row += rowLength;
        }
        Arrays.fill(a, row, start + size, 0f);
    }

    /**
     * Counts how many labels of each sample are of each class.
     *
     * @param counts receives a number for each class
     * @param base where sample 0 starts
     * @param labels classes, from 0
     * @param labelsBase where sample 0 starts
     * @param classes number of classes
     * @param most labels of each sample
     * @param ended whether a negative label ends those of a sample
     * @param fromSample the first sample
     * @param toSample one past the last sample
     */
    public static void countLabels(
            float[] counts,
            int base,
            int[] labels,
            int labelsBase,
            int classes,
            int most,
            boolean ended,
            int fromSample,
            int toSample) {
        for (int s = fromSample; s < toSample; s++) {
            int start = base + s * classes;
            Arrays.fill(counts, start, start + classes, 0f);
            for (int i = labelsBase + s * most; i < labelsBase + (s + 1) * most; i++) {
                if (ended && labels[i] < 0) {
                    break;
                }
                counts[start + labels[i]]++;
            }
        }
    }

    /**
     * Draws numbers uniformly from 0 to 1, that excluded, with 24 bits. An element depends on the key, the stream, its
     * sample and its place only, so neither on the batch's size nor on the number of threads; if shared, not on the sample
     * either.
     *
     * @param a receives the numbers
     * @param base where sample 0 starts
     * @param size floats of a sample
     * @param stream distinguishes the layers
     * @param shared whether all samples are given the same
     * @param key distinguishes the passes
     * @param offset samples of the batch before sample 0
     * @param fromSample the first sample
     * @param toSample one past the last sample
     */
    public static void draw(
            float[] a,
            int base,
            int size,
            int stream,
            boolean shared,
            long key,
            int offset,
            int fromSample,
            int toSample) {
        for (int s = fromSample; s < toSample; s++) {
            int seed = (int) (mix(mix(key + stream) + (shared ? -1 : offset + s)) >>> 32);
            int start = base + s * size;
            for (int i = 0; i < size; i++) {
                // MurmurHash3's finaliser of a Weyl sequence: 32-bit operations only, so that the loop vectorises.
                int h = seed + i * 0x9E3779B9;
                h = (h ^ (h >>> 16)) * 0x85EBCA6B;
                h = (h ^ (h >>> 13)) * 0xC2B2AE35;
                h ^= h >>> 16;
                a[start + i] = (h >>> (32 - RANDOM_BITS)) * RANDOM_UNIT;
            }
        }
    }

    /** The finaliser of SplitMix64. */
    static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /**
     * Adds up sixteen lanes in pairs: each half to the other, until one is left.
     *
     * @param a the array
     * @param from the first lane
     * @return their sum
     */
    public static float sumOfLanes(float[] a, int from) {
        float s0 = (a[from] + a[from + 8]) + (a[from + 4] + a[from + 12]);
        float s1 = (a[from + 1] + a[from + 9]) + (a[from + 5] + a[from + 13]);
        float s2 = (a[from + 2] + a[from + 10]) + (a[from + 6] + a[from + 14]);
        float s3 = (a[from + 3] + a[from + 11]) + (a[from + 7] + a[from + 15]);
        return (s0 + s2) + (s1 + s3);
    }

    /**
     * The largest of sixteen lanes; not a number if one is none.
     *
     * @param a the array
     * @param from the first lane
     * @return the largest
     */
    public static float largestOfLanes(float[] a, int from) {
        float largest = a[from];
        for (int i = 1; i < 16; i++) {
            largest = Math.max(largest, a[from + i]);
        }
        return largest;
    }

    /**
     * Sums samples' partial results in the order of the samples, in double.
     *
     * @param out receives the sums
     * @param outBase where they start
     * @param partial the samples' results, one after another
     * @param partialBase where they start
     * @param size floats of a result
     * @param samples number of samples, at least 1
     * @param divisor if above 0, the sums are divided by samples * divisor
     */
    public static void combine(
            float[] out, int outBase, float[] partial, int partialBase, int size, int samples, int divisor) {
        double count = divisor > 0 ? (double) samples * divisor : 1;
        int end = partialBase + samples * size;
        int i = 0;
        // four of a row at a time: a column by itself would visit each cache line 16 times
        for (; i + 4 <= size; i += 4) {
            double sum0 = 0;
            double sum1 = 0;
            double sum2 = 0;
            double sum3 = 0;
            for (int at = partialBase + i; at < end; at += size) {
                sum0 += partial[at];
                sum1 += partial[at + 1];
                sum2 += partial[at + 2];
                sum3 += partial[at + 3];
            }
            out[outBase + i] = (float) (sum0 / count);
            out[outBase + i + 1] = (float) (sum1 / count);
            out[outBase + i + 2] = (float) (sum2 / count);
            out[outBase + i + 3] = (float) (sum3 / count);
        }
        for (; i < size; i++) {
            double sum = 0;
            for (int at = partialBase + i; at < end; at += size) {
                sum += partial[at];
            }
            out[outBase + i] = (float) (sum / count);
        }
    }

    /**
     * Divides by the number of elements that were summed.
     *
     * @param out receives the means
     * @param outBase where they start
     * @param in the sums
     * @param inBase where they start
     * @param size number of sums
     * @param samples number of samples
     * @param perSample elements that each sample gave to a sum
     */
    public static void divide(float[] out, int outBase, float[] in, int inBase, int size, int samples, int perSample) {
        float count = (float) samples * perSample;
        for (int i = 0; i < size; i++) {
            out[outBase + i] = in[inBase + i] / count;
        }
    }
}
