package dev.netwright.processor.pass;

import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Primitive.Convolve;
import dev.netwright.processor.graph.Primitive.ConvolveInputGradient;
import dev.netwright.processor.graph.Primitive.ConvolveWeightGradient;
import dev.netwright.processor.graph.Primitive.Convolving;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Window;
import dev.netwright.processor.graph.WinogradForm;
import java.util.function.ToIntFunction;

/**
 * Decides which convolutions are computed by Winograd's algorithm, and by which form of it: from their shapes and the
 * precision alone, once, so that whatever compares costs or lays out memory afterwards speaks of what is computed.
 */
final class ChooseAlgorithms {
    /** Channels, in or out: with 16, six convolutions of 32 x 32 took 0.18 ms instead of 0.22. */
    private static final int FEWEST_CHANNELS = 16;

    /** F(4x4,5x5) has eight points in each direction; its error grows to 1e-5 of the largest output with 512 channels. */
    private static final int MOST_CHANNELS_OF_EIGHT = 128;

    /** Tiles below which the products are too small to fill registers. */
    private static final int FEWEST_TILES = 4;

    /**
     * Channels, in and out, from which products of points gain more than their transforms cost in a weight gradient. With
     * 32, the CIFAR CNN's step gained 5 %, and its activations of a sample took twice the memory.
     */
    private static final int FEWEST_SUMMED = 64;

    /** Tiles of a sample's gradient, whose points are all kept. */
    private static final int MOST_SUMMED = 256;

    private ChooseAlgorithms() {}

    static Graph run(Graph graph) {
        if (graph.exact()) {
            return graph;
        }
        Rewriter rewriter = new Rewriter(graph);
        for (Node node : graph.nodes()) {
            if (node.operator() instanceof Convolving convolving) {
                WinogradForm form = form(node, convolving);
                rewriter.replace(
                        node,
                        new Node(node.name(), convolving.with(form), node.inputs(), node.outputs(), node.phase()));
            }
        }
        return rewriter.graph();
    }

    private static WinogradForm form(Node node, Convolving convolving) {
        Convolution c = convolving.convolution();
        Shape x = node.inputs().get(0).shape();
        if (!isSquare(c)) {
            return null;
        } else if (convolving instanceof Convolve) {
            Shape out = Shape.of(node.inputs().get(1).shape().size(0))
                    .and(c.windows().stream().map(Window::places).toList());
            return form(c, Window::before, x, out);
        } else if (convolving instanceof ConvolveInputGradient) {
            return form(c, Window::beforeOfGradient, x, node.output().shape());
        }
        return ofWeightGradient(
                (ConvolveWeightGradient) convolving, x, node.inputs().get(1).shape());
    }

    private static WinogradForm form(Convolution c, ToIntFunction<Window> before, Shape in, Shape out) {
        int taps = c.rows().kernel();
        if (!isEligible(c, before, in.size(0), out.size(0))) {
            return null;
        }
        WinogradForm form = new WinogradForm(taps == 5 && in.size(0) > MOST_CHANNELS_OF_EIGHT ? 2 : 4, taps);
        return tiles(out, form.outputs()) < FEWEST_TILES ? null : form;
    }

    /** The tiles are of the gradient, as large as a form's weights; what they are summed to are the form's results. */
    private static WinogradForm ofWeightGradient(ConvolveWeightGradient node, Shape x, Shape gradient) {
        Convolution c = node.convolution();
        WinogradForm form = new WinogradForm(c.rows().kernel(), 4);
        int tiles = tiles(gradient, form.taps());
        boolean pays = isEligible(c, Window::before, x.size(0), gradient.size(0))
                && Math.min(x.size(0), gradient.size(0)) >= FEWEST_SUMMED
                && tiles >= FEWEST_TILES
                && tiles <= MOST_SUMMED;
        return pays ? form : null;
    }

    private static int tiles(Shape image, int side) {
        return (image.size(1) + side - 1) / side * ((image.size(2) + side - 1) / side);
    }

    /** Whether kernels are squares of which there are forms. */
    private static boolean isSquare(Convolution c) {
        int taps = c.rows().kernel();
        return c.windows().size() == 2 && taps == c.columns().kernel() && (taps == 3 || taps == 5);
    }

    private static boolean isEligible(Convolution c, ToIntFunction<Window> before, int inputs, int outputs) {
        return c.isDense()
                && c.windows().stream().allMatch(Window::isDense)
                && c.windows().stream().mapToInt(before).allMatch(zeros -> zeros >= 0)
                && Math.min(inputs, outputs) >= FEWEST_CHANNELS;
    }
}
