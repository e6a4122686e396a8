package dev.netwright.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.runtime.generated.LineModel;
import dev.netwright.runtime.optim.AdamW;
import dev.netwright.runtime.optim.Optimizer;
import dev.netwright.runtime.optim.SGD;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Steps and predictions after the first leave nothing for the garbage collector, whether compiled or interpreted. */
class ModelAllocationTest {
    private static final int TIMES = 200;
    private static final int ATTEMPTS = 3;
    private static final int SMALLEST_OBJECT = 16;

    private final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private long allocatedBy(Runnable work) {
        long self = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(self);
        work.run();
        return threads.getThreadAllocatedBytes(self) - before;
    }

    private double bytesPerCall(Runnable call) {
        call.run();
        call.run();
        double least = Double.MAX_VALUE;
        // What threads do for the first time, such as to wait long for each other, may load classes: never twice.
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long idle = allocatedBy(() -> {});
            long busy = allocatedBy(() -> {
                for (int i = 0; i < TIMES; i++) {
                    call.run();
                }
            });
            least = Math.min(least, (double) (busy - idle) / TIMES);
        }
        return least;
    }

    @Test
    void laterStepsAndPredictionsAllocateNothing() {
        float[] x = LineModel.samples(40);
        float[] y = LineModel.targets(40);
        float[] results = new float[40];
        LineModel model = LineModel.create();
        Optimizer optimizer = SGD.of(0.1f).momentum(0.9f);
        assertThat(bytesPerCall(() -> model.trainStep(x, y, 40, optimizer))).isLessThan(SMALLEST_OBJECT);
        assertThat(bytesPerCall(() -> model.trainStep(x, y, 7, optimizer))).isLessThan(SMALLEST_OBJECT);
        assertThat(bytesPerCall(() -> model.predict(x, 40, results))).isLessThan(SMALLEST_OBJECT);
        assertThat(bytesPerCall(() -> model.predict(x, 3, results))).isLessThan(SMALLEST_OBJECT);
        assertThat(bytesPerCall(() -> model.evaluate(x, y, 40))).isLessThan(SMALLEST_OBJECT);
        assertThat(bytesPerCall(() -> {
                    model.loss(x, y, 40);
                    model.backward();
                    optimizer.step(model);
                    model.zeroGrad();
                }))
                .isLessThan(SMALLEST_OBJECT);
        LineModel labelled = LineModel.of(LineModel.LABELS, Options.defaults().threads(2));
        int[] labels = new int[40];
        Optimizer other = AdamW.of(0.01f);
        assertThat(bytesPerCall(() -> labelled.trainStep(x, labels, 40, other))).isLessThan(SMALLEST_OBJECT);
    }

    @Test
    void theMeasurementSeesAnAllocation() {
        LineModel model = LineModel.create();
        float[] x = LineModel.samples(40);
        assertThat(bytesPerCall(() -> model.predict(x, 40))).isGreaterThanOrEqualTo(160);
    }
}
