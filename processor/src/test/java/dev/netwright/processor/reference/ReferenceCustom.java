package dev.netwright.processor.reference;

import dev.netwright.processor.graph.OperatorClass;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.layer.Custom;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The operators of the tests' own, in double precision. */
public final class ReferenceCustom {
    private ReferenceCustom() {}

    /** A class of the tests as the compiler reads it. */
    public static OperatorClass operator(Class<?> type) {
        List<String> methods = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> List.of("forward", "backward", "outputShape").contains(method.getName()))
                .map(ReferenceCustom::text)
                .sorted()
                .toList();
        return new OperatorClass(type.getPackageName(), List.of(type.getSimpleName()), "", methods);
    }

    private static String text(Method method) {
        String parameters = Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", "));
        return "public static " + method.getReturnType().getSimpleName() + " " + method.getName() + "(" + parameters
                + ")";
    }

    static double[] forward(Custom layer, Call call) {
        return forward(layer.operator(), layer.inputs(), call.inputs(), call.samples());
    }

    /** Of all samples. */
    public static double[] forward(OperatorClass operator, List<Shape> shapes, List<double[]> inputs, int samples) {
        double[] a = inputs.get(0);
        if (operator.simpleName().equals("SphereNorm")) {
            double[] y = a.clone();
            int size = shapes.get(0).elements();
            for (int i = 0; i < y.length; i++) {
                y[i] /= radius(a, i / size * size, size);
            }
            return y;
        }
        double[] b = inputs.get(1);
        int rows = shapes.get(0).elements() + 1;
        int columns = shapes.get(1).elements();
        double[] y = new double[samples * rows * columns];
        for (int i = 0; i < y.length; i++) {
            int sample = i / columns / rows;
            int row = i / columns % rows;
            y[i] = row == 0 ? 0 : a[sample * (rows - 1) + row - 1] * b[sample * columns + i % columns];
        }
        return y;
    }

    static List<double[]> gradients(Custom layer, Call call, double[] gradient) {
        return gradients(layer.operator(), layer.inputs(), call.inputs(), gradient);
    }

    /** Of all samples, by each input. */
    public static List<double[]> gradients(
            OperatorClass operator, List<Shape> shapes, List<double[]> inputs, double[] gradient) {
        double[] a = inputs.get(0);
        double[] byA = new double[a.length];
        if (operator.simpleName().equals("SphereNorm")) {
            int size = shapes.get(0).elements();
            for (int i = 0; i < a.length; i++) {
                int first = i / size * size;
                double radius = radius(a, first, size);
                double along = 0;
                for (int k = first; k < first + size; k++) {
                    along += gradient[k] * a[k];
                }
                byA[i] = gradient[i] / radius - a[i] * along / size / Math.pow(radius, 3);
            }
            return List.of(byA);
        }
        double[] b = inputs.get(1);
        double[] byB = new double[b.length];
        int rows = shapes.get(0).elements() + 1;
        int columns = shapes.get(1).elements();
        for (int i = 0; i < gradient.length; i++) {
            int sample = i / columns / rows;
            int row = i / columns % rows;
            int column = sample * columns + i % columns;
            if (row > 0) {
                byA[sample * (rows - 1) + row - 1] += gradient[i] * b[column];
                byB[column] += gradient[i] * a[sample * (rows - 1) + row - 1];
            }
        }
        return List.of(byA, byB);
    }

    private static double radius(double[] x, int first, int size) {
        double squares = 0;
        for (int i = first; i < first + size; i++) {
            squares += x[i] * x[i];
        }
        return Math.sqrt(1 + squares / size);
    }
}
