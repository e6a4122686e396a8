package dev.netwright.runtime.generated;

import dev.netwright.runtime.Threads;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * A task that C2 calls, and never inlines into its callers. Where a network's programs and kernels are short, C2 inlines
 * all of them into the method of the user's that predicts. Below fifteen levels ({@code MaxInlineLevel}) it puts off what
 * must be inlined, the species of a vector operation is then no constant yet, and the operation is left to its Java
 * fallback for good: 64 samples of 24 rows of 52 took 3,400 us from the moment on that C2 had come to the caller, and
 * 14 before (JDK 17, one thread). A method handle that is no constant is what it cannot look into.
 */
final class OutOfLine implements Threads.Task {
    private static final MethodHandle RUN = run();

    private final MethodHandle body;

    OutOfLine(Threads.Task task) {
        this.body = RUN.bindTo(task);
    }

    private static MethodHandle run() {
        try {
            return MethodHandles.lookup()
                    .findVirtual(Threads.Task.class, "run", MethodType.methodType(void.class, int.class, int.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void run(int worker, int workers) {
        try {
            body.invokeExact(worker, workers);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e); // a task declares none
        }
    }
}
