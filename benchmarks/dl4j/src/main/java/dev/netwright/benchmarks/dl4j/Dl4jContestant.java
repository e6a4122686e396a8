package dev.netwright.benchmarks.dl4j;

import dev.netwright.benchmarks.harness.Batches;
import dev.netwright.benchmarks.harness.Contestant;
import dev.netwright.benchmarks.harness.Job;
import dev.netwright.benchmarks.harness.Request;
import dev.netwright.benchmarks.harness.Worker;
import dev.netwright.runtime.files.Safetensors;
import dev.netwright.runtime.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** DL4J's process: the training step of the CIFAR CNN. */
public final class Dl4jContestant implements Contestant {
    private static final int CHECKED_STEPS = 3;
    private static final int CLASSES = 10;
    /** Layers with parameters, by their place among all. */
    private static final Map<Integer, String> NAMES = Map.of(0, "conv1", 2, "conv2", 4, "conv3", 6, "fc1", 7, "fc2");

    private final Map<String, Job> jobs = new HashMap<>();
    private Request request;
    private Batches batches;
    private Map<String, Tensor> weights;

    /**
     * Serves the driver.
     *
     * @param arguments none
     * @throws IOException if the driver is gone
     */
    public static void main(String[] arguments) throws IOException {
        Worker.serve(new Dl4jContestant());
    }

    @Override
    public String version() {
        return "DL4J, " + Nd4j.getBackend().getClass().getSimpleName() + " "
                + Nd4j.getBackend().buildInfo().lines().findFirst().orElse("");
    }

    @Override
    public List<String> prepare(Request made) throws IOException {
        if (!made.get("network").equals("cifar")) {
            throw new UnsupportedOperationException("takes part in the training step of the CIFAR CNN only");
        }
        request = made;
        jobs.clear();
        batches = Batches.read(made);
        weights = Safetensors.read(Path.of(made.get("weights"))).tensors();
        return List.of("nchw", "nhwc");
    }

    @Override
    public Job job(String task, String setting) {
        return jobs.computeIfAbsent(setting, key -> new Training(setting.equals("nhwc")));
    }

    private final class Training implements Job {
        private final MultiLayerNetwork net;
        private final INDArray[] x = new INDArray[batches.pool()];
        private final INDArray[] y = new INDArray[batches.pool()];

        Training(boolean channelsLast) {
            CNN2DFormat format = channelsLast ? CNN2DFormat.NHWC : CNN2DFormat.NCHW;
            net = new MultiLayerNetwork(configuration(format));
            net.init();
            NAMES.forEach((layer, name) -> {
                net.setParam(layer + "_W", weight(name, channelsLast));
                Tensor bias = weights.get(name + ".bias");
                net.setParam(layer + "_b", Nd4j.createFromArray(bias.toArray()).reshape(1, bias.size()));
            });
            int n = request.integer("batch");
            for (int i = 0; i < x.length; i++) {
                INDArray pictures = Nd4j.createFromArray(batches.x()[i]).reshape(n, 3, 32, 32);
                x[i] = channelsLast ? pictures.permute(0, 2, 3, 1).dup('c') : pictures;
                float[] oneHot = new float[n * CLASSES];
                for (int k = 0; k < n; k++) {
                    oneHot[k * CLASSES + batches.y()[i][k]] = 1;
                }
                y[i] = Nd4j.createFromArray(oneHot).reshape(n, CLASSES);
            }
        }

        private MultiLayerConfiguration configuration(CNN2DFormat format) {
            return new NeuralNetConfiguration.Builder()
                    .updater(new Sgd(request.real("rate")))
                    .activation(Activation.IDENTITY)
                    .list()
                    .layer(convolution(32))
                    .layer(pool())
                    .layer(convolution(32))
                    .layer(pool())
                    .layer(convolution(64))
                    .layer(pool())
                    .layer(new DenseLayer.Builder().nOut(64).build())
                    .layer(new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                            .nOut(CLASSES)
                            .activation(Activation.SOFTMAX)
                            .build())
                    .setInputType(InputType.convolutional(32, 32, 3, format))
                    .build();
        }

        private ConvolutionLayer convolution(int channels) {
            return new ConvolutionLayer.Builder(5, 5)
                    .padding(2, 2)
                    .nOut(channels)
                    .build();
        }

        private SubsamplingLayer pool() {
            return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                    .kernelSize(2, 2)
                    .stride(2, 2)
                    .build();
        }

        private INDArray weight(String name, boolean channelsLast) {
            Tensor tensor = weights.get(name + ".weight");
            long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
            INDArray weight = Nd4j.createFromArray(tensor.toArray()).reshape(shape);
            if (shape.length == 4) {
                return weight;
            }
            if (channelsLast && name.equals("fc1")) {
                return weight.reshape(64, 64, 4, 4).permute(2, 3, 1, 0).dup('c').reshape(1024, 64);
            }
            return weight.transpose().dup();
        }

        @Override
        public void step(long batch) {
            int b = (int) (batch % x.length);
            net.fit(x[b], y[b]);
        }

        @Override
        public Map<String, double[]> check() {
            double[] losses = new double[CHECKED_STEPS];
            for (int i = 0; i < CHECKED_STEPS; i++) {
                step(i);
                losses[i] = net.score();
            }
            Map<String, double[]> results = new LinkedHashMap<>();
            results.put("losses", losses);
            return results;
        }
    }
}
