package dev.netwright.benchmarks.subject;

import dev.netwright.runtime.Model;
import dev.netwright.runtime.Options;

/** A generated network of a single layer behind one face. */
public interface OneLayer {
    /** Found by {@link java.util.ServiceLoader} in the folder of the compiled layer. */
    interface Factory {
        /**
         * The layer without the gradient of its input.
         *
         * @param options threads
         * @return a new network
         */
        OneLayer create(Options options);

        /**
         * The layer with the gradient of its input.
         *
         * @param options threads
         * @return a new network
         */
        OneLayer withInputGradient(Options options);
    }

    /**
     * The network.
     *
     * @return the generated model
     */
    Model model();

    /**
     * Inference.
     *
     * @param x inputs
     * @param n number of samples
     * @param y receives the outputs
     */
    void predict(float[] x, int n, float[] y);

    /**
     * Forward pass in training mode.
     *
     * @param x inputs
     * @param n number of samples
     * @return the outputs
     */
    float[] forward(float[] x, int n);

    /**
     * Backward pass.
     *
     * @param g gradient by the outputs
     * @param n number of samples
     */
    void backward(float[] g, int n);

    /**
     * The gradient by the input.
     *
     * @return its elements; fails without
     */
    float[] inputGradient();
}
