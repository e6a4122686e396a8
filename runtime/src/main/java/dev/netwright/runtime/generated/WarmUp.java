package dev.netwright.runtime.generated;

import dev.netwright.runtime.ModelDefinition;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Predictions for the JVM's compilers to see, once for every class of models: first with shortened loops, as many short
 * calls bring kernels to C2 sooner than few long ones. The perceptron 784-128-10 is compiled after 0.25 s on two quiet
 * processors and 0.5 s on busy ones, where a fixed second went by; ResNet-18 takes 2.9 s of processor time instead of
 * 4.6.
 */
final class WarmUp {
    /** With shortened loops: longer than C2 takes for a kernel, beside other processes too. */
    private static final long STEADY_NANOS = 45_000_000;

    /** Of whole predictions, whose kernels are compiled by then. */
    private static final long COMPILED_STEADY_NANOS = 20_000_000;

    /** However much faster passes still get: either kind. */
    private static final long MOST_NANOS = 1_700_000_000;

    /** Some hundred gain a little each while C2 compiles what lies around the kernels. */
    private static final int FAST_PASSES = 300;

    /** Floats of activations. */
    private static final long SMALL = 1 << 14;

    private static final long LONGEST_PAUSE = 100_000_000;

    private static final int MOST_SAMPLES = 16;

    private static final ClassValue<AtomicBoolean> DONE = new ClassValue<>() {
        @Override
        protected AtomicBoolean computeValue(Class<?> type) {
            return new AtomicBoolean();
        }
    };

    private final ModelBase model;
    private final Program program;
    private final Object[] inputs;
    private final float[][] outputs;
    /** A full part costs little, even interpreted. */
    private final boolean isSmall;

    private final int few;
    private final int most;

    private WarmUp(ModelBase model) {
        ModelDefinition definition = model.definition();
        this.model = model;
        this.program = model.inference();
        this.few = program.minimumSamples();
        this.most = Math.max(few, program.part(MOST_SAMPLES));
        this.isSmall = program.size(most) < SMALL;
        this.inputs = new Object[definition.inputs().size()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = definition.inputs().get(i).newArray(most);
        }
        this.outputs = new float[definition.outputs().size()][];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = model.newOutput(i, most);
        }
    }

    /** Does nothing for the second model of a class. The program's monitor is held. */
    static void run(ModelBase model) {
        AtomicBoolean done = DONE.get(model.inference().getClass());
        if (!done.get()) {
            new WarmUp(model).run();
            // Not if it was refused, as beside a training step.
            done.set(true);
        }
    }

    private void run() {
        Program brief = program.rehearsal();
        if (brief != null) {
            setArrays();
            model.ownPrediction().rehearse(brief, few);
            repeat(samples -> pass(brief, samples), new Pace(STEADY_NANOS, FAST_PASSES));
            // The zeros are as large as what the first prediction derives.
            brief.unbind();
        }
        repeat(this::predict, new Pace(brief == null ? STEADY_NANOS : COMPILED_STEADY_NANOS, FAST_PASSES));
    }

    /** Few samples and many in turn, until neither gets faster: loops over samples compile differently for either. */
    private void repeat(IntConsumer pass, Pace pace) {
        for (int round = 0; round < 2 || !pace.isSteady() && pace.elapsed() < MOST_NANOS; round++) {
            boolean many = (isSmall || pace.isFast()) && round % 2 == 1;
            pace.begin();
            pass.accept(many ? most : few);
            pace.end(many);
            if (!isSmall && !pace.isFast()) {
                // What runs until C2 has compiled the next kernels takes time from it.
                LockSupport.parkNanos(Math.min(3 * pace.last(), LONGEST_PAUSE));
            }
        }
    }

    /**
     * Not what is derived from weights: to rehearse that takes ResNet-18 0.4 s of the processors' time, and then saves
     * 0.1.
     */
    private static void pass(Program brief, int samples) {
        brief.reserve(samples);
        brief.samples = samples;
        brief.forward(Worker.ALONE);
        brief.outputs(Worker.ALONE);
    }

    private void predict(int samples) {
        setArrays();
        model.predictAlone(samples);
    }

    private void setArrays() {
        Feed.inputs(program, inputs);
        System.arraycopy(outputs, 0, program.outputs, 0, outputs.length);
    }
}
