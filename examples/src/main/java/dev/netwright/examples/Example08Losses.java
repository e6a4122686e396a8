package dev.netwright.examples;

import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Three losses on numbers that can be followed by hand, and the gradients that {@code backward()} gives. The networks do
 * nothing else than to pass their input on.
 */
@Command(name = "losses", description = "Computes losses and their gradients.")
public final class Example08Losses implements Callable<Integer> {

    @Option(names = "--help", usageHelp = true, description = "shows this text")
    private boolean help;

    /**
     * Runs the example and ends the JVM with its exit code.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(Commands.run(new Example08Losses(), arguments));
    }

    @Override
    public Integer call() {
        float[] inputs = {1, 2, 3};
        float[] targets = {1, 2, 5};

        L1OfModel l1 = L1OfModel.create(1);
        print("L1", l1.loss(inputs, targets, 1));
        l1.backward();
        print("  gradient", l1.inputGradient().toArray());

        MSEOfModel mse = MSEOfModel.create(1);
        print("MSE", mse.loss(inputs, targets, 1));
        mse.backward();
        print("  gradient", mse.inputGradient().toArray());

        float[] scores = {0.1f, 0.2f, 0.3f};
        int[] label = {1};
        CrossEntropyOfModel crossEntropy = CrossEntropyOfModel.create(1);
        print("cross entropy", crossEntropy.loss(scores, label, 1));
        crossEntropy.backward();
        print("  gradient", crossEntropy.inputGradient().toArray());
        return 0;
    }

    private static void print(String name, float... values) {
        System.out.println(name + ": " + (values.length == 1 ? values[0] : Arrays.toString(values)));
    }
}
