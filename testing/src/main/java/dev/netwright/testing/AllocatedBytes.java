package dev.netwright.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** What a thread has allocated; the bean that knows is absent from small run-time images. */
public final class AllocatedBytes {
    private AllocatedBytes() {}

    /**
     * Of the calling thread. Reflection allocates when it makes code for a method that was called 15 times.
     *
     * @return bytes so far; where this JVM does not count them, the calling test is skipped with a reason
     */
    public static long ofThisThread() {
        try {
            Class<?> factory = Class.forName("java.lang.management.ManagementFactory");
            Class<?> type = Class.forName("com.sun.management.ThreadMXBean");
            Method method = type.getMethod("getThreadAllocatedBytes", long.class);
            Object bean = factory.getMethod("getThreadMXBean").invoke(null);
            return (long) method.invoke(bean, Thread.currentThread().getId());
        } catch (ClassNotFoundException absent) {
            return Skipped.because("this JVM does not have " + absent.getMessage());
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException unexpected) {
            throw new AssertionError(unexpected);
        }
    }
}
