package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Shape;

/**
 * The groups of a convolution whose channels do not mix, and how each of its sums fills vectors with them; one group is
 * a dense convolution. A block of lanes within a group reads what all of its lanes have in common, as a dense one does:
 * whole groups of vectors are computed so. Of narrower groups, or those that vectors do not divide, a block spans several,
 * and each of its lanes reads its own group's input ({@link GroupKernel}). Measured forward on 512 bits, the former reach
 * 80-100 GF in groups of 16 (208 channels of 14 x 14) and 73-85 in groups of 32 (1024 of 7 x 7), the latter some 40 in
 * groups of 8, dense convolutions 104.
 *
 * @param count number of groups
 * @param inputs input channels of each
 * @param outputs output channels of each
 */
record Groups(int count, int inputs, int outputs) {
    static Groups of(Convolution convolution, Shape weight) {
        return new Groups(convolution.groups(), weight.size(1), weight.size(0) / convolution.groups());
    }

    /** Whether blocks of lanes lie within groups where these are so many channels of each. */
    private boolean hasBlocks(int channels) {
        return count == 1 || channels % Layout.LANES == 0;
    }

    /** Whether a sum whose lanes are the outputs has blocks within groups: forward, and by the weight. */
    boolean hasBlocksOfOutputs() {
        return hasBlocks(outputs);
    }

    /** Whether the sum by the input has. */
    boolean hasBlocksOfInputs() {
        return hasBlocks(inputs);
    }

    /** Passes over the outputs of all groups. */
    Passes outputPasses() {
        return passes(outputs);
    }

    /** Passes over the inputs of all groups. */
    Passes inputPasses() {
        return passes(inputs);
    }

    /** So many channels of each group: a pass lies within one. */
    private Passes passes(int channels) {
        if (count == 1) {
            return Passes.of(channels, Weights.CONVOLUTION);
        }
        int all = Layout.roundUp(Math.multiplyExact(count, channels));
        int width =
                hasBlocks(channels) ? Passes.even(channels, Weights.CONVOLUTION).width() : Layout.LANES;
        return new Passes(all / width, width, width);
    }

    /** Lanes of the inputs of all groups. */
    int inputLanes() {
        return Layout.roundUp(Math.multiplyExact(count, inputs));
    }

    /** The weight of one group. */
    Shape weight(Shape whole) {
        return whole.with(0, outputs).with(1, inputs);
    }

    /** Floats of a block of the weight transposed: its taps and outputs, for the lanes of 16 inputs. */
    int transposedBlock(Shape weight) {
        return Math.multiplyExact(weight.elements() / inputs, Layout.LANES);
    }

    int transposedSize(Shape weight) {
        return Math.multiplyExact(inputLanes() / Layout.LANES, transposedBlock(weight));
    }
}
