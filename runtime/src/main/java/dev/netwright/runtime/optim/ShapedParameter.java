package dev.netwright.runtime.optim;

import dev.netwright.runtime.ParameterSpec;

/** A parameter in PyTorch's order, for optimisers whose rule looks at rows and columns. */
final class ShapedParameter {
    private final ParameterSpec spec;
    private final int group;
    private final int[] positions;
    private final int rows;
    private final int columns;
    private final boolean vector;

    ShapedParameter(ParameterSpec spec, int group) {
        this.spec = spec;
        this.group = group;
        this.positions = spec.layout().positions();
        int[] shape = spec.shape();
        this.columns = shape.length < 1 ? 1 : shape[shape.length - 1];
        this.rows = shape.length < 2 ? 1 : shape[shape.length - 2];
        this.vector = shape.length < 2;
    }

    ParameterSpec spec() {
        return spec;
    }

    int group() {
        return group;
    }

    int elements() {
        return spec.layout().elements();
    }

    boolean isVector() {
        return vector;
    }

    /** The last dimension but one. */
    int rows() {
        return rows;
    }

    /** The last dimension. */
    int columns() {
        return columns;
    }

    /** The number of matrices. */
    int matrices() {
        return elements() / (rows * columns);
    }

    /** Of gradients, or of what is kept for each of them. */
    void readGradient(float[] gradients, float[] rowMajor) {
        spec.layout().unpack(gradients, spec.gradientOffset(), rowMajor, positions);
    }

    /** values = keep * values + scale * rowMajor. */
    void add(float[] rowMajor, float scale, float[] values, float keep) {
        spec.layout().add(rowMajor, scale, values, spec.offset(), keep, positions);
    }
}
