package dev.netwright.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.runtime.generated.Models;
import dev.netwright.runtime.optim.ASGD;
import dev.netwright.runtime.optim.Adadelta;
import dev.netwright.runtime.optim.Adafactor;
import dev.netwright.runtime.optim.Adagrad;
import dev.netwright.runtime.optim.Adam;
import dev.netwright.runtime.optim.AdamW;
import dev.netwright.runtime.optim.Adamax;
import dev.netwright.runtime.optim.Muon;
import dev.netwright.runtime.optim.NAdam;
import dev.netwright.runtime.optim.Optimizer;
import dev.netwright.runtime.optim.RAdam;
import dev.netwright.runtime.optim.RMSprop;
import dev.netwright.runtime.optim.Rprop;
import dev.netwright.runtime.optim.SGD;
import dev.netwright.testing.AllocatedBytes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps after the first leave nothing for the garbage collector, whether compiled or interpreted. */
class AllocationTest {
    private static final int STEPS = 700;
    private static final int ATTEMPTS = 3;

    @Test
    void laterStepsAllocateNothing() {
        for (Optimizer optimizer : List.of(
                SGD.of(0.1f),
                SGD.of(0.1f).momentum(0.9f).group("first.*", g -> g.weightDecay(0.1f)),
                Adam.of(0.1f).amsgrad(true),
                AdamW.of(0.1f).group("*.bias", g -> g.weightDecay(0)),
                Adadelta.of(),
                Adafactor.of(),
                Adagrad.of().lrDecay(0.1f),
                Adamax.of(),
                ASGD.of().t0(1),
                Muon.of().others(RMSprop.of()),
                NAdam.of(),
                RAdam.of(),
                RMSprop.of().centered(true).momentum(0.1f),
                Rprop.of())) {
            Trainable model = new Models.Bare(Models.small(), Threads.of(2));
            step(optimizer, model, 2);
            AllocatedBytes.ofThisThread();
            long least = Long.MAX_VALUE;
            // What threads do for the first time, such as to wait long for each other, may load classes: never twice.
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                long before = AllocatedBytes.ofThisThread();
                step(optimizer, model, 0);
                long idle = AllocatedBytes.ofThisThread() - before;
                before = AllocatedBytes.ofThisThread();
                step(optimizer, model, STEPS);
                least = Math.min(least, AllocatedBytes.ofThisThread() - before - idle);
            }
            assertThat((double) least / STEPS)
                    .as("bytes of one step of %s", optimizer)
                    .isLessThan(4);
        }
    }

    private static void step(Optimizer optimizer, Trainable model, int times) {
        for (int i = 0; i < times; i++) {
            Gradients.clipNorm(model, 1);
            optimizer.learningRate(0.01f);
            optimizer.step(model);
        }
    }
}
