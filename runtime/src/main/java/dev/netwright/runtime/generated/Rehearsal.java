package dev.netwright.runtime.generated;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Passes with shortened loops before the first training step. Interpreted vector code is some hundred times slower than
 * compiled, and loops of full length reach C2 as such, to be compiled again as methods later. Many short calls bring
 * every kernel to C2 once, and leave a processor to it.
 */
final class Rehearsal {
    /** Below this many floats of activations a cold step is over before a rehearsal would be. */
    private static final long LEAST = 1 << 20;

    /**
     * How long a rehearsal may take, with {@link #NANOS_PER_FLOAT}: for the CIFAR CNN 0.75 s, where the first step ends
     * after 1.2 to 1.6 s instead of 1.8 to 2.2; for ResNet-20 1.9 s: of 0.8, 1.6 and 2.4 s the longer two ended the
     * tenth step half a second earlier.
     */
    private static final long LEAST_NANOS = 600_000_000;

    private static final long NANOS_PER_FLOAT = 30;

    private static final long MOST_NANOS = 2_400_000_000L;

    /** Longer than C2 takes for one kernel. */
    private static final long STEADY_NANOS = 100_000_000;

    /** Enough for the widest tile over samples. */
    private static final int SAMPLES = 8;

    private static final ClassValue<AtomicBoolean> DONE = new ClassValue<>() {
        @Override
        protected AtomicBoolean computeValue(Class<?> type) {
            return new AtomicBoolean();
        }
    };

    private final Program brief;
    private final int few;
    private final int most;
    private final long limit;
    private final Pace pace = new Pace(STEADY_NANOS, 0);

    private Rehearsal(Program brief, Program program, int n) {
        this.brief = brief;
        this.few = program.minimumSamples();
        this.most = Math.min(n, SAMPLES);
        this.limit = Math.min(LEAST_NANOS + NANOS_PER_FLOAT * program.size(n), MOST_NANOS);
        brief.imitate(program, most);
    }

    /**
     * Once for every kind of program, if it pays. Overwrites what it derives from parameters, and gradients.
     *
     * @return whether it did
     */
    static boolean of(Program program, int n) {
        if (program.size(n) < LEAST || DONE.get(program.getClass()).getAndSet(true)) {
            return false;
        }
        Program brief = program.rehearsal();
        if (brief == null) {
            return false;
        }
        new Rehearsal(brief, program, n).run();
        return true;
    }

    /** Until passes get no faster: then C2 has compiled what there is. */
    private void run() {
        brief.prepare(Worker.ALONE);
        for (int round = 0; pace.elapsed() < limit && !(pace.isFast() && pace.isSteady()); round++) {
            boolean many = pace.isFast() && round % 2 == 1;
            pace.begin();
            pass(many ? most : few);
            pace.end(many);
        }
    }

    private void pass(int samples) {
        brief.samples = samples;
        brief.forward(Worker.ALONE);
        brief.losses(Worker.ALONE);
        brief.backward(Worker.ALONE);
    }
}
