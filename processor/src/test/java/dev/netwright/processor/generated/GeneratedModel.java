package dev.netwright.processor.generated;

import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.graph.Value;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.generated.LayerView;
import dev.netwright.runtime.generated.ModelBase;
import dev.netwright.runtime.generated.Program;
import dev.netwright.runtime.optim.Optimizer;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A generated model, whose typed methods are called by name. Inputs, targets and outputs are in declared order; targets
 * of class indices are {@code int[]}, all else
 * is {@code float[]}.
 *
 * @param network what it was generated from
 * @param model for what needs no types
 */
public record GeneratedModel(Network network, Model model) {
    /** Outputs by name. */
    public Map<String, float[]> predict(List<?> inputs, int n) {
        return outputs(call("predict", arguments(inputs, n)));
    }

    /** Outputs by name, of a network without a loss; a backward may follow. */
    public Map<String, float[]> forward(List<?> inputs, int n) {
        return outputs(call("forward", arguments(inputs, n)));
    }

    /** From gradients of the outputs, in order. */
    public void backward(List<float[]> gradients, int n) {
        call("backward", arguments(gradients, n));
    }

    /** From gradients of the losses that stay apart, in order. */
    public void backward(List<float[]> gradients) {
        call("backward", gradients);
    }

    public float loss(List<?> inputs, List<?> targets, int n) {
        return (float) call("loss", arguments(both(inputs, targets), n));
    }

    /** Each loss for itself, one behind the other. */
    public float[] losses(List<?> inputs, List<?> targets, int n) {
        return joined(call("losses", arguments(both(inputs, targets), n)));
    }

    public float evaluate(List<?> inputs, List<?> targets, int n) {
        return (float) call("evaluate", arguments(both(inputs, targets), n));
    }

    public float[] evaluateLosses(List<?> inputs, List<?> targets, int n) {
        return joined(call("evaluateLosses", arguments(both(inputs, targets), n)));
    }

    private static float[] joined(Object losses) {
        if (losses instanceof float[] only) {
            return only;
        }
        float[] joined = new float[0];
        for (float[] each : (float[][]) losses) {
            int end = joined.length;
            joined = Arrays.copyOf(joined, end + each.length);
            System.arraycopy(each, 0, joined, end, each.length);
        }
        return joined;
    }

    public float trainStep(List<?> inputs, List<?> targets, int n, Optimizer optimizer) {
        List<Object> arguments = arguments(both(inputs, targets), n);
        arguments.add(optimizer);
        return (float) call("trainStep", arguments);
    }

    /** Gradients by the inputs of the last backward, by name; none where an input is not of floats. */
    public Map<String, Tensor> inputGradients() {
        if (network.inputs().stream().anyMatch(input -> input.type() != ElementType.FLOAT32)) {
            return Map.of();
        }
        boolean one = network.inputs().size() == 1;
        Map<String, Tensor> gradients = new LinkedHashMap<>();
        for (Value input : network.inputs()) {
            Object gradient = call(one ? "inputGradient" : input.name() + "Gradient", List.of());
            gradients.put(input.name(), (Tensor) gradient);
        }
        return gradients;
    }

    /** The activation of a layer that is kept. */
    public Tensor output(String layer) {
        return layer(layer).output();
    }

    /** The field of a layer; of one in a block or row by its path. */
    public LayerView layer(String layer) {
        try {
            Object found = model;
            for (String part : layer.split("\\.")) {
                found = found instanceof List<?> row
                        ? row.get(Integer.parseInt(part))
                        : found.getClass().getField(part).get(found);
            }
            return (LayerView) found;
        } catch (ReflectiveOperationException e) {
            throw unwrapped(e);
        }
    }

    /** What the draws of the last training pass depend on, besides layer, sample and element. */
    public long drawKey() {
        try {
            Field training = ModelBase.class.getDeclaredField("training");
            training.setAccessible(true);
            Field program = training.getType().getDeclaredField("program");
            program.setAccessible(true);
            Field key = Program.class.getDeclaredField("drawKey");
            key.setAccessible(true);
            return key.getLong(program.get(training.get(model)));
        } catch (ReflectiveOperationException e) {
            throw unwrapped(e);
        }
    }

    /** Whether any loss leaves its elements apart. */
    public boolean hasLossesApart() {
        return network.losses().stream().anyMatch(term -> term.loss().isApart());
    }

    private Map<String, float[]> outputs(Object result) {
        Map<String, float[]> outputs = new LinkedHashMap<>();
        for (Value output : network.outputs()) {
            outputs.put(
                    output.name(),
                    result instanceof float[] only
                            ? only
                            : component(result, output.name().replace('.', '_')));
        }
        return outputs;
    }

    private static float[] component(Object result, String name) {
        try {
            Method accessor = result.getClass().getMethod(name);
            return (float[]) accessor.invoke(result);
        } catch (ReflectiveOperationException e) {
            throw unwrapped(e);
        }
    }

    private static List<Object> arguments(List<?> arrays, int n) {
        List<Object> arguments = new ArrayList<>(arrays);
        arguments.add(n);
        return arguments;
    }

    private static List<Object> both(List<?> inputs, List<?> targets) {
        List<Object> all = new ArrayList<>(inputs);
        all.addAll(targets);
        return all;
    }

    private Object call(String name, List<?> arguments) {
        for (Method method : model.getClass().getMethods()) {
            if (method.getName().equals(name) && fits(method, arguments)) {
                try {
                    return method.invoke(model, arguments.toArray());
                } catch (ReflectiveOperationException e) {
                    throw unwrapped(e);
                }
            }
        }
        throw new IllegalArgumentException(
                model.getClass() + " has no method " + name + " for " + arguments.size() + " arguments like these");
    }

    private static boolean fits(Method method, List<?> arguments) {
        Class<?>[] types = method.getParameterTypes();
        boolean fits = types.length == arguments.size();
        for (int i = 0; fits && i < types.length; i++) {
            Class<?> type = types[i].isPrimitive() ? boxed(types[i]) : types[i];
            fits = type.isInstance(arguments.get(i));
        }
        return fits;
    }

    private static Class<?> boxed(Class<?> primitive) {
        return Array.get(Array.newInstance(primitive, 1), 0).getClass();
    }

    /** What the called method threw, so that tests see its own exceptions. */
    static RuntimeException unwrapped(ReflectiveOperationException exception) {
        Throwable cause = exception instanceof InvocationTargetException ? exception.getCause() : exception;
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
    }
}
