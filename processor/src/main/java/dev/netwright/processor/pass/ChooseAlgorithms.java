package dev.netwright.processor.pass;

import dev.netwright.processor.graph.Decision.Topic;
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
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

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

    /** A form, or null for the sums as they are, and why. */
    private record Choice(WinogradForm form, String reason) {
        static Choice direct(String reason) {
            return new Choice(null, reason);
        }

        static Choice by(WinogradForm form, int tiles) {
            return new Choice(
                    form,
                    String.format(
                            Locale.ROOT,
                            "%d products of points do for the %d of the sums, %.2f times as few, in %d tiles of %d x %d;"
                                    + " errors stay below %.0e of the largest output.",
                            form.points(),
                            form.outputs() * form.outputs() * form.taps() * form.taps(),
                            form.saving(),
                            tiles,
                            form.size(),
                            form.size(),
                            form.error()));
        }

        String name() {
            return form == null ? "direct sums" : "Winograd " + form;
        }
    }

    static Graph run(Graph graph) {
        Rewriter rewriter = new Rewriter(graph);
        for (Node node : graph.nodes()) {
            if (node.operator() instanceof Convolving convolving) {
                Choice choice = graph.exact()
                        ? Choice.direct(
                                "The network asks for EXACT, so every convolution is computed as it is written.")
                        : choice(node, convolving);
                rewriter.decide(Topic.ALGORITHM, node, choice.name(), choice.reason());
                rewriter.replace(
                        node,
                        new Node(
                                node.name(),
                                convolving.with(choice.form()),
                                node.inputs(),
                                node.outputs(),
                                node.phase()));
            }
        }
        return rewriter.graph();
    }

    private static Choice choice(Node node, Convolving convolving) {
        Convolution c = convolving.convolution();
        Shape x = node.inputs().get(0).shape();
        if (!isSquare(c)) {
            return Choice.direct("There are forms for kernels of 3 x 3 and 5 x 5 alone, and this one is of "
                    + c.windows().stream()
                            .map(window -> String.valueOf(window.kernel()))
                            .collect(Collectors.joining(" x "))
                    + ".");
        } else if (convolving instanceof Convolve) {
            Shape out = Shape.of(node.inputs().get(1).shape().size(0))
                    .and(c.windows().stream().map(Window::places).toList());
            return choice(c, Window::before, x, out);
        } else if (convolving instanceof ConvolveInputGradient) {
            return choice(c, Window::beforeOfGradient, x, node.output().shape());
        }
        return ofWeightGradient(
                (ConvolveWeightGradient) convolving, x, node.inputs().get(1).shape());
    }

    private static Choice choice(Convolution c, ToIntFunction<Window> before, Shape in, Shape out) {
        int taps = c.rows().kernel();
        String obstacle = obstacle(c, before, in.size(0), out.size(0));
        if (obstacle != null) {
            return Choice.direct(obstacle);
        }
        WinogradForm form = new WinogradForm(taps == 5 && in.size(0) > MOST_CHANNELS_OF_EIGHT ? 2 : 4, taps);
        int tiles = tiles(out, form.outputs());
        return tiles < FEWEST_TILES ? Choice.direct(tooFew(tiles, form)) : Choice.by(form, tiles);
    }

    /** The tiles are of the gradient, as large as a form's weights; what they are summed to are the form's results. */
    private static Choice ofWeightGradient(ConvolveWeightGradient node, Shape x, Shape gradient) {
        Convolution c = node.convolution();
        WinogradForm form = new WinogradForm(c.rows().kernel(), 4);
        int tiles = tiles(gradient, form.taps());
        String obstacle = obstacle(c, Window::before, x.size(0), gradient.size(0));
        if (obstacle != null) {
            return Choice.direct(obstacle);
        }
        int channels = Math.min(x.size(0), gradient.size(0));
        if (channels < FEWEST_SUMMED) {
            return Choice.direct(
                    "With " + channels + " channels the transforms cost a weight gradient more than the products"
                            + " save; from " + FEWEST_SUMMED + " on they pay.");
        } else if (tiles < FEWEST_TILES) {
            return Choice.direct(tooFew(tiles, form));
        } else if (tiles > MOST_SUMMED) {
            return Choice.direct("The points of all " + tiles
                    + " tiles of a sample would have to be kept, and more than " + MOST_SUMMED + " leave the cache.");
        }
        return Choice.by(form, tiles);
    }

    private static String tooFew(int tiles, WinogradForm form) {
        return "There are " + tiles + " tiles of " + form + " in a sample, and fewer than " + FEWEST_TILES
                + " do not fill registers.";
    }

    private static int tiles(Shape image, int side) {
        return (image.size(1) + side - 1) / side * ((image.size(2) + side - 1) / side);
    }

    /** Whether kernels are squares of which there are forms. */
    private static boolean isSquare(Convolution c) {
        int taps = c.rows().kernel();
        return c.windows().size() == 2 && taps == c.columns().kernel() && (taps == 3 || taps == 5);
    }

    /** Why no form will do; null where one will. */
    private static String obstacle(Convolution c, ToIntFunction<Window> before, int inputs, int outputs) {
        if (!c.isDense()) {
            return "The channels are in " + c.groups() + " groups, and tiles of points want all channels in one sum.";
        } else if (!c.windows().stream().allMatch(Window::isDense)) {
            return "Its windows have a stride or gaps, and tiles of points are of neighbours.";
        } else if (c.windows().stream().mapToInt(before).anyMatch(zeros -> zeros < 0)) {
            return "It cuts rows or columns off its input, and tiles of points begin at the edge.";
        } else if (Math.min(inputs, outputs) < FEWEST_CHANNELS) {
            return "With " + Math.min(inputs, outputs)
                    + " channels on one side the transforms cost more than the products save; from " + FEWEST_CHANNELS
                    + " on they pay.";
        }
        return null;
    }
}
