package dev.netwright.processor.operators;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.NetworkSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Networks that are compiled at first use, in one run, and kept until the tests of a class are through: hundreds of
 * networks of each class would fill the heap of those that follow.
 */
final class CompiledOnce implements Supplier<CompiledNetworks> {
    private final List<NetworkSource> sources;
    private FutureTask<CompiledNetworks> task;

    CompiledOnce(List<NetworkSource> sources) {
        this.sources = sources;
        release();
    }

    @Override
    public CompiledNetworks get() {
        task.run();
        try {
            return task.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    void release() {
        task = new FutureTask<>(() -> CompiledNetworks.of(sources));
    }
}
