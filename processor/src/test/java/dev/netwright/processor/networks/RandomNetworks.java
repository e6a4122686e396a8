package dev.netwright.processor.networks;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Networks of random layers, with branches that join again; the same for the same seed. */
final class RandomNetworks {
    private final Random random;
    private final List<String> layers = new ArrayList<>();
    private int channels;
    private int side;

    private RandomNetworks(long seed) {
        random = new Random(seed);
    }

    static NetworkText draw(String name, long seed) {
        RandomNetworks networks = new RandomNetworks(seed);
        int channels = networks.channels = networks.from(1, 5);
        int side = networks.side = networks.from(8, 20);
        networks.draw(networks.from(4, 12));
        String input = channels + ", " + side + ", " + side;
        return NetworkText.of(
                name,
                "@Network(input = {" + input + "}" + (networks.random.nextBoolean() ? ", inputGradient = true" : "")
                        + ") @CrossEntropyLoss",
                String.join("\n", networks.layers));
    }

    private void draw(int count) {
        while (layers.size() < count) {
            switch (from(0, 6)) {
                case 0, 1 -> convolution(from(1, 40), from(1, 5));
                case 2 -> layer("@ReLU");
                case 3 -> layer("@BatchNorm2d");
                case 4 -> pool();
                case 5 -> shortcut();
                default -> layer(random.nextBoolean() ? "@Tanh" : "@Dropout(p = 0.5)");
            }
        }
        layer("@Flatten");
        layer("@Linear(outFeatures = " + from(2, 40) + ")");
        layer("@ReLU");
        layer("@Linear(outFeatures = " + from(2, 20) + ")");
    }

    private String layer(String annotation) {
        String name = "layer" + layers.size();
        layers.add(annotation + " Layer " + name + ";");
        return name;
    }

    private void convolution(int out, int kernel) {
        int stride = from(1, 2);
        int padding = from(0, kernel / 2);
        int output = (side + 2 * padding - kernel) / stride + 1;
        if (output < 3) {
            return;
        }
        layer("@Conv2d(outChannels = %d, kernelSize = %d, stride = %d, padding = %d, bias = %b)"
                .formatted(out, kernel, stride, padding, random.nextBoolean()));
        channels = out;
        side = output;
    }

    private void pool() {
        if (side < 6) {
            return;
        }
        layer(random.nextBoolean() ? "@MaxPool2d(kernelSize = 2)" : "@AvgPool2d(kernelSize = 2)");
        side /= 2;
    }

    /** Two convolutions, or none, beside a way around them. */
    private void shortcut() {
        String before = layer("@Identity");
        for (int i = from(0, 2); i > 0; i--) {
            layer("@Conv2d(outChannels = %d, kernelSize = 3, padding = 1)".formatted(channels));
        }
        String after = layer("@ReLU");
        layer("@Add(from = {\"" + after + "\", \"" + before + "\"})");
    }

    private int from(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }
}
