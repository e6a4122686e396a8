package dev.netwright.runtime.custom;

import dev.netwright.runtime.check.Shapes;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;

/**
 * Compares the {@code backward} of an operator of one's own with differences of its {@code forward}, as
 * {@code torch.autograd.gradcheck} does; in a test:
 *
 * <pre>{@code
 * GradientCheck.of(Squash.class, new int[] {3, 8}).run();
 * }</pre>
 *
 * <p>Of a weighted sum of the outputs, with weights drawn at random, the derivative by each input is
 * {@code (8 (s(x + h) - s(x - h)) - (s(x + 2h) - s(x - 2h))) / 12h}, whose error falls with {@code h^4}. Where two steps
 * disagree the function is taken not to be smooth, and that element is not compared. It also checks that both methods make
 * the same of the same, change nothing but what they write, and stay within it.
 */
public final class GradientCheck {
    /** A power of two, so that x + h is exact for most x; rounding of floats then costs about 1e-6 of the outputs' sum. */
    private static final float STEP = 1f / 16;

    /** Of the largest derivative; float outputs leave no more. */
    private static final double TOLERANCE = 2e-3;

    private final Class<?> operator;
    private final int[][] shapes;
    private final float[][] values;
    private double range = 1.5;
    private long seed = 1;

    /**
     * What was compared.
     *
     * @param compared elements of inputs whose derivatives were compared
     * @param notSmooth elements that were not, as the function is not smooth around them
     * @param largestError the largest difference, divided by the largest derivative
     */
    public record Report(int compared, int notSmooth, double largestError) {}

    private GradientCheck(Class<?> operator, int[][] shapes) {
        this.operator = operator;
        this.shapes = shapes;
        this.values = new float[shapes.length][];
    }

    /**
     * Of an operator on inputs of some shapes.
     *
     * @param operator the class with the methods that {@code @Custom} lists
     * @param shapes one sample's shape of each input
     * @return a check on inputs that are drawn from -1.5 to 1.5
     * @throws IllegalArgumentException if there is no input, or a shape has no elements
     */
    public static GradientCheck of(Class<?> operator, int[]... shapes) {
        Objects.requireNonNull(operator, "operator");
        if (shapes.length == 0) {
            throw new IllegalArgumentException("An operator has at least one input; name its shape.");
        }
        for (int[] shape : shapes) {
            if (Shapes.elements(shape) == 0) {
                throw new IllegalArgumentException("The shape " + Shapes.text(shape) + " has no elements.");
            }
        }
        return new GradientCheck(
                operator, Arrays.stream(shapes).map(int[]::clone).toArray(int[][]::new));
    }

    /**
     * Draws inputs from another range.
     *
     * @param most inputs lie between this and its negative
     * @return this
     * @throws IllegalArgumentException if it is not a positive number
     */
    public GradientCheck range(double most) {
        if (!(most > 0 && most <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException("The range is " + most + ", but must be a positive number.");
        }
        range = most;
        return this;
    }

    /**
     * Draws other inputs.
     *
     * @param other any number
     * @return this
     */
    public GradientCheck seed(long other) {
        seed = other;
        return this;
    }

    /**
     * Gives an input's values instead of drawing them.
     *
     * @param input which, from 0
     * @param sample its values in row-major order
     * @return this
     * @throws IllegalArgumentException if they are not as many as the shape has elements
     */
    public GradientCheck values(int input, float... sample) {
        int elements = Shapes.elements(shapes[input]);
        if (sample.length != elements) {
            throw new IllegalArgumentException("Input " + input + " has " + elements + " values, not " + sample.length
                    + ": its shape is " + Shapes.text(shapes[input]) + ".");
        }
        values[input] = sample.clone();
        return this;
    }

    /**
     * Compares.
     *
     * @return what was compared
     * @throws AssertionError if a derivative differs, saying which most; if a method writes beside its part, changes what
     *     it reads or makes different things of the same; or if more than half of the elements cannot be compared
     * @throws IllegalArgumentException if the class has not the methods for so many inputs
     */
    public Report run() {
        OperatorMethods methods = new OperatorMethods(operator, shapes);
        Random random = new Random(seed);
        float[][] inputs = new float[shapes.length][];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = values[i] != null ? values[i] : drawn(random, Shapes.elements(shapes[i]), range);
        }
        float[] y = methods.forward(inputs);
        require(Arrays.equals(y, methods.forward(inputs)), "forward makes different outputs of the same inputs");
        float[] weights = drawn(random, y.length, 1);
        float[][] gradients = methods.backward(inputs, y, weights);
        float[][] again = methods.backward(inputs, y, weights);
        for (int i = 0; i < gradients.length; i++) {
            require(Arrays.equals(gradients[i], again[i]), "backward makes different gradients of the same");
        }
        return compare(methods, inputs, y, weights, gradients);
    }

    private Report compare(OperatorMethods methods, float[][] inputs, float[] y, float[] weights, float[][] gradients) {
        double[][] wanted = new double[inputs.length][];
        double[][] doubts = new double[inputs.length][];
        double largest = 0;
        double total = sum(absolute(y), absolute(weights));
        for (int i = 0; i < inputs.length; i++) {
            wanted[i] = new double[inputs[i].length];
            doubts[i] = new double[inputs[i].length];
            for (int k = 0; k < inputs[i].length; k++) {
                wanted[i][k] = difference(methods, inputs, weights, i, k, STEP);
                doubts[i][k] = Math.abs(wanted[i][k] - difference(methods, inputs, weights, i, k, STEP / 2));
                largest = Math.max(largest, Math.max(Math.abs(wanted[i][k]), Math.abs(gradients[i][k])));
            }
        }
        double rounding = Math.ulp(1f) * total / STEP;
        double allowed = TOLERANCE * largest + 4 * rounding;
        int notSmooth = 0;
        int compared = 0;
        double worst = 0;
        String message = "";
        for (int i = 0; i < inputs.length; i++) {
            for (int k = 0; k < inputs[i].length; k++) {
                double error = Math.abs(wanted[i][k] - gradients[i][k]);
                if (doubts[i][k] > allowed / 2) {
                    notSmooth++;
                    continue;
                }
                compared++;
                if (!(error <= worst)) {
                    worst = error;
                    message = String.format(
                            Locale.ROOT,
                            "backward has the gradient %s by input %d at %s, but differences of forward say %s (the"
                                    + " input is %s there)",
                            gradients[i][k],
                            i,
                            Arrays.toString(index(shapes[i], k)),
                            (float) wanted[i][k],
                            inputs[i][k]);
                }
            }
        }
        require(worst <= allowed, message);
        require(
                notSmooth <= compared,
                notSmooth + " of " + (notSmooth + compared)
                        + " derivatives cannot be told from differences, as forward is not smooth there. Use other"
                        + " values or another range");
        return new Report(compared, notSmooth, largest == 0 ? 0 : worst / largest);
    }

    private static double difference(
            OperatorMethods methods, float[][] inputs, float[] weights, int input, int element, float step) {
        double near = moved(methods, inputs, weights, input, element, step)
                - moved(methods, inputs, weights, input, element, -step);
        double far = moved(methods, inputs, weights, input, element, 2 * step)
                - moved(methods, inputs, weights, input, element, -2 * step);
        return (8 * near - far) / (12 * step);
    }

    private static double moved(
            OperatorMethods methods, float[][] inputs, float[] weights, int input, int element, float by) {
        float[][] others = inputs.clone();
        others[input] = inputs[input].clone();
        others[input][element] += by;
        return sum(methods.forward(others), weights);
    }

    private static double sum(float[] y, float[] weights) {
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            sum += (double) y[i] * weights[i];
        }
        return sum;
    }

    private static float[] absolute(float[] x) {
        float[] y = new float[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.abs(x[i]);
        }
        return y;
    }

    private static float[] drawn(Random random, int count, double range) {
        float[] drawn = new float[count];
        for (int i = 0; i < count; i++) {
            drawn[i] = (float) (range * (2 * random.nextDouble() - 1));
        }
        return drawn;
    }

    private static int[] index(int[] shape, int element) {
        int[] index = new int[shape.length];
        int rest = element;
        for (int d = shape.length - 1; d >= 0; d--) {
            index[d] = rest % shape[d];
            rest /= shape[d];
        }
        return index;
    }

    private void require(boolean right, String what) {
        if (!right) {
            throw new AssertionError(operator.getSimpleName() + ": " + what + ".");
        }
    }
}
