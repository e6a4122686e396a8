package dev.netwright.benchmarks.subject;

import dev.netwright.benchmarks.harness.LayerShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A layer of the sweep.
 *
 * @param title what the table calls it
 * @param declaration its annotation
 * @param batch number of samples in a step
 * @param in elements of one sample's input
 * @param out elements of one sample's output
 * @param weights number of weights; 0 for pools
 * @param flops operations of the forward pass of one sample
 * @param backwardFlops those of its gradients
 * @param backwardBytes that the gradients of all samples must move at least
 */
record DrawnLayer(
        String title,
        LayerSource.Declaration declaration,
        int batch,
        int in,
        int out,
        long weights,
        long flops,
        long backwardFlops,
        double backwardBytes) {
    private static final int CONVOLUTIONS = 14;
    private static final int DEPTHWISE = 4;
    private static final int LINEARS = 6;
    private static final int POOLS = 6;
    static final int BATCH = 8;
    static final long LEAST = 4_000_000;
    static final long MOST = 1_000_000_000;
    static final int LARGEST_PICTURE = 1_000_000;

    /** With two products going back where there are weights, each of which moves what that of the forward pass does. */
    DrawnLayer(
            String title, LayerSource.Declaration declaration, int batch, int in, int out, long weights, long flops) {
        this(
                title,
                declaration,
                batch,
                in,
                out,
                weights,
                flops,
                (weights > 0 ? 2 : 1) * flops,
                (weights > 0 ? 2 : 1) * bytes(batch, in, out, weights));
    }

    /** Thirty layers of two axes, the same for the same seed. */
    static List<DrawnLayer> draw(long seed) {
        Random random = new Random(seed);
        List<DrawnLayer> layers = new ArrayList<>();
        while (layers.size() < CONVOLUTIONS) {
            int[] kernels = {1, 3, 3, 3, 5, 7};
            LayerShape s = LayerShape.convolution(
                    spread(random, 3, 512),
                    spread(random, 6, 112),
                    spread(random, 8, 512),
                    kernels[random.nextInt(kernels.length)],
                    1 + random.nextInt(4) / 3);
            if (s.flops() >= LEAST && s.flops() <= MOST && s.inElements() <= LARGEST_PICTURE) {
                layers.add(of(s, BATCH));
            }
        }
        while (layers.size() < CONVOLUTIONS + DEPTHWISE) {
            LayerShape s = LayerShape.depthwise(spread(random, 16, 768), spread(random, 7, 112), 1 + random.nextInt(2));
            if (s.inElements() <= LARGEST_PICTURE) {
                layers.add(of(s, BATCH));
            }
        }
        int[] batches = {1, 8, 64};
        while (layers.size() < CONVOLUTIONS + DEPTHWISE + LINEARS) {
            LayerShape s = LayerShape.linear(spread(random, 32, 4096), spread(random, 10, 4096));
            layers.add(of(s, batches[layers.size() % batches.length]));
        }
        while (layers.size() < CONVOLUTIONS + DEPTHWISE + LINEARS + POOLS) {
            layers.add(pool(random));
        }
        return layers;
    }

    /** Spread over the orders of magnitude. */
    static int spread(Random random, int from, int to) {
        return (int) Math.round(from * Math.pow((double) to / from, random.nextDouble()));
    }

    private static DrawnLayer of(LayerShape s, int batch) {
        boolean linear = s.size() == 1;
        String kernel = s.kernel() + "x" + s.kernel() + (s.stride() > 1 ? " stride " + s.stride() : "");
        String title = linear
                ? "Linear " + s.channels() + " to " + s.outChannels()
                : (s.groups() > 1 ? "depthwise " : "conv ") + kernel + ", " + s.channels() + " to " + s.outChannels()
                        + ", " + s.size() + "x" + s.size();
        long weights = (long) s.outChannels() * (s.channels() / s.groups()) * s.kernel() * s.kernel();
        return new DrawnLayer(
                title + ", batch " + batch,
                LayerSource.of(s),
                batch,
                s.inElements(),
                s.outElements(),
                weights,
                s.flops());
    }

    private static DrawnLayer pool(Random random) {
        int channels = spread(random, 8, 512);
        int size = spread(random, 8, 112);
        int kernel = 2 + random.nextInt(2);
        boolean max = random.nextBoolean();
        int outSize = (size - kernel) / 2 + 1;
        int out = channels * outSize * outSize;
        return new DrawnLayer(
                (max ? "max" : "average") + " pool " + kernel + "x" + kernel + " stride 2, " + channels + ", " + size
                        + "x" + size + ", batch " + BATCH,
                new LayerSource.Declaration(
                        channels + ", " + size + ", " + size,
                        (max ? "MaxPool2d" : "AvgPool2d") + "(kernelSize = " + kernel + ", stride = 2)"),
                BATCH,
                channels * size * size,
                out,
                0,
                (long) out * kernel * kernel);
    }

    /** Bytes that a pass must move at least: its inputs and outputs, and the weights once. */
    double bytes() {
        return bytes(batch, in, out, weights);
    }

    private static double bytes(int batch, int in, int out, long weights) {
        return Float.BYTES * ((double) batch * (in + out) + weights);
    }
}
