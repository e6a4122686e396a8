package dev.netwright.processor.graph;

import dev.netwright.processor.graph.ParameterDeclaration.Initial;
import dev.netwright.processor.graph.ParameterDeclaration.Initial.Distribution;
import java.util.List;
import java.util.function.Function;

/**
 * The functions of torch.nn.init, by the names of the annotations' constants: which attributes and shapes they take, and
 * what they make of them.
 */
public enum InitMethod {
    UNIFORM(Needs.NOTHING, InitMethod::uniform, "low", "high"),
    NORMAL(Needs.NOTHING, InitMethod::normal, "mean", "std"),
    TRUNC_NORMAL(Needs.NOTHING, InitMethod::truncatedNormal, "mean", "std", "low", "high"),
    CONSTANT(Needs.NOTHING, a -> constant((float) Reals.finite(a, "constant")), "constant"),
    ONES(Needs.NOTHING, a -> constant(1)),
    ZEROS(Needs.NOTHING, a -> constant(0)),
    XAVIER_UNIFORM(Needs.FANS, a -> xavier(a, Distribution.UNIFORM), "gain"),
    XAVIER_NORMAL(Needs.FANS, a -> xavier(a, Distribution.NORMAL), "gain"),
    KAIMING_UNIFORM(Needs.FANS, a -> kaiming(a, Distribution.UNIFORM), "a", "mode", "nonlinearity"),
    KAIMING_NORMAL(Needs.FANS, a -> kaiming(a, Distribution.NORMAL), "a", "mode", "nonlinearity"),
    ORTHOGONAL(Needs.FANS, InitMethod::orthogonal, "gain"),
    EYE(Needs.MATRIX, a -> shape -> new Initial.Eye(shape.size(0), shape.size(1))),
    DIRAC(Needs.KERNELS, InitMethod::dirac, "groups");

    /** What a method asks of a parameter's shape. */
    private enum Needs {
        NOTHING(1, Integer.MAX_VALUE, "any shape"),
        FANS(2, Integer.MAX_VALUE, "the fans of a weight of at least two dimensions"),
        MATRIX(2, 2, "a weight of two dimensions"),
        KERNELS(3, 5, "the weight of a convolution");

        private final int least;
        private final int most;
        private final String text;

        Needs(int least, int most, String text) {
            this.least = least;
            this.most = most;
            this.text = text;
        }
    }

    private final Needs needs;
    private final Function<Attributes, Function<Shape, Initial>> rules;
    private final List<String> attributes;

    InitMethod(Needs needs, Function<Attributes, Function<Shape, Initial>> rules, String... attributes) {
        this.needs = needs;
        this.rules = rules;
        this.attributes = List.of(attributes);
    }

    /** The attributes it takes. */
    public List<String> attributes() {
        return attributes;
    }

    /** What it asks of a parameter. */
    public String needs() {
        return needs.text;
    }

    /** Whether a parameter of this shape is what it asks for. */
    public boolean takes(Shape shape) {
        return shape.rank() >= needs.least && shape.rank() <= needs.most;
    }

    /**
     * What the attributes say: a rule for any shape that it {@link #takes}, which may yet throw as this does.
     *
     * @throws LayerException if a value is wrong
     */
    public Function<Shape, Initial> rule(Attributes a) {
        return rules.apply(a);
    }

    private static Function<Shape, Initial> constant(float value) {
        return shape -> new Initial.Constant(value);
    }

    private static Function<Shape, Initial> uniform(Attributes a) {
        Initial initial = new Initial.Uniform((float) low(a, 0, 1), (float) high(a, 1));
        return shape -> initial;
    }

    private static Function<Shape, Initial> normal(Attributes a) {
        Initial initial = new Initial.Normal(number(a, "mean"), positive(a, "std"));
        return shape -> initial;
    }

    private static Function<Shape, Initial> truncatedNormal(Attributes a) {
        double mean = number(a, "mean");
        double std = positive(a, "std");
        double low = low(a, -2, 2);
        double high = high(a, 2);
        if (mean < low - 2 * std || mean > high + 2 * std) {
            throw LayerException.ofValue(
                    "mean",
                    "mean of %s is " + mean + ", more than two deviations of " + std + " outside " + low + " to " + high
                            + ", where the values would not be distributed so",
                    "Write low and high around the mean.");
        }
        Initial initial = new Initial.TruncatedNormal(mean, std, low, high);
        return shape -> initial;
    }

    /** The lower end, where it is below the upper one. */
    private static double low(Attributes a, double orElse, double highOrElse) {
        double low = a.isWritten("low") ? number(a, "low") : orElse;
        double high = high(a, highOrElse);
        if (!((float) low < (float) high)) {
            throw LayerException.ofValue(
                    a.isWritten("low") ? "low" : "high",
                    "low of %s is " + low + " and high is " + high + ", but low must be below high",
                    "Write the smaller number as low.");
        }
        return low;
    }

    private static double high(Attributes a, double orElse) {
        return a.isWritten("high") ? number(a, "high") : orElse;
    }

    private static Function<Shape, Initial> xavier(Attributes a, Distribution distribution) {
        double gain = positive(a, "gain");
        return shape -> new Initial.Xavier(distribution, fanIn(shape), fanOut(shape), gain);
    }

    private static Function<Shape, Initial> kaiming(Attributes a, Distribution distribution) {
        String nonlinearity = a.text("nonlinearity");
        double slope = number(a, "a");
        if (a.isWritten("a") && !nonlinearity.equals("LEAKY_RELU")) {
            throw LayerException.ofValue(
                    "a",
                    "a of %s is the slope of LEAKY_RELU, but nonlinearity is " + nonlinearity,
                    "Remove a, or the nonlinearity.");
        }
        boolean in = a.text("mode").equals("FAN_IN");
        return shape -> new Initial.Kaiming(distribution, in ? fanIn(shape) : fanOut(shape), nonlinearity, slope);
    }

    private static Function<Shape, Initial> orthogonal(Attributes a) {
        double gain = positive(a, "gain");
        return shape -> new Initial.Orthogonal(shape.size(0), fanIn(shape), gain);
    }

    private static Function<Shape, Initial> dirac(Attributes a) {
        int groups = a.integer("groups");
        if (groups < 1) {
            throw LayerException.ofValue(
                    "groups", "groups of %s is " + groups + ", but must be at least 1", "Write groups = 1, say.");
        }
        return shape -> {
            if (shape.size(0) % groups != 0) {
                throw new LayerException(
                        "groups",
                        groups + " groups of %s do not divide the " + shape.size(0) + " output channels of a weight",
                        "Write a number of groups that divides " + shape.size(0) + ".");
            }
            return new Initial.Dirac(groups, shape);
        };
    }

    private static double positive(Attributes a, String name) {
        Reals.positive(a, name);
        return number(a, name);
    }

    /** Not so large that what is drawn could be infinite. */
    private static double number(Attributes a, String name) {
        double value = Reals.finite(a, name);
        if (Math.abs(value) > 1e30) {
            throw LayerException.ofValue(
                    name,
                    name + " of %s is " + value + ", but can be at most 1e30 in size",
                    "Write " + name + " = " + (value < 0 ? "-0.1" : "0.1") + ", say.");
        }
        return value;
    }

    private static int fanIn(Shape shape) {
        return shape.elements() / shape.size(0);
    }

    private static int fanOut(Shape shape) {
        return shape.elements() / shape.size(1);
    }
}
