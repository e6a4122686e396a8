package dev.netwright.onnx.ort;

import dev.netwright.runtime.Model;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Predictions of any generated model, whose typed methods are called by name. */
final class Predictions {
    private Predictions() {}

    /** Outputs by name, in declared order. */
    static Map<String, float[]> of(Model model, Map<String, Object> inputs, int n) throws ReflectiveOperationException {
        List<Class<?>> types = new ArrayList<>();
        inputs.forEach((name, values) -> types.add(values.getClass()));
        types.add(int.class);
        List<Object> arguments = new ArrayList<>(inputs.values());
        arguments.add(n);
        Method predict = model.getClass().getMethod("predict", types.toArray(Class<?>[]::new));
        Object result = predict.invoke(model, arguments.toArray());
        Map<String, float[]> outputs = new LinkedHashMap<>();
        if (result instanceof float[] values) {
            outputs.put(model.definition().outputs().get(0).name(), values);
        } else {
            for (RecordComponent component : result.getClass().getRecordComponents()) {
                outputs.put(
                        component.getName(), (float[]) component.getAccessor().invoke(result));
            }
        }
        return outputs;
    }
}
