package dev.netwright.benchmarks.subject;

import dev.netwright.runtime.Model;
import dev.netwright.runtime.optim.SGD;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Random;

/** How much heap training takes: VGG16 at batch 4 in the heap that the JVM was given, and the CIFAR CNN. */
public final class MemoryReport {
    private static final double MEGABYTE = 1 << 20;

    private MemoryReport() {}

    /**
     * Prints the report.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        System.out.printf(
                Locale.ROOT,
                "JDK %s, largest heap %.0f MB\n",
                Runtime.version(),
                mb(Runtime.getRuntime().maxMemory()));
        long before = used();
        CifarNetModel cifar = CifarNetModel.create(42);
        int n = 64;
        float[] pictures = DrawnValues.normal(n * 3 * 32 * 32);
        int[] labels = new Random(2).ints(n, 0, 10).toArray();
        cifar.trainStep(pictures, labels, n, SGD.of(0.01f));
        long held = used() - before - Float.BYTES * ((long) pictures.length + labels.length);
        System.out.printf(
                Locale.ROOT,
                "CIFAR CNN after a step at batch %d: %.1f MB held, %.1f MB of them weights and gradients\n",
                n,
                mb(held),
                mb(weightsAndGradients(cifar)));
        System.out.println(lastLine(cifar));

        ImageNetVgg16Model vgg = ImageNetVgg16Model.create(42);
        int few = 4;
        pictures = DrawnValues.normal(few * 3 * 224 * 224);
        labels = new Random(2).ints(few, 0, 1000).toArray();
        for (int step = 0; step < 3; step++) {
            float loss = vgg.trainStep(pictures, labels, few, SGD.of(0.001f));
            System.out.printf(Locale.ROOT, "VGG16, batch %d, step %d: loss %.4f\n", few, step + 1, loss);
        }
        System.out.printf(
                Locale.ROOT,
                "VGG16: %.0f MB held after collection, %.0f MB of them weights and gradients\n",
                mb(used()),
                mb(weightsAndGradients(vgg)));
        System.out.println(lastLine(vgg));
    }

    private static double mb(long bytes) {
        return bytes / MEGABYTE;
    }

    private static long weightsAndGradients(Model net) {
        long parameters = net.definition().layers().stream()
                .mapToLong(layer -> layer.parameters())
                .sum();
        return 2 * Float.BYTES * parameters;
    }

    private static String lastLine(Model net) {
        String summary = net.summary();
        return summary.substring(summary.lastIndexOf('\n') + 1);
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
