package dev.netwright.benchmarks.libtorch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.LongArrayRef;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The forward passes of the rows' networks. */
final class Networks {
    private final Operations ops;

    private Networks(Operations ops) {
        this.ops = ops;
    }

    static UnaryOperator<Tensor> of(String network, Operations ops) {
        Networks networks = new Networks(ops);
        return switch (network) {
            case "cifar" -> networks.cifar();
            case "lenet5" -> networks.lenet5();
            case "mlp" -> networks.mlp();
            case "resnet20" -> networks.resnet20();
            case "resnet18" -> networks.resnet18();
            case "vgg16" -> networks.vgg16();
            default -> throw new UnsupportedOperationException("no network " + network);
        };
    }

    @SafeVarargs
    private static UnaryOperator<Tensor> chain(UnaryOperator<Tensor>... layers) {
        List<UnaryOperator<Tensor>> list = new ArrayList<>();
        for (UnaryOperator<Tensor> layer : layers) {
            list.add(layer);
        }
        return chain(list);
    }

    private static UnaryOperator<Tensor> chain(List<UnaryOperator<Tensor>> layers) {
        return input -> {
            Tensor x = input;
            for (UnaryOperator<Tensor> layer : layers) {
                x = layer.apply(x);
            }
            return x;
        };
    }

    private UnaryOperator<Tensor> cifar() {
        return chain(
                ops.convolution("conv1", 1, 2),
                Operations.maxPool(2, 2, 0),
                ops.convolution("conv2", 1, 2),
                Operations.maxPool(2, 2, 0),
                ops.convolution("conv3", 1, 2),
                Operations.maxPool(2, 2, 0),
                Operations::flatten,
                ops.linear("fc1"),
                ops.linear("fc2"));
    }

    private UnaryOperator<Tensor> lenet5() {
        return chain(
                ops.convolution("conv1", 1, 2),
                torch::tanh,
                Operations.avgPool(2),
                ops.convolution("conv2", 1, 0),
                torch::tanh,
                Operations.avgPool(2),
                Operations::flatten,
                ops.linear("fc1"),
                torch::tanh,
                ops.linear("fc2"),
                torch::tanh,
                ops.linear("fc3"));
    }

    private UnaryOperator<Tensor> mlp() {
        return chain(ops.linear("fc1"), torch::relu, ops.linear("fc2"));
    }

    private UnaryOperator<Tensor> vgg16() {
        List<UnaryOperator<Tensor>> layers = new ArrayList<>();
        int[] blocks = {2, 2, 3, 3, 3};
        int index = 0;
        for (int convolutions : blocks) {
            for (int i = 0; i < convolutions; i++) {
                layers.add(ops.convolution("features." + index, 1, 1));
                layers.add(torch::relu_);
                index += 2;
            }
            layers.add(Operations.maxPool(2, 2, 0));
            index++;
        }
        layers.add(Operations.adaptiveAvgPool(7));
        layers.add(Operations::flatten);
        layers.add(ops.linear("classifier.0"));
        layers.add(torch::relu_);
        layers.add(ops.dropout());
        layers.add(ops.linear("classifier.3"));
        layers.add(torch::relu_);
        layers.add(ops.dropout());
        layers.add(ops.linear("classifier.6"));
        return chain(layers);
    }

    private UnaryOperator<Tensor> resnet20() {
        List<UnaryOperator<Tensor>> layers = new ArrayList<>();
        layers.add(ops.convolution("conv1", 1, 1));
        layers.add(ops.batchNorm("bn1"));
        layers.add(torch::relu_);
        for (int stage = 1; stage <= 3; stage++) {
            for (int block = 0; block < 3; block++) {
                boolean half = stage > 1 && block == 0;
                layers.add(block("layer" + stage + "." + block, half, half ? padded(4 << stage >> 1) : null));
            }
        }
        layers.add(Operations.adaptiveAvgPool(1));
        layers.add(Operations::flatten);
        layers.add(ops.linear("linear"));
        return chain(layers);
    }

    private UnaryOperator<Tensor> resnet18() {
        List<UnaryOperator<Tensor>> layers = new ArrayList<>();
        layers.add(ops.convolution("conv1", 2, 3));
        layers.add(ops.batchNorm("bn1"));
        layers.add(torch::relu_);
        layers.add(Operations.maxPool(3, 2, 1));
        for (int stage = 1; stage <= 4; stage++) {
            for (int block = 0; block < 2; block++) {
                String name = "layer" + stage + "." + block;
                boolean half = stage > 1 && block == 0;
                UnaryOperator<Tensor> projection = half
                        ? chain(ops.convolution(name + ".downsample.0", 2, 0), ops.batchNorm(name + ".downsample.1"))
                        : null;
                layers.add(block(name, half, projection));
            }
        }
        layers.add(Operations.adaptiveAvgPool(1));
        layers.add(Operations::flatten);
        layers.add(ops.linear("fc"));
        return chain(layers);
    }

    private UnaryOperator<Tensor> block(String name, boolean half, UnaryOperator<Tensor> shortcut) {
        UnaryOperator<Tensor> body = chain(
                ops.convolution(name + ".conv1", half ? 2 : 1, 1),
                ops.batchNorm(name + ".bn1"),
                torch::relu_,
                ops.convolution(name + ".conv2", 1, 1),
                ops.batchNorm(name + ".bn2"));
        return x -> torch.relu_(body.apply(x).add_(shortcut == null ? x : shortcut.apply(x)));
    }

    /** Every second row and column, and channels of zeros on each side. */
    private static UnaryOperator<Tensor> padded(int channels) {
        LongArrayRef padding = Operations.sizes(0, 0, 0, 0, channels, channels);
        LongOptional all = new LongOptional();
        return x -> torch.constant_pad_nd(x.slice(2, all, all, 2).slice(3, all, all, 2), padding);
    }
}
