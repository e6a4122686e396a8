package dev.netwright.benchmarks.harness;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The shape of a single layer on a square picture; a fully connected one has a size and a kernel of 1.
 *
 * @param channels of the input
 * @param size height and width of the input
 * @param outChannels of the output
 * @param kernel height and width of the kernel
 * @param stride of the kernel
 * @param padding on each side
 * @param groups of channels
 */
public record LayerShape(int channels, int size, int outChannels, int kernel, int stride, int padding, int groups) {
    /**
     * A convolution that keeps the size, or halves it.
     *
     * @param channels of the input
     * @param size height and width of the input
     * @param outChannels of the output
     * @param kernel height and width of the kernel
     * @param stride of the kernel
     * @return its shape
     */
    public static LayerShape convolution(int channels, int size, int outChannels, int kernel, int stride) {
        return new LayerShape(channels, size, outChannels, kernel, stride, kernel / 2, 1);
    }

    /**
     * A depthwise convolution of 3 x 3.
     *
     * @param channels of input and output
     * @param size height and width of the input
     * @param stride of the kernel
     * @return its shape
     */
    public static LayerShape depthwise(int channels, int size, int stride) {
        return new LayerShape(channels, size, channels, 3, stride, 1, channels);
    }

    /**
     * A fully connected layer.
     *
     * @param inFeatures of the input
     * @param outFeatures of the output
     * @return its shape
     */
    public static LayerShape linear(int inFeatures, int outFeatures) {
        return new LayerShape(inFeatures, 1, outFeatures, 1, 1, 0, 1);
    }

    /**
     * Height and width of the output.
     *
     * @return by PyTorch's formula
     */
    public int outSize() {
        return (size + 2 * padding - kernel) / stride + 1;
    }

    /**
     * Elements of one sample's input.
     *
     * @return their number
     */
    public int inElements() {
        return channels * size * size;
    }

    /**
     * Elements of one sample's output.
     *
     * @return their number
     */
    public int outElements() {
        return outChannels * outSize() * outSize();
    }

    /**
     * Floating-point operations of the forward pass of one sample; each backward pass has as many.
     *
     * @return two for each multiplication
     */
    public long flops() {
        return 2L * outElements() * (channels / groups) * kernel * kernel;
    }

    /** As it travels between the processes. */
    String text() {
        return IntStream.of(channels, size, outChannels, kernel, stride, padding, groups)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","));
    }

    /**
     * Reads a shape as it travels between the processes.
     *
     * @param text the numbers in the order of the components
     * @return the shape
     */
    public static LayerShape parse(String text) {
        int[] v = Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray();
        return new LayerShape(v[0], v[1], v[2], v[3], v[4], v[5], v[6]);
    }
}
