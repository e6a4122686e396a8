package dev.netwright.benchmarks.subject;

import dev.netwright.runtime.Model;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.optim.Optimizer;
import java.util.Arrays;

/**
 * A generated model behind one face.
 *
 * @param model the model
 * @param prediction its {@code predict}
 * @param training its {@code trainStep}
 * @param evaluation its {@code evaluate}
 */
record Subject(Model model, Prediction prediction, Training training, Evaluation evaluation) {
    private static final long SEED = 42;

    /** {@code predict} of the generated class. */
    interface Prediction {
        void predict(float[] input, int n, float[] output);
    }

    /** {@code trainStep} of the generated class. */
    interface Training {
        float step(float[] input, int[] target, int n, Optimizer optimizer);
    }

    /** {@code evaluate} of the generated class. */
    interface Evaluation {
        float loss(float[] input, int[] target, int n);
    }

    static Subject of(String network, Options options) {
        switch (network) {
            case "cifar" -> {
                CifarNetModel net = CifarNetModel.create(SEED, options);
                return new Subject(net, net::predict, net::trainStep, net::evaluate);
            }
            case "lenet5" -> {
                LeNet5Model net = LeNet5Model.create(SEED, options);
                return new Subject(net, net::predict, net::trainStep, net::evaluate);
            }
            case "mlp" -> {
                MlpModel net = MlpModel.create(SEED, options);
                return new Subject(net, net::predict, net::trainStep, net::evaluate);
            }
            case "resnet20" -> {
                CifarResNet20Model net = CifarResNet20Model.create(SEED, options);
                return new Subject(net, net::predict, net::trainStep, net::evaluate);
            }
            case "resnet18" -> {
                ImageNetResNet18Model net = ImageNetResNet18Model.create(SEED, options);
                return new Subject(net, net::predict, net::trainStep, net::evaluate);
            }
            case "resnet50" -> {
                ImageNetResNet50Model net = ImageNetResNet50Model.create(SEED, options);
                return new Subject(net, net::predict, net::trainStep, net::evaluate);
            }
            case "mobilenet_v2" -> {
                ImageNetMobileNetV2Model net = ImageNetMobileNetV2Model.create(SEED, options);
                return new Subject(net, net::predict, net::trainStep, net::evaluate);
            }
            case "vgg16" -> {
                ImageNetVgg16Model net = ImageNetVgg16Model.create(SEED, options);
                return new Subject(net, net::predict, net::trainStep, net::evaluate);
            }
            default -> throw new UnsupportedOperationException("There is no network " + network + ".");
        }
    }

    /** Elements of one sample's output. */
    int outputElements() {
        int[] shape = model.definition()
                .layers()
                .get(model.definition().layers().size() - 1)
                .outputShape();
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    boolean hasDropout() {
        return model.definition().layers().stream()
                .anyMatch(layer -> layer.type().equals("Dropout"));
    }

    /** Operations of one sample's forward pass. */
    long forwardFlops() {
        return model.definition().layers().stream()
                .mapToLong(layer -> layer.flops())
                .sum();
    }

    /** Operations of one sample's step: the gradient by the input is not computed. */
    long trainingFlops() {
        return 3 * forwardFlops() - model.definition().layers().get(0).flops();
    }
}
