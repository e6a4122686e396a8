package dev.netwright.processor.generated;

import dev.netwright.runtime.Model;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.optim.Optimizer;

/**
 * Calls of a generated model that allocate nothing themselves, as those by reflection do. Public, as generated
 * classes implement it.
 */
public interface Use {
    Model model();

    float train(float[] input, int[] target, int n, Optimizer optimizer);

    void predict(float[] input, int n, float[] output);

    /** A class that uses the model of a network with one input and classes as targets. */
    static String source(String packageName, String model) {
        return """
                package %s;

                public final class %sUse implements %s {
                    private final %s model;

                    public %2$sUse(%s options) {
                        model = %4$s.create(1, options);
                    }

                    public %4$s model() {
                        return model;
                    }

                    public float train(float[] input, int[] target, int n, %s optimizer) {
                        return model.trainStep(input, target, n, optimizer);
                    }

                    public void predict(float[] input, int n, float[] output) {
                        model.predict(input, n, output);
                    }
                }
                """.formatted(
                packageName, model, Use.class.getName(), model, Options.class.getName(), Optimizer.class.getName());
    }
}
