package dev.netwright.processor.graph;

/**
 * A parameter or buffer that a layer owns.
 *
 * @param name its last part in the state dict, such as {@code weight}
 * @param shape PyTorch's shape; empty for a counter
 * @param kind whether it is trained
 * @param initial how its first value is drawn
 */
public record ParameterDeclaration(String name, Shape shape, Kind kind, Initial initial) {
    public enum Kind {
        PARAMETER,
        BUFFER,
        /** A whole number kept with the model. */
        COUNTER
    }

    /** A rule of {@code torch.nn.init}. */
    public sealed interface Initial {
        /** {@code kaiming_uniform_(a=sqrt(5))}: the default of weights. */
        record KaimingUniform(int fanIn) implements Initial {}

        /** Uniform within one over the root of {@code fanIn}: the default of biases. */
        record UniformFanIn(int fanIn) implements Initial {}

        record Constant(float value) implements Initial {}
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
