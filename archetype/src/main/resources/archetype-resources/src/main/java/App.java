package ${package};

import dev.netwright.runtime.optim.Adam;
import java.util.Arrays;

public final class App {
    public static void main(String[] arguments) {
        float[] points = {0, 0,   0, 1,   1, 0,   1, 1};
        int[] labels = {0, 1, 1, 0};

        XorModel net = XorModel.create(42);
        System.out.println(net);
        System.out.println(net.kernels());

        Adam optimizer = Adam.of(0.01f);
        for (int step = 0; step < 500; step++) {
            net.trainStep(points, labels, 4, optimizer);
        }
        System.out.println("loss " + net.evaluate(points, labels, 4));
        System.out.println(Arrays.toString(net.predict(points, 4)));
    }
}
