package dev.netwright.benchmarks.subject;

import dev.netwright.runtime.optim.SGD;
import java.util.Random;

/** What a short program does: predict once, then train ten steps of the CIFAR CNN; tells the driver when. */
public final class Startup {
    private static final int BATCH = 64;
    private static final int STEPS = 10;

    private Startup() {}

    /**
     * Prints a line at each event.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        System.out.println("main");
        Random random = new Random(1);
        float[] pictures = new float[BATCH * 3 * 32 * 32];
        for (int i = 0; i < pictures.length; i++) {
            pictures[i] = random.nextFloat();
        }
        int[] labels = random.ints(BATCH, 0, 10).toArray();
        CifarNetModel net = CifarNetModel.create(42);
        net.predict(pictures, 1);
        System.out.println("first prediction");
        SGD optimizer = SGD.of(0.01f);
        for (int step = 1; step <= STEPS; step++) {
            net.trainStep(pictures, labels, BATCH, optimizer);
            if (step == 1) {
                System.out.println("first training step");
            }
        }
        System.out.println("tenth training step");
    }
}
