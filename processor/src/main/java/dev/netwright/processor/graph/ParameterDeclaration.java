package dev.netwright.processor.graph;

/**
 * A parameter or buffer that a layer owns.
 *
 * @param name its last part in the state dict, such as {@code weight}
 * @param shape PyTorch's shape; empty for a counter
 * @param kind whether it is trained
 * @param initial how its first value is drawn: the layer's default
 * @param turn when it is drawn: 0 with what the network's first ancestor has, from 1 on with what each class adds to that
 * @param redraw how it is drawn anew after the defaults of all parameters of a turn, or null if it is not
 * @param redrawTurn that turn
 * @param reading how it is read
 * @param drawnAfter how many of the parameters behind it are drawn before it
 */
public record ParameterDeclaration(
        String name,
        Shape shape,
        Kind kind,
        Initial initial,
        int turn,
        Initial redraw,
        int redrawTurn,
        Reading reading,
        int drawnAfter) {
    public enum Kind {
        PARAMETER,
        BUFFER,
        /** A whole number kept with the model. */
        COUNTER
    }

    /** How a parameter is read, under the names of the runtime's constants. */
    public enum Reading {
        WHOLE,
        /** Row by row, as the samples say. */
        ROWS,
        /** So, and optimisers must know it. */
        SPARSE
    }

    /** A rule of {@code torch.nn.init}. */
    public sealed interface Initial {
        /** {@code kaiming_uniform_(a=sqrt(5))}: the default of weights. */
        record KaimingUniform(int fanIn) implements Initial {}

        /** Uniform within one over the root of {@code fanIn}: the default of biases. */
        record UniformFanIn(int fanIn) implements Initial {}

        record Constant(float value) implements Initial {}

        record Uniform(float low, float high) implements Initial {}

        record Normal(double mean, double std) implements Initial {}

        /** {@code normal_()}, and a row of zeros: the default of embeddings. */
        record NormalWithZeroRow(int rowLength, int padding) implements Initial {}

        record TruncatedNormal(double mean, double std, double low, double high) implements Initial {}

        record Xavier(Distribution distribution, int fanIn, int fanOut, double gain) implements Initial {}

        /** @param nonlinearity the name of the runtime's constant, which knows the gain */
        record Kaiming(Distribution distribution, int fan, String nonlinearity, double a) implements Initial {}

        record Orthogonal(int rows, int columns, double gain) implements Initial {}

        record Eye(int rows, int columns) implements Initial {}

        record Dirac(int groups, Shape shape) implements Initial {}

        /** What Xavier's and Kaiming's rules are scaled from. */
        enum Distribution {
            UNIFORM,
            NORMAL
        }
    }

    /** One that keeps the layer's default. */
    public ParameterDeclaration(String name, Shape shape, Kind kind, Initial initial) {
        this(name, shape, kind, initial, 0, null, 0, Reading.WHOLE, 0);
    }

    public ParameterDeclaration read(Reading by) {
        return new ParameterDeclaration(name, shape, kind, initial, turn, redraw, redrawTurn, by, drawnAfter);
    }

    public ParameterDeclaration added(int in) {
        return new ParameterDeclaration(name, shape, kind, initial, in, redraw, in, reading, drawnAfter);
    }

    public ParameterDeclaration redrawn(Initial by, int in) {
        return new ParameterDeclaration(name, shape, kind, initial, turn, by, in, reading, drawnAfter);
    }

    /** The same of a layer that another has under a key. */
    public ParameterDeclaration under(String key) {
        return new ParameterDeclaration(
                key + "." + name, shape, kind, initial, turn, redraw, redrawTurn, reading, drawnAfter);
    }

    /** The same, drawn after some of those behind it. */
    public ParameterDeclaration drawnAfter(int further) {
        return new ParameterDeclaration(name, shape, kind, initial, turn, redraw, redrawTurn, reading, further);
    }

    public static ParameterDeclaration weight(Shape shape, int fanIn) {
        return new ParameterDeclaration("weight", shape, Kind.PARAMETER, new Initial.KaimingUniform(fanIn));
    }

    public static ParameterDeclaration bias(int size, int fanIn) {
        return new ParameterDeclaration("bias", Shape.of(size), Kind.PARAMETER, new Initial.UniformFanIn(fanIn));
    }

    public static ParameterDeclaration constant(String name, Kind kind, int size, float value) {
        return constant(name, kind, Shape.of(size), value);
    }

    public static ParameterDeclaration constant(String name, Kind kind, Shape shape, float value) {
        return new ParameterDeclaration(name, shape, kind, new Initial.Constant(value));
    }

    public static ParameterDeclaration counter(String name) {
        return new ParameterDeclaration(name, Shape.of(), Kind.COUNTER, new Initial.Constant(0));
    }
}
