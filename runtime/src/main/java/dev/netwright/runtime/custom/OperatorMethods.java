package dev.netwright.runtime.custom;

import dev.netwright.runtime.check.Shapes;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** An operator's methods, called on arrays that show what a call touches beside its own part of them. */
final class OperatorMethods {
    /** Floats before and behind each operand. */
    private static final int AROUND = 7;

    /** What stands there: no operator makes it by chance. */
    private static final float GUARD = Float.intBitsToFloat(0x5EC0FFEE);

    private final Class<?> type;
    private final int[][] shapes;
    private final Method forward;
    private final Method backward;
    private final int[] output;

    OperatorMethods(Class<?> type, int[][] shapes) {
        this.type = type;
        this.shapes = shapes;
        this.forward = method("forward", shapes.length + 1);
        this.backward = method("backward", 2 * shapes.length + 2);
        this.output = outputShape();
    }

    int[] output() {
        return output.clone();
    }

    private Method method(String name, int arrays) {
        List<Class<?>> parameters = new ArrayList<>();
        for (int i = 0; i < arrays; i++) {
            parameters.add(float[].class);
            parameters.add(int.class);
        }
        parameters.addAll(Collections.nCopies(shapes.length, int[].class));
        return method(name, void.class, parameters)
                .orElseThrow(() -> new IllegalArgumentException(type.getName() + " has no public static void " + name
                        + " for " + shapes.length + (shapes.length == 1 ? " input" : " inputs")
                        + "; @Custom lists its parameters."));
    }

    private Optional<Method> method(String name, Class<?> returns, List<Class<?>> parameters) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals(name)
                        && method.getDeclaringClass() == type
                        && Modifier.isStatic(method.getModifiers())
                        && method.getReturnType() == returns
                        && List.of(method.getParameterTypes()).equals(parameters))
                .findFirst();
    }

    private int[] outputShape() {
        return method("outputShape", int[].class, Collections.nCopies(shapes.length, int[].class))
                .map(rule -> ((int[]) invoke(rule, copies())).clone())
                .orElse(shapes[0].clone());
    }

    private Object[] copies() {
        return Arrays.stream(shapes).map(int[]::clone).toArray();
    }

    /** @return y */
    float[] forward(float[][] inputs) {
        return call(forward, inputs, new int[][] {output})[0];
    }

    /** @return the gradient by each input */
    float[][] backward(float[][] inputs, float[] y, float[] gradient) {
        float[][] read = Arrays.copyOf(inputs, inputs.length + 2);
        read[inputs.length] = y;
        read[inputs.length + 1] = gradient;
        return call(backward, read, shapes);
    }

    private float[][] call(Method method, float[][] read, int[][] written) {
        List<Object> arguments = new ArrayList<>();
        float[][] arrays = new float[read.length + written.length][];
        for (int i = 0; i < arrays.length; i++) {
            float[] values = i < read.length ? read[i] : new float[Shapes.elements(written[i - read.length])];
            arrays[i] = guarded(values);
            arguments.add(arrays[i]);
            arguments.add(AROUND);
        }
        Object[] copies = copies();
        arguments.addAll(List.of(copies));
        invoke(method, arguments.toArray());
        for (int i = 0; i < copies.length; i++) {
            require(Arrays.equals((int[]) copies[i], shapes[i]), method, "changes a shape that it is given");
        }
        float[][] results = new float[written.length][];
        for (int i = 0; i < arrays.length; i++) {
            float[] values = Arrays.copyOfRange(arrays[i], AROUND, arrays[i].length - AROUND);
            boolean inside = Arrays.equals(guarded(values), arrays[i]);
            require(inside, method, "writes beside the " + values.length + " values of array " + i);
            if (i < read.length) {
                require(Arrays.equals(values, read[i]), method, "changes array " + i + ", which it reads");
            } else {
                results[i - read.length] = values;
            }
        }
        return results;
    }

    private static float[] guarded(float[] values) {
        float[] array = new float[values.length + 2 * AROUND];
        Arrays.fill(array, GUARD);
        System.arraycopy(values, 0, array, AROUND, values.length);
        return array;
    }

    private void require(boolean right, Method method, String what) {
        if (!right) {
            throw new AssertionError(type.getSimpleName() + "." + method.getName() + " " + what + ".");
        }
    }

    private Object invoke(Method method, Object[] arguments) {
        try {
            return method.invoke(null, arguments);
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(
                    type.getName() + " cannot be called: it must be public, and its package exported.", e);
        } catch (InvocationTargetException e) {
            throw new AssertionError(
                    type.getSimpleName() + "." + method.getName() + " throws " + e.getCause() + ".", e.getCause());
        }
    }
}
