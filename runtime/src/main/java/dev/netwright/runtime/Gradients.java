package dev.netwright.runtime;

import java.util.Map;

/** Functions on all gradients of a model together, between {@code backward} and an optimiser's step. */
public final class Gradients {
    private Gradients() {}

    /**
     * The 2-norm of all gradients as one vector, summed in a fixed order.
     *
     * @param model the model
     * @return NaN or infinite if a gradient is
     */
    public static float norm(Trainable model) {
        return norm(model, 2);
    }

    /**
     * A norm of all gradients as one vector, summed in a fixed order.
     *
     * @param model the model
     * @param normType 1 for the sum of magnitudes, 2, or {@link Float#POSITIVE_INFINITY} for the largest magnitude
     * @return NaN or infinite if a gradient is
     * @throws IllegalArgumentException if the type is another
     */
    public static float norm(Trainable model, float normType) {
        if (normType != 1 && normType != 2 && normType != Float.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "The type of a norm is 1, 2 or Float.POSITIVE_INFINITY, but is " + normType + ".");
        }
        return (float) model.parameters().gradientNorm().norm(model.threads(), normType);
    }

    /**
     * Scales all gradients so that their norm is at most a bound: by min(1, maxNorm / (norm + 1e-6)), the rule of
     * {@code torch.nn.utils.clip_grad_norm_}.
     *
     * @param model the model
     * @param maxNorm the bound, not negative
     * @return the norm before
     * @throws ArithmeticException if the norm is NaN or infinite, as with PyTorch's {@code error_if_nonfinite}; the
     *     gradients are unchanged
     */
    public static float clipNorm(Trainable model, float maxNorm) {
        return clipNorm(model, maxNorm, 2);
    }

    /**
     * As {@link #clipNorm(Trainable, float)}, by another norm.
     *
     * @param model the model
     * @param maxNorm the bound, not negative
     * @param normType 1, 2 or {@link Float#POSITIVE_INFINITY}, as for {@link #norm(Trainable, float)}
     * @return the norm before
     * @throws ArithmeticException if the norm is NaN or infinite; the gradients are unchanged
     * @throws IllegalArgumentException if the bound is negative or the type another
     */
    public static float clipNorm(Trainable model, float maxNorm, float normType) {
        bound("The largest norm", maxNorm);
        float total = norm(model, normType);
        if (!Float.isFinite(total)) {
            throw new ArithmeticException("The norm of the gradients is " + total + ", so they cannot be clipped"
                    + culprit(model.parameters()) + ".");
        }
        float factor = maxNorm / (total + 1e-6f);
        if (factor < 1) {
            scale(model.parameters().gradientStorage(), factor);
        }
        return total;
    }

    private static String culprit(Parameters parameters) {
        for (Map.Entry<String, Tensor> entry : parameters.gradientDict().entrySet()) {
            for (float gradient : entry.getValue().floats()) {
                if (!Float.isFinite(gradient)) {
                    return ": the gradient of " + entry.getKey() + " contains " + gradient;
                }
            }
        }
        return "";
    }

    private static void scale(float[] gradients, float factor) {
        for (int i = 0; i < gradients.length; i++) {
            gradients[i] *= factor;
        }
    }

    /**
     * Limits every element of the gradients, as {@code torch.nn.utils.clip_grad_value_}. NaN stays NaN.
     *
     * @param model the model
     * @param maxValue the largest magnitude, not negative
     */
    public static void clipValue(Trainable model, float maxValue) {
        bound("The largest value", maxValue);
        float[] gradients = model.parameters().gradientStorage();
        for (int i = 0; i < gradients.length; i++) {
            gradients[i] = Math.max(-maxValue, Math.min(maxValue, gradients[i]));
        }
    }

    private static void bound(String name, float value) {
        if (!(value >= 0)) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + value + ".");
        }
    }
}
