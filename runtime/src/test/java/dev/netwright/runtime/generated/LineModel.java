package dev.netwright.runtime.generated;

import dev.netwright.runtime.LayerAttributes;
import dev.netwright.runtime.LayerDefinition;
import dev.netwright.runtime.LossDefinition;
import dev.netwright.runtime.Mode;
import dev.netwright.runtime.ModelDefinition;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.StorageLayout;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.init.Initial;
import dev.netwright.runtime.optim.Optimizer;
import java.util.LinkedHashMap;
import java.util.Map;

/** A model as a compiler would write it, small enough to check by hand: a Linear(2, 1) and statistics of its output. */
public final class LineModel extends ModelBase {
    /** The generated predictor. */
    public static final class Predictor extends PredictorBase {
        public Predictor(ModelBase model, Program program) {
            super(model, program);
        }

        public float[] predict(float[] x, int n) {
            float[] result = newOutput(0, n);
            predict(x, n, result);
            return result;
        }

        public void predict(float[] x, int n, float[] result) {
            synchronized (lock) {
                inputs[0] = x;
                outputs[0] = result;
                run(n);
            }
        }

        public void predictUnlocked(float[] x, int n) {
            inputs[0] = x;
            outputs[0] = new float[n];
            run(n);
        }
    }

    /** A generated layer field. */
    public static final class Linear extends LayerView {
        public Linear(ModelBase model, int layer) {
            super(model, layer);
        }

        public Tensor weight() {
            return get("weight");
        }

        public void weight(Tensor value) {
            set("weight", value);
        }
    }

    public static final LossDefinition MSE =
            LossDefinition.elements("MSELoss", new int[] {1}, 1, LossDefinition.Reduction.MEAN);
    public static final LossDefinition LABELS =
            LossDefinition.indices("CrossEntropyLoss", 3, new int[0], 1, LossDefinition.Reduction.MEAN, -100, false);
    public static final LossDefinition APART =
            LossDefinition.elements("MSELoss", new int[] {1}, 2, LossDefinition.Reduction.NONE);

    public final LineProgram inference;
    public final LineProgram training;
    public final Linear fc = new Linear(this, 0);
    public final LayerView norm = new Linear(this, 1);
    private final Predictor predictor;

    private LineModel(ModelDefinition definition, Options options, LineProgram inference, LineProgram training) {
        super(definition, KernelChoice.decide(false), 42, options, inference, training);
        initialize(42);
        this.inference = inference;
        this.training = training;
        this.predictor = new Predictor(this, inference());
    }

    public static LineModel of(LossDefinition loss, Options options) {
        boolean apart = loss.reduction() == LossDefinition.Reduction.NONE;
        return new LineModel(
                definition(2).loss(loss).build(),
                options,
                new LineProgram(false, apart, 1),
                new LineProgram(true, apart, 1));
    }

    public static LineModel create() {
        return of(MSE, Options.defaults().threads(2));
    }

    public static LineModel withoutLoss() {
        return new LineModel(
                definition(2).build(),
                Options.defaults().threads(1),
                new LineProgram(false, false, 0),
                new LineProgram(true, false, 0));
    }

    public static LineModel inferenceOnly() {
        return new LineModel(
                definition(2).loss(MSE).build(), Options.defaults(), new LineProgram(false, false, 1), null);
    }

    /** The same code with another structure, for files only. */
    public static LineModel withFeatures(int features) {
        return new LineModel(
                definition(features).loss(MSE).build(),
                Options.defaults(),
                new LineProgram(false, false, 1),
                new LineProgram(true, false, 1));
    }

    private static ModelDefinition.Builder definition(int features) {
        return ModelDefinition.builder("LineNet", "0.1.0")
                .input("x", features)
                .output("y", 1)
                .parameter(ParameterSpec.parameter(
                        "fc.weight",
                        new int[] {1, features},
                        0,
                        StorageLayout.rowMajor(1, features),
                        Initial.kaimingUniform(features)))
                .parameter(ParameterSpec.parameter(
                        "fc.bias", new int[] {1}, 16, StorageLayout.vector(1), Initial.uniformFanIn(features)))
                .parameter(ParameterSpec.buffer("norm.running_mean", new int[] {1}, 0, StorageLayout.vector(1), 0))
                .parameter(ParameterSpec.buffer("norm.running_var", new int[] {1}, 16, StorageLayout.vector(1), 1))
                .parameter(ParameterSpec.counter("norm.num_batches_tracked", 0))
                .layer(LayerDefinition.of(
                        "fc",
                        "fc",
                        "Linear",
                        LayerAttributes.NONE
                                .named("in_features", features)
                                .named("out_features", 1)
                                .named("bias", true),
                        new int[] {1},
                        features + 1,
                        2L * features,
                        new int[] {-1}))
                .layer(LayerDefinition.of(
                        "norm", "norm", "Statistics", LayerAttributes.NONE, new int[] {1}, 0, 0, new int[] {0}))
                .memory(3, 3);
    }

    public float[] predict(float[] x, int n) {
        return predictor.predict(x, n);
    }

    public void predict(float[] x, int n, float[] result) {
        predictor.predict(x, n, result);
    }

    public Predictor predictor() {
        return predictor;
    }

    public Predictor newPredictor() {
        return new Predictor(this, new LineProgram(false, false, 1));
    }

    public float trainStep(float[] x, float[] target, int n, Optimizer optimizer) {
        training().input(0, x).target(0, target);
        return trainStep(n, optimizer);
    }

    public float trainStep(float[] x, int[] labels, int n, Optimizer optimizer) {
        training().input(0, x).target(0, labels);
        return trainStep(n, optimizer);
    }

    public float loss(float[] x, float[] target, int n) {
        training().input(0, x).target(0, target);
        return lossValue(n);
    }

    public float[] losses(float[] x, float[] target, int n) {
        training().input(0, x).target(0, target);
        return lossValues(n)[0];
    }

    public void backwardOfLosses(float[] gradient) {
        backwardLosses(gradient);
    }

    public float[] forward(float[] x, int n) {
        if (mode() == Mode.EVALUATION) {
            return predict(x, n);
        }
        float[] result = newOutput(0, n);
        training().input(0, x);
        forwardTraining(n, new float[][] {result});
        return result;
    }

    public void backward(float[] gradient, int n) {
        backwardFrom(n, gradient);
    }

    public float evaluate(float[] x, float[] target, int n) {
        synchronized (inference()) {
            inference().input(0, x).target(0, target);
            return evaluateLoss(n);
        }
    }

    public float[] evaluateApart(float[] x, float[] target, int n) {
        synchronized (inference()) {
            inference().input(0, x).target(0, target);
            return evaluateLosses(n)[0];
        }
    }

    public Tensor gradientOfInput() {
        return inputGradient(0);
    }

    /** Everything that a refused call must leave alone. */
    public Map<String, Tensor> everything() {
        Map<String, Tensor> all = new LinkedHashMap<>(stateDict());
        all.put("generator", generatorState());
        return all;
    }

    /** Inputs of n samples with values between -1 and 1. */
    public static float[] samples(int n) {
        float[] x = new float[2 * n];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i * 7919 % 255) / 127f - 1;
        }
        return x;
    }

    /** y = 2 a - b + 0.5 for each sample. */
    public static float[] targets(int n) {
        float[] x = samples(n);
        float[] y = new float[n];
        for (int s = 0; s < n; s++) {
            y[s] = 2 * x[2 * s] - x[2 * s + 1] + 0.5f;
        }
        return y;
    }
}
