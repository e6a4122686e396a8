package dev.netwright.processor.drawn;

import dev.netwright.processor.drawn.DrawnNetwork.DrawnInput;
import dev.netwright.processor.operators.Dice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a network begins: its inputs, and layers that reach algorithms which most networks would not. */
final class BeginningDrawing {
    private final NetworkDrawing to;
    private final SequenceDrawing sequences;
    private final Dice dice;

    BeginningDrawing(NetworkDrawing to, SequenceDrawing sequences, Dice dice) {
        this.to = to;
        this.sequences = sequences;
        this.dice = dice;
    }

    void draw() {
        int kind = dice.from(1, 100);
        if (kind <= 11) {
            winograd();
        } else if (kind <= 27) {
            sparse();
        } else if (kind <= 31) {
            depthwise();
        } else if (kind <= 37) {
            rows();
        } else if (kind <= 46) {
            sequences.begin();
        } else {
            anyhow();
        }
    }

    private void anyhow() {
        int count = dice.once(4) ? dice.from(2, 3) : 1;
        List<Integer> shape = shape();
        for (int i = 0; i < count; i++) {
            List<Integer> own = new ArrayList<>(shape);
            if (dice.flip()) {
                own.set(0, dice.one(1, 2, 3, 4, 8, 16));
            } else if (dice.once(4)) {
                own = shape();
            }
            String type = dice.once(8) ? dice.one("UINT8", "UINT8", "INT32") : "FLOAT32";
            to.input(count == 1 ? "input" : String.valueOf((char) ('a' + i)), own, type);
        }
        for (DrawnInput input : to.inputs()) {
            if (!input.isFloats() && dice.from(1, 4) > 1) {
                if (input.type().equals("INT32") && dice.flip()) {
                    to.add("OneHot", Map.of("numClasses", 5), List.of(input.name()));
                    continue;
                }
                double deviation = input.type().equals("INT32") ? 150 : 0.3;
                to.add("Normalize", Map.of("mean", 0.25, "std", deviation), List.of(input.name()));
            }
        }
    }

    private List<Integer> shape() {
        return switch (dice.from(1, 10)) {
            case 1 -> List.of(dice.one(1, 2, 3, 5, 8, 13, 16, 17, 33));
            case 2 -> List.of(dice.channels(), dice.from(1, 7));
            case 4 -> List.of(dice.one(1, 2, 3, 8, 16, 17), dice.from(1, 24));
            case 3 -> List.of(dice.from(1, 4), dice.from(1, 3), dice.from(1, 5), dice.from(1, 5));
            default -> List.of(dice.one(1, 1, 2, 3, 3, 4, 5, 6, 8, 16, 17, 32), side(), side());
        };
    }

    private int side() {
        return dice.one(1, 1, 2, 3, 4, 5, 6, 7, 8, 8, 9, 11);
    }

    /** A convolution with many channels whose output has four tiles. */
    private void winograd() {
        boolean large = dice.once(30);
        int kernel = large ? 3 : dice.one(3, 3, 3, 5);
        int most = large ? 5 : kernel == 3 ? 8 : 6;
        int side = dice.from(5, most);
        int other = dice.from(5, most);
        if (large || dice.flip()) {
            to.input("input", List.of(large ? 64 : 16, side, other), "FLOAT32");
        } else {
            to.input("input", List.of(dice.from(1, 4), side, other), "FLOAT32");
            to.add("Conv2d", Map.of("outChannels", dice.one(16, 17, 24), "kernelSize", 1), List.of("input"));
            if (dice.flip()) {
                to.add(dice.one("ReLU", "SiLU"), Map.of(), List.of(to.latest()));
            }
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("outChannels", large ? 64 : dice.one(16, 16, 17, 24));
        attributes.put("kernelSize", kernel);
        attributes.put("padding", kernel / 2);
        if (dice.once(3)) {
            attributes.put("bias", false);
        }
        to.add(
                "Conv2d",
                attributes,
                List.of(to.latest()),
                large ? NetworkDrawing.MOST_WORK_OF_64_CHANNELS : NetworkDrawing.MOST_WORK_OF_MANY_CHANNELS);
        behind();
    }

    private void sparse() {
        to.input("input", List.of(dice.one(1, 2, 3, 4), dice.from(4, 8), dice.from(4, 8)), "FLOAT32");
        if (dice.flip()) {
            to.add(
                    "Conv2d",
                    Map.of("outChannels", dice.one(1, 2, 3, 4), "kernelSize", 3, "padding", 1),
                    List.of("input"));
        }
        int kernel = dice.one(1, 3, 3, 5);
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("outChannels", dice.one(8, 13, 16, 17));
        attributes.put("kernelSize", kernel);
        attributes.put("padding", kernel / 2);
        to.add("Conv2d", attributes, List.of(to.latest()));
        if (dice.once(5)) {
            to.add(dice.one("ReLU", "Tanh", "LeakyReLU"), Map.of(), List.of(to.latest()));
        }
        to.add("MaxPool2d", Map.of("kernelSize", 2), List.of(to.latest()));
        if (dice.once(3)) {
            to.add(dice.one("ReLU", "Tanh", "LeakyReLU"), Map.of(), List.of(to.latest()));
        }
    }

    private void depthwise() {
        int channels = dice.one(2, 8, 16, 17, 32);
        to.input("input", List.of(channels, dice.from(1, 8), dice.from(1, 8)), "FLOAT32");
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("outChannels", channels);
        attributes.put("kernelSize", dice.one(1, 3, 3, 5));
        attributes.put("padding", dice.from(0, 2));
        attributes.put("groups", channels);
        if (dice.once(3)) {
            attributes.put("stride", 2);
        }
        to.add("Conv2d", attributes, List.of("input"));
        behind();
    }

    /** Rows by indices: one by one, a sequence of them, or channels of images. */
    private void rows() {
        if (dice.once(3)) {
            weightedBag();
            return;
        }
        to.input("input", dice.flip() ? List.of(dice.from(1, 8)) : List.of(dice.from(1, 5), dice.from(1, 5)), "INT32");
        String first = to.shapes().get("input").rank() == 1 && dice.flip() ? "EmbeddingBag" : "Embedding";
        to.add(first, LayerDrawing.attributes(first, to.shapes().get("input"), dice), List.of("input"));
        if (dice.once(4)) {
            to.add("Embedding", LayerDrawing.attributes("Embedding", to.shapes().get("input"), dice), List.of("input"));
        }
    }

    /** A sum of rows, each multiplied by a number that is given or computed. */
    private void weightedBag() {
        List<Integer> shape = List.of(dice.from(1, 8));
        to.input("words", shape, "INT32");
        to.input("factors", shape, "FLOAT32");
        String weights = "factors";
        if (dice.from(1, 3) > 1) {
            String annotation = dice.one("Softmax", "Sigmoid", "Linear");
            Map<String, Object> attributes = annotation.equals("Linear")
                    ? Map.of("outFeatures", shape.get(0))
                    : annotation.equals("Softmax") ? Map.of("dim", 1) : Map.of();
            to.add(annotation, attributes, List.of("factors"));
            weights = to.latest();
        }
        Map<String, Object> bag =
                LayerDrawing.attributes("EmbeddingBag", to.shapes().get("words"), dice);
        bag.put("mode", "SUM");
        bag.put(DrawnNetwork.WEIGHTS, weights);
        to.add("EmbeddingBag", bag, List.of("words"));
    }

    /** What is fused behind a convolution. */
    private void behind() {
        if (dice.once(3)) {
            to.add("BatchNorm2d", Map.of(), List.of(to.latest()));
        }
        if (dice.flip()) {
            to.add(dice.one("ReLU", "ReLU6", "LeakyReLU", "SiLU"), Map.of(), List.of(to.latest()));
        }
        if (dice.once(3)) {
            to.add(dice.one("MaxPool2d", "AvgPool2d"), Map.of("kernelSize", 2), List.of(to.latest()));
        }
    }
}
