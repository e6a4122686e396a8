package dev.netwright.processor.reference;

import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.layer.AlphaDropout;
import dev.netwright.processor.graph.layer.Dropping;
import dev.netwright.processor.graph.layer.FractionalMaxPool;
import dev.netwright.processor.graph.layer.RReLU;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.WeakHashMap;

/** Layers that draw numbers in training, and what they drew, as their outputs tell. */
public final class ReferenceDraws {
    private static final double SATURATED = -1.7580993408473766;

    /** By what was read, the slopes that it tells: those of the first inputs, so that others can be tried with them. */
    private static final Map<double[], double[]> SLOPES = Collections.synchronizedMap(new WeakHashMap<>());

    private ReferenceDraws() {}

    /** What each layer drew in the last training pass, by its name; read from its output, or drawn again. */
    public static Map<String, double[]> ofLastPass(GeneratedModel model, int samples) {
        Map<String, double[]> masks = new LinkedHashMap<>();
        for (LayerNode node : model.network().layers()) {
            if (isRead(node.layer())) {
                masks.put(
                        node.name(),
                        read(node.layer(), model.output(node.name()).toArray()));
            } else if (node.layer() instanceof FractionalMaxPool) {
                masks.put(node.name(), ReferenceFractional.drawn(node, samples, model.drawKey()));
            }
        }
        return masks;
    }

    /** Whether what a layer draws in training is read from its output. */
    public static boolean isRead(Layer layer) {
        return layer instanceof Dropping dropping && dropping.p() > 0 && dropping.p() < 1
                || layer instanceof RReLU relu && relu.lower() < relu.upper();
    }

    /** What a layer drew: 0 or 1 for each element that is dropped or kept; of slopes, what they made of the elements. */
    private static double[] read(Layer layer, float[] y) {
        double[] drawn = new double[y.length];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = layer instanceof Dropping dropping ? y[i] == (float) dropping.ofDropped() ? 0 : 1 : y[i];
        }
        return drawn;
    }

    static double[] drop(Layer layer, Call call) {
        double[] x = call.input();
        double p = ((Dropping) layer).p();
        double[] y = x.clone();
        for (int i = 0; i < y.length && call.training() && p > 0; i++) {
            if (p == 1) {
                y[i] = 0;
            } else if (layer instanceof AlphaDropout) {
                double shift = -alphaScale(p) * p * SATURATED;
                y[i] = alphaScale(p) * (isKept(call, i) ? x[i] : SATURATED) + shift;
            } else {
                y[i] = isKept(call, i) ? x[i] / (1 - p) : 0;
            }
        }
        return y;
    }

    /** Everything is, where nothing was read: to see how large gradients are. */
    private static boolean isKept(Call call, int i) {
        return call.mask() == null || call.mask()[i] == 1;
    }

    static double[] dropGradient(Layer layer, Call call, double[] gradient) {
        double p = ((Dropping) layer).p();
        double[] byInput = gradient.clone();
        for (int i = 0; i < gradient.length && call.training() && p > 0; i++) {
            boolean kept = p < 1 && isKept(call, i);
            byInput[i] = !kept ? 0 : gradient[i] * (layer instanceof AlphaDropout ? alphaScale(p) : 1 / (1 - p));
        }
        return byInput;
    }

    private static double alphaScale(double p) {
        double q = 1 - p;
        return Math.pow(q + SATURATED * SATURATED * q * (1 - q), -0.5);
    }

    static double[] slopes(RReLU layer, Call call) {
        double[] x = call.input();
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = call.side(x[i] > 0) ? x[i] : slope(layer, call, i) * x[i];
        }
        return y;
    }

    static double[] slopeGradient(RReLU layer, Call call, double[] gradient) {
        double[] x = call.input();
        double[] byInput = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            byInput[i] = x[i] > 0 ? gradient[i] : gradient[i] * slope(layer, call, i);
        }
        return byInput;
    }

    private static double slope(RReLU layer, Call call, int i) {
        return call.training() && call.mask() != null && layer.lower() < layer.upper()
                ? SLOPES.computeIfAbsent(call.mask(), y -> slopes(layer, call.input(), y))[i]
                : (layer.lower() + layer.upper()) / 2;
    }

    /** What made of elements what they became, as far as it can be slopes. */
    private static double[] slopes(RReLU layer, double[] x, double[] y) {
        double[] slopes = new double[x.length];
        for (int i = 0; i < slopes.length; i++) {
            slopes[i] = x[i] == 0 ? layer.lower() : Math.min(Math.max(y[i] / x[i], layer.lower()), layer.upper());
        }
        return slopes;
    }
}
