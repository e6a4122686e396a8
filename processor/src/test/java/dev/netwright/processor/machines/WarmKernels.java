package dev.netwright.processor.machines;

import dev.netwright.runtime.Model;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.optim.SGD;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Steps and predictions of networks with one input and one output until HotSpot compiles nothing any more. */
final class WarmKernels {
    private static final int MOST = 3_000;

    /** So many rounds without a compilation end it. */
    private static final int QUIET = 30;

    private WarmKernels() {}

    /** In the other JVM: for each network its name, a stroke and the number of samples. */
    public static void main(String[] networks) throws ReflectiveOperationException {
        for (String network : networks) {
            String[] parts = network.split("/");
            Model model = (Model) Class.forName(parts[0] + "Model")
                    .getMethod("create", long.class, Options.class)
                    .invoke(null, 3L, Options.defaults().threads(1).predictionThreads(1));
            System.out.println("\nkernels\t" + model.kernels());
            warm(model, Integer.parseInt(parts[1]));
        }
    }

    private static void warm(Model model, int most) {
        List<Runnable> calls = new ArrayList<>();
        for (int samples : new int[] {1, most}) {
            Object[] input = {drawn(model.definition().inputs().get(0).newArray(samples))};
            float[][] output = {
                (float[]) drawn(model.definition().outputs().get(0).newArray(samples))
            };
            Object[] target = {output[0].clone()};
            SGD optimizer = SGD.of(1e-6f);
            calls.add(() -> model.trainStep(input, target, samples, optimizer));
            calls.add(() -> model.predict(input, samples, output));
        }
        var compiler = ManagementFactory.getCompilationMXBean();
        int quiet = 0;
        for (int i = 0; i < MOST && quiet < QUIET; i++) {
            long before = compiler.getTotalCompilationTime();
            calls.forEach(Runnable::run);
            quiet = compiler.getTotalCompilationTime() == before ? quiet + 1 : 0;
        }
    }

    private static Object drawn(Object array) {
        Random random = new Random(1);
        float[] floats = (float[]) array;
        for (int i = 0; i < floats.length; i++) {
            floats[i] = 2 * random.nextFloat() - 1;
        }
        return array;
    }
}
