package dev.netwright.runtime.optim;

import java.util.Map;
import java.util.Set;

/** The options and counts of {@link LBFGS}. */
final class LBFGSOptions extends ParameterGroup<LBFGSOptions> {
    static final int LONGEST_HISTORY = 1000;

    int maxIter = 20;
    int maxEval;
    int historySize = 100;
    float toleranceGrad = 1e-7f;
    float toleranceChange = 1e-9f;
    LBFGS.LineSearch lineSearch = LBFGS.LineSearch.NONE;
    long iterations;
    long evaluations;
    /** How far the last iteration went along its direction. */
    float step;

    LBFGSOptions(float learningRate) {
        super("*", null);
        firstRate(learningRate);
    }

    int maxEval() {
        return maxEval == 0 ? maxIter * 5 / 4 : maxEval;
    }

    static int historySize(int value) {
        if (value < 1 || value > LONGEST_HISTORY) {
            throw new IllegalArgumentException(
                    "historySize must be from 1 to " + LONGEST_HISTORY + ", but is " + value + ".");
        }
        return value;
    }

    /** The next iteration goes down the gradient. */
    void restart() {
        iterations = 0;
        step = 0;
    }

    @Override
    public LBFGSOptions weightDecay(float value) {
        throw new UnsupportedOperationException("LBFGS has no weight decay. Add it to the loss of the closure.");
    }

    @Override
    public LBFGSOptions maximize(boolean value) {
        throw new UnsupportedOperationException("LBFGS only minimizes. Change the sign in the closure.");
    }

    @Override
    Map<String, Float> numbers() {
        Map<String, Float> numbers = super.numbers();
        numbers.put("n_iter", (float) iterations);
        numbers.put("func_evals", (float) evaluations);
        numbers.put("t", step);
        return numbers;
    }

    @Override
    void number(String name, float value) {
        switch (name) {
            case "n_iter" -> iterations = (long) value;
            case "func_evals" -> evaluations = (long) value;
            case "t" -> step = value;
            default -> super.number(name, value);
        }
    }

    @Override
    Map<String, Object> torchOptions() {
        Map<String, Object> options = super.torchOptions();
        options.keySet().retainAll(Set.of("lr"));
        options.put("max_iter", (long) maxIter);
        options.put("max_eval", (long) maxEval());
        options.put("tolerance_grad", toleranceGrad);
        options.put("tolerance_change", toleranceChange);
        options.put("history_size", (long) historySize);
        options.put("line_search_fn", lineSearch == LBFGS.LineSearch.NONE ? null : "strong_wolfe");
        return options;
    }

    @Override
    Runnable prepareTorchOptions(TorchOptions options) {
        int iterationsOfStep = (int) options.number("max_iter", Range.NOT_NEGATIVE);
        int evaluationsOfStep = (int) options.number("max_eval", Range.NOT_NEGATIVE);
        int size = (int) options.number("history_size", Range.NOT_NEGATIVE);
        if (size != historySize) {
            throw new IllegalArgumentException("The optimiser's state has a history_size of " + size
                    + ", but this optimiser has " + historySize + ". Make it with historySize(" + size + ").");
        }
        float ofGradient = options.number("tolerance_grad", Range.NOT_NEGATIVE);
        float ofChange = options.number("tolerance_change", Range.NOT_NEGATIVE);
        Object name = options.value("line_search_fn");
        if (name != null && !name.equals("strong_wolfe")) {
            throw options.refused("line_search_fn", name, "None or \"strong_wolfe\"");
        }
        Runnable common = super.prepareTorchOptions(options);
        return () -> {
            common.run();
            maxIter = iterationsOfStep;
            maxEval = evaluationsOfStep;
            toleranceGrad = ofGradient;
            toleranceChange = ofChange;
            lineSearch = name == null ? LBFGS.LineSearch.NONE : LBFGS.LineSearch.STRONG_WOLFE;
        };
    }
}
