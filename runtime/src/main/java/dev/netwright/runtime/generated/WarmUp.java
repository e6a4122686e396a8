package dev.netwright.runtime.generated;

import dev.netwright.runtime.ModelDefinition;

/** Predictions for the JVM's compilers to see. */
final class WarmUp {
    /** C2 compiles in the background, so a number of rounds alone would end before it has. */
    private static final long NANOS = 1_000_000_000;

    private static final int MOST_SAMPLES = 16;

    private WarmUp() {}

    /** One sample and a full part in turn: loops over samples compile differently for either. */
    static void run(ModelBase model) {
        ModelDefinition definition = model.definition();
        int n = model.inference().part(MOST_SAMPLES);
        Object[] inputs = new Object[definition.inputs().size()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = definition.inputs().get(i).newArray(n);
        }
        float[][] outputs = new float[definition.outputs().size()][];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = model.newOutput(i, n);
        }
        Program program = model.inference();
        long start = System.nanoTime();
        for (int round = 0; round < 2 || System.nanoTime() - start < NANOS; round++) {
            Feed.inputs(program, inputs);
            System.arraycopy(outputs, 0, program.outputs, 0, outputs.length);
            model.predictAlone(round % 2 == 0 ? n : 1);
        }
    }
}
