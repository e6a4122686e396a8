package dev.netwright.processor.machines;

import dev.netwright.runtime.Model;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.optim.SGD;

/** Predictions and training steps of a network until C2 has come to the method that asks for them. */
final class ManyPredictions {
    private static final int SAMPLES = 8;
    private static final int MANY = 40_000;

    private ManyPredictions() {}

    /** In the other JVM: the network's name. */
    public static void main(String[] network) throws ReflectiveOperationException {
        Model model = (Model) Class.forName(network[0] + "Model")
                .getMethod("create", long.class, Options.class)
                .invoke(null, 3L, Options.defaults().threads(1).predictionThreads(1));
        Object[] input = {model.definition().inputs().get(0).newArray(SAMPLES)};
        float[][] output = {(float[]) model.definition().outputs().get(0).newArray(SAMPLES)};
        Object[] target = {output[0].clone()};
        SGD optimizer = SGD.of(1e-6f);
        for (int i = 0; i < MANY; i++) {
            predict(model, input, output);
        }
        for (int i = 0; i < MANY; i++) {
            step(model, input, target, optimizer);
        }
        System.out.println("kernels " + model.kernels());
    }

    private static void predict(Model model, Object[] input, float[][] output) {
        model.predict(input, SAMPLES, output);
    }

    private static void step(Model model, Object[] input, Object[] target, SGD optimizer) {
        model.trainStep(input, target, SAMPLES, optimizer);
    }
}
