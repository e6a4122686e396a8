package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Network;
import java.util.List;
import java.util.Map;

/**
 * Runs a network.
 *
 * @param network as declared
 * @param training whether batch statistics and dropout are used
 */
public record ReferenceInterpreter(Network network, boolean training) {
    /**
     * What the network is applied to, every array in PyTorch's layout.
     *
     * @param samples number of samples
     * @param inputs by input name
     * @param targets of each loss, in order; class indices as whole numbers
     * @param state parameters and buffers by key
     * @param masks what each layer that draws drew, by its name, as {@link ReferenceDraws#ofLastPass} tells it
     */
    public record Feed(
            int samples,
            Map<String, double[]> inputs,
            List<double[]> targets,
            Map<String, double[]> state,
            Map<String, double[]> masks) {}

    /**
     * What came of it.
     *
     * @param values of inputs and layers, by name
     * @param losses in order: a number each, or the losses themselves where the reduction is NONE
     * @param buffers those that changed, by key
     */
    public record Result(Map<String, double[]> values, List<double[]> losses, Map<String, double[]> buffers) {}

    public Result run(Feed feed) {
        return new ReferencePass(network, training, feed, Arithmetic.exact()).result();
    }

    /** The number that is trained: the sum of the losses, each times its scale. */
    public double loss(Feed feed) {
        List<double[]> losses = run(feed).losses();
        double sum = 0;
        for (int i = 0; i < losses.size(); i++) {
            sum += network.losses().get(i).scale() * losses.get(i)[0];
        }
        return sum;
    }
}
