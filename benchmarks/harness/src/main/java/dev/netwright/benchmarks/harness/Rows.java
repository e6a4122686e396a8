package dev.netwright.benchmarks.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** All rows. */
final class Rows {
    private static final double RATE = 0.01;
    private static final List<Integer> MNIST = List.of(1, 28, 28);
    private static final List<Integer> FLAT = List.of(784);
    private static final List<Integer> CIFAR = List.of(3, 32, 32);
    private static final List<Integer> IMAGENET = List.of(3, 224, 224);
    private static final int CONVOLUTION_BATCH = 8;
    private static final int TEXTS = 64;

    private static final List<Row> ALL = all();

    private Rows() {}

    static List<Row> list() {
        return ALL;
    }

    private static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        rows.add(training("cifar", "CIFAR CNN", 64, CIFAR, 10, RATE));
        rows.add(training("cifar", "CIFAR CNN", 16, CIFAR, 10, RATE));
        rows.add(training("lenet5", "LeNet-5", 64, MNIST, 10, RATE));
        rows.add(training("mlp", "MLP 784-128-10", 64, FLAT, 10, RATE));
        rows.add(training("resnet20", "ResNet-20", 64, CIFAR, 10, RATE));
        rows.add(training("vgg16", "VGG16", 4, IMAGENET, 1000, 0.001));
        rows.add(prediction("mlp", "MLP 784-128-10", FLAT));
        rows.add(prediction("lenet5", "LeNet-5", MNIST));
        rows.add(prediction("cifar", "CIFAR CNN", CIFAR));
        rows.add(prediction("resnet20", "ResNet-20", CIFAR));
        rows.add(prediction("vgg16", "VGG16", IMAGENET));
        rows.add(prediction("resnet18", "ResNet-18", IMAGENET));
        rows.add(prediction("resnet50", "ResNet-50", IMAGENET));
        rows.add(prediction("mobilenet_v2", "MobileNetV2", IMAGENET));
        for (LayerShape shape : convolutions()) {
            rows.add(convolution(shape));
        }
        rows.addAll(modules());
        rows.add(embedding());
        rows.addAll(SequenceRows.list());
        rows.add(layer(
                "linear-4096",
                "Linear 4096 x 4096",
                Kind.LINEAR,
                LayerShape.linear(4096, 4096),
                64,
                List.of("forward-1", "forward-16", "forward-64")));
        rows.add(layer(
                "adam-10m", "Adam, 10 M parameters", Kind.ADAM, LayerShape.linear(2500, 4000), 1, List.of("update")));
        return List.copyOf(rows);
    }

    /** 3 x 3 of VGG and of ResNet, 1 x 1 of ResNet, 5 x 5, depthwise of MobileNet, and those of stride 2. */
    private static List<LayerShape> convolutions() {
        return List.of(
                LayerShape.convolution(3, 224, 64, 3, 1),
                LayerShape.convolution(64, 224, 64, 3, 1),
                LayerShape.convolution(128, 112, 128, 3, 1),
                LayerShape.convolution(256, 56, 256, 3, 1),
                LayerShape.convolution(512, 28, 512, 3, 1),
                LayerShape.convolution(512, 14, 512, 3, 1),
                LayerShape.convolution(64, 56, 64, 3, 1),
                LayerShape.convolution(128, 28, 128, 3, 1),
                LayerShape.convolution(256, 14, 256, 3, 1),
                LayerShape.convolution(512, 7, 512, 3, 1),
                LayerShape.convolution(64, 56, 256, 1, 1),
                LayerShape.convolution(256, 56, 64, 1, 1),
                LayerShape.convolution(512, 28, 128, 1, 1),
                LayerShape.convolution(256, 14, 1024, 1, 1),
                LayerShape.convolution(32, 16, 32, 5, 1),
                LayerShape.convolution(64, 28, 64, 5, 1),
                LayerShape.depthwise(96, 56, 1),
                LayerShape.depthwise(384, 14, 1),
                LayerShape.depthwise(96, 112, 2),
                LayerShape.convolution(3, 224, 64, 7, 2),
                LayerShape.convolution(64, 56, 128, 3, 2),
                LayerShape.convolution(256, 14, 512, 3, 2),
                LayerShape.convolution(64, 56, 128, 1, 2));
    }

    /** Of other axes than two, and those that move more than they compute. */
    private static List<Row> modules() {
        return List.of(
                module(
                        "conv1d-64x1024",
                        "Convolution 1d, 3 taps, 64 to 64 channels, 1,024 steps",
                        List.of(64, 1024),
                        "Conv1d(outChannels = 64, kernelSize = 3, padding = 1)",
                        "Conv1d(64, 64, 3, padding=1)",
                        64 * 1024,
                        2L * 64 * 1024 * 64 * 3),
                module(
                        "conv3d-16x16x56-32",
                        "Convolution 3x3x3, 16 to 32 channels, 16 x 56 x 56",
                        List.of(16, 16, 56, 56),
                        "Conv3d(outChannels = 32, kernelSize = 3, padding = 1)",
                        "Conv3d(16, 32, 3, padding=1)",
                        32 * 16 * 56 * 56,
                        2L * 32 * 16 * 56 * 56 * 16 * 27),
                module(
                        "transposed-64x28-32",
                        "Transposed convolution 2x2 stride 2, 64 to 32 channels, 28 x 28",
                        List.of(64, 28, 28),
                        "ConvTranspose2d(outChannels = 32, kernelSize = 2, stride = 2)",
                        "ConvTranspose2d(64, 32, 2, stride=2)",
                        32 * 56 * 56,
                        2L * 32 * 56 * 56 * 64),
                module(
                        "layernorm-196x768",
                        "LayerNorm 768, 196 rows",
                        List.of(196, 768),
                        "LayerNorm(normalizedShape = 768)",
                        "LayerNorm(768)",
                        196 * 768,
                        0),
                module(
                        "upsample-64x56",
                        "Upsample bilinear to twice the size, 64 channels, 56 x 56",
                        List.of(64, 56, 56),
                        "Upsample(scaleFactor = 2, mode = dev.netwright.annotations.Upsample.Mode.BILINEAR)",
                        "Upsample(scale_factor=2, mode='bilinear')",
                        64 * 112 * 112,
                        0));
    }

    /** 64 texts of 32 words. */
    private static Row embedding() {
        int words = 20_000;
        return new Row(
                "embedding-20000x64",
                "Embedding 20,000 x 64, 64 texts of 32 words",
                Kind.EMBEDDING,
                "embedding",
                TEXTS,
                List.of(32),
                0,
                RATE,
                null,
                new Module(
                        "Embedding(numEmbeddings = " + words + ", embeddingDim = 64)",
                        "32",
                        "Embedding(" + words + ", 64)",
                        32 * 64,
                        0,
                        words),
                List.of("forward-" + TEXTS, "update-" + TEXTS));
    }

    private static Row module(
            String id,
            String title,
            List<Integer> input,
            String annotation,
            String python,
            int outElements,
            long flops) {
        String sizes = input.stream().map(Object::toString).collect(Collectors.joining(", "));
        return new Row(
                id,
                title,
                Kind.MODULE,
                id,
                CONVOLUTION_BATCH,
                input,
                0,
                0,
                null,
                new Module(annotation, sizes, python, outElements, flops, 0),
                List.of("forward-1", "forward-" + CONVOLUTION_BATCH, "both-" + CONVOLUTION_BATCH));
    }

    private static Row training(
            String network, String title, int batch, List<Integer> input, int classes, double rate) {
        return new Row(
                network + "-train-" + batch,
                title + ", training step, batch " + batch,
                Kind.TRAIN,
                network,
                batch,
                input,
                classes,
                rate,
                null,
                null,
                List.of("step"));
    }

    private static Row prediction(String network, String title, List<Integer> input) {
        return new Row(
                network + "-predict-1",
                title + ", prediction, batch 1",
                Kind.PREDICT,
                network,
                1,
                input,
                0,
                0,
                null,
                null,
                List.of("predict"));
    }

    private static Row convolution(LayerShape s) {
        String kernel = s.kernel() + "x" + s.kernel();
        String depthwise = s.groups() > 1 ? "depthwise " : "";
        String id = "conv-" + (s.groups() > 1 ? "dw" : "") + s.channels() + "x" + s.size() + "-" + s.outChannels() + "-"
                + kernel + (s.stride() > 1 ? "-s" + s.stride() : "");
        String title = "Convolution " + depthwise + kernel + (s.stride() > 1 ? " stride " + s.stride() : "") + ", "
                + s.channels() + " to " + s.outChannels() + " channels, " + s.size() + " x " + s.size();
        List<String> tasks = List.of(
                "forward-1",
                "forward-" + CONVOLUTION_BATCH,
                "weights-" + CONVOLUTION_BATCH,
                "both-" + CONVOLUTION_BATCH);
        return layer(id, title, Kind.CONVOLUTION, s, CONVOLUTION_BATCH, tasks);
    }

    private static Row layer(String id, String title, Kind kind, LayerShape s, int batch, List<String> tasks) {
        List<Integer> input =
                kind == Kind.CONVOLUTION ? List.of(s.channels(), s.size(), s.size()) : List.of(s.channels());
        return new Row(id, title, kind, id, batch, input, 0, 0.001, s, null, tasks);
    }
}
