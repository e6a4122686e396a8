package dev.netwright.processor.operators;

import dev.netwright.processor.generated.AnnotationText;
import dev.netwright.processor.generated.NetworkSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Draws small networks of the shapes in which fusing, folding and sharing memory go wrong: shortcuts, branches,
 * gates, chains of activations behind convolutions.
 */
final class RandomNetwork {
    /** A layer or input that further layers can read; height and width are 0 for features. */
    private record Image(String name, int channels, int height, int width) {
        boolean sameSize(Image other) {
            return height == other.height && width == other.width;
        }
    }

    private static final int MOST_ELEMENTS = 900;

    private final Dice dice;
    private final List<Image> images = new ArrayList<>();
    private NetworkSource source;
    private int layers;

    private final boolean integers;

    private RandomNetwork(Dice dice, boolean integers) {
        this.dice = dice;
        this.integers = integers;
    }

    static NetworkSource draw(Dice dice) {
        return new RandomNetwork(dice, false).draw();
    }

    /** With inputs of bytes and ints too, each normalised before anything else reads it. */
    static NetworkSource drawIntegers(Dice dice) {
        return new RandomNetwork(dice, true).draw();
    }

    private NetworkSource draw() {
        int inputs = dice.once(3) ? 2 : 1;
        int height = dice.from(3, 9);
        int width = dice.from(3, 9);
        List<List<Integer>> shapes = new ArrayList<>();
        for (int i = 0; i < inputs; i++) {
            shapes.add(List.of(dice.one(1, 2, 3, 4, 16), height, width));
        }
        source = NetworkSource.of(shapes);
        for (int i = 0; i < inputs; i++) {
            images.add(new Image(source.input(i), shapes.get(i).get(0), height, width));
        }
        if (integers) {
            normalise();
        }
        for (int steps = dice.from(2, 9); steps > 0; steps--) {
            step();
        }
        boolean head = dice.flip();
        Image last = latest();
        if (head) {
            last = head(last);
        }
        finish(last);
        return source;
    }

    private void normalise() {
        List<Image> raw = List.copyOf(images);
        List<String> types = raw.stream()
                .map(input -> dice.one("UINT8", "UINT8", "INT32", "FLOAT32"))
                .toList();
        source = source.typed(types);
        images.clear();
        for (int i = 0; i < raw.size(); i++) {
            Image input = raw.get(i);
            double std = types.get(i).equals("INT32") ? 150 : 0.3;
            List<Double> deviations = dice.flip()
                    ? List.of(std)
                    : IntStream.range(0, input.channels())
                            .mapToObj(channel -> std * (1 + 0.1 * channel))
                            .toList();
            Map<String, Object> attributes =
                    new LinkedHashMap<>(Map.of("mean", 0.25, "std", deviations, "from", input.name()));
            add(AnnotationText.of("Normalize", attributes), input);
        }
    }

    private Image latest() {
        return images.get(images.size() - 1);
    }

    private void step() {
        Image x = dice.once(4) ? dice.one(images) : latest();
        switch (dice.from(1, 12)) {
            case 1, 2, 3 -> convolution(x);
            case 4 -> block(x);
            case 5 -> layer("BatchNorm2d", Map.of("eps", 0.05), x, x);
            case 6, 7 -> activation(x);
            case 8 -> pool(x);
            case 9, 10 -> join(x);
            case 11 -> dropout(x);
            default -> pad(x);
        }
    }

    private Image layer(String annotation, Map<String, ?> attributes, Image from, Image shape) {
        Map<String, Object> all = new LinkedHashMap<>(attributes);
        boolean chain = from == latest() && layers > 0 && dice.flip();
        if (!chain) {
            all.put("from", from.name());
        }
        return add(AnnotationText.of(annotation, all), shape);
    }

    private Image add(String annotation, Image shape) {
        Image made = new Image("layer" + layers++, shape.channels(), shape.height(), shape.width());
        source = source.layer(annotation + " Layer " + made.name());
        images.add(made);
        return made;
    }

    /** Convolution, normalisation, activation, pool: what is fused and folded. */
    private void block(Image x) {
        convolution(x);
        if (dice.flip()) {
            layer("BatchNorm2d", Map.of("eps", 0.05), latest(), latest());
        }
        if (dice.once(3)) {
            shortcut(latest());
        }
        boolean poolFirst = dice.flip();
        if (poolFirst) {
            pool(latest());
        }
        activation(latest());
        if (dice.once(3)) {
            activation(latest());
        }
        if (!poolFirst) {
            pool(latest());
        }
    }

    /** Adds something of the same shape that was there before. */
    private void shortcut(Image x) {
        images.stream()
                .filter(other -> other != x && other.sameSize(x) && other.channels() == x.channels())
                .findFirst()
                .ifPresent(other -> add(AnnotationText.of("Add", Map.of("from", List.of(x.name(), other.name()))), x));
    }

    private void convolution(Image x) {
        int kernel = Math.min(dice.from(1, 3), Math.min(x.height(), x.width()));
        boolean same = dice.flip();
        int stride = same ? 1 : dice.from(1, 2);
        int padding = same || kernel == 1 ? 0 : dice.from(0, 1);
        int groups = x.channels() % 2 == 0 && dice.once(4) ? 2 : dice.once(6) ? x.channels() : 1;
        int channels = groups * Math.max(1, dice.one(2, 3, 4, 8, 16, 17) / groups);
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("outChannels", channels);
        attributes.put("kernelSize", kernel);
        attributes.put("padding", same ? -1_000_001 : padding);
        attributes.put("stride", stride);
        attributes.put("groups", groups);
        if (dice.once(3)) {
            attributes.put("bias", false);
        }
        int height = same ? x.height() : (x.height() + 2 * padding - kernel) / stride + 1;
        int width = same ? x.width() : (x.width() + 2 * padding - kernel) / stride + 1;
        layer("Conv2d", attributes, x, new Image("", channels, height, width));
    }

    private void activation(Image x) {
        layer(dice.one("ReLU", "ReLU", "ReLU6", "LeakyReLU", "Sigmoid", "Tanh", "SiLU", "GELU"), Map.of(), x, x);
    }

    private void pool(Image x) {
        if (x.height() < 3 || x.width() < 3) {
            return;
        }
        String annotation = dice.one("MaxPool2d", "MaxPool2d", "AvgPool2d");
        if (dice.once(3)) {
            Image pooled = new Image("", x.channels(), (x.height() - 1) / 2 + 1, (x.width() - 1) / 2 + 1);
            layer(annotation, Map.of("kernelSize", 3, "stride", 2, "padding", 1), x, pooled);
        } else {
            layer(annotation, Map.of("kernelSize", 2), x, new Image("", x.channels(), x.height() / 2, x.width() / 2));
        }
    }

    /** With whatever has the same size, itself too. */
    private void join(Image x) {
        List<Image> others = images.stream().filter(x::sameSize).toList();
        Image other = dice.one(others);
        List<String> from = List.of(x.name(), other.name());
        if (other.channels() == x.channels() && dice.from(1, 3) > 1) {
            add(AnnotationText.of(dice.one("Add", "Add", "Mul"), Map.of("from", from)), x);
        } else if ((x.channels() + other.channels()) * x.height() * x.width() <= MOST_ELEMENTS) {
            Image joined = new Image("", x.channels() + other.channels(), x.height(), x.width());
            add(AnnotationText.of("Concat", Map.of("from", from)), joined);
        }
    }

    private void dropout(Image x) {
        add("@KeepOutput @Dropout(p = 0.25, from = \"" + x.name() + "\")", x);
    }

    private void pad(Image x) {
        if (x.channels() * (x.height() + 1) * (x.width() + 1) <= MOST_ELEMENTS) {
            Image padded = new Image("", x.channels(), x.height() + 1, x.width() + 1);
            layer("Pad", Map.of("padding", List.of(1, 0, 0, 1), "mode", dice.one("CONSTANT", "REPLICATE")), x, padded);
        } else {
            layer("Identity", Map.of(), x, x);
        }
    }

    private Image head(Image x) {
        if (dice.flip()) {
            x = layer("AdaptiveAvgPool2d", Map.of("outputSize", 1), x, new Image("", x.channels(), 1, 1));
        }
        int features = x.channels() * x.height() * x.width();
        x = layer("Flatten", Map.of(), x, new Image("", features, 0, 0));
        if (dice.flip()) {
            x = layer("Linear", Map.of("outFeatures", dice.one(5, 16, 33)), x, new Image("", 0, 0, 0));
            x = layer(dice.one("ReLU", "Tanh"), Map.of(), x, x);
        }
        return layer("Linear", Map.of("outFeatures", dice.one(2, 10, 17)), x, new Image("", 0, 0, 0));
    }

    /** Marks outputs and, in two networks of three, adds losses. */
    private void finish(Image last) {
        List<String> outputs = new ArrayList<>(List.of(last.name()));
        Image other = dice.one(images);
        if (dice.once(3) && other.name().startsWith("layer") && !other.name().equals(last.name())) {
            outputs.add(other.name());
        }
        List<String> fields = source.layers().stream()
                .map(layer -> outputs.size() > 1 && outputs.contains(layer.substring(layer.lastIndexOf(' ') + 1))
                        ? "@Output " + layer
                        : layer)
                .toList();
        source = new NetworkSource(source.name(), source.inputs(), source.types(), source.losses(), fields);
        if (!dice.once(3)) {
            for (String output : outputs) {
                loss(output);
                if (dice.once(4)) {
                    loss(output);
                }
            }
        }
    }

    private void loss(String output) {
        Map<String, Object> attributes = new LinkedHashMap<>(Map.of("of", output));
        if (dice.flip()) {
            attributes.put("scale", dice.one(0.5, 2.0));
        }
        if (dice.once(3)) {
            attributes.put("reduction", "SUM");
        }
        source = source.loss(
                AnnotationText.of(dice.one("CrossEntropyLoss", "MSELoss", "L1Loss", "BCEWithLogitsLoss"), attributes));
    }
}
