package dev.netwright.runtime.generated;

import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.Parameters;
import dev.netwright.runtime.StorageLayout;
import dev.netwright.runtime.Threads;
import dev.netwright.runtime.Trainable;
import dev.netwright.runtime.init.Initial;
import java.util.ArrayList;
import java.util.List;

/** Parameter lists as a compiler would lay them out, for tests. */
public final class Models {
    /** A trainable without a network. */
    public record Bare(Parameters parameters, Threads threads) implements Trainable {}

    private final List<ParameterSpec> specs = new ArrayList<>();
    private int offset = 12;
    private int buffer;

    /** A convolution in channels-last blocks of 16. */
    public Models convolution(String key, int out, int in, int kernel) {
        int[] shape = {out, in, kernel, kernel};
        StorageLayout layout =
                StorageLayout.blocked(out, 16, new int[] {kernel, kernel, in}, new int[] {kernel, 1, kernel * kernel});
        add(ParameterSpec.parameter(
                key + ".weight", shape, offset, layout, Initial.kaimingUniform(in * kernel * kernel)));
        return bias(key, out, in * kernel * kernel);
    }

    public Models linear(String key, int out, int in) {
        StorageLayout layout = StorageLayout.blocked(out, 16, new int[] {in}, new int[] {1});
        add(ParameterSpec.parameter(key + ".weight", new int[] {out, in}, offset, layout, Initial.kaimingUniform(in)));
        return bias(key, out, in);
    }

    private Models bias(String key, int out, int fanIn) {
        return add(ParameterSpec.parameter(
                key + ".bias", new int[] {out}, offset, StorageLayout.vector(out), Initial.uniformFanIn(fanIn)));
    }

    public Models frozen(String key, int n) {
        StorageLayout layout = StorageLayout.vector(n);
        return add(ParameterSpec.parameter(key, new int[] {n}, offset, layout, Initial.constant(3))
                .frozen());
    }

    /** The statistics of a batch normalisation. */
    public Models statistics(String key, int n) {
        StorageLayout layout = StorageLayout.vector(n);
        specs.add(ParameterSpec.buffer(key + ".running_mean", new int[] {n}, buffer, layout, 0));
        specs.add(ParameterSpec.buffer(key + ".running_var", new int[] {n}, buffer + layout.size(), layout, 1));
        specs.add(ParameterSpec.counter(key + ".num_batches_tracked", 0));
        buffer += 2 * layout.size();
        return this;
    }

    private Models add(ParameterSpec spec) {
        specs.add(spec);
        offset += spec.layout().size();
        return this;
    }

    public Parameters parameters() {
        return new Parameters(specs);
    }

    /** The convolutional network for CIFAR-10 whose weights PyTorch also drew. */
    public static Parameters cifar() {
        return new Models()
                .convolution("0", 32, 3, 5)
                .convolution("2", 32, 32, 5)
                .convolution("4", 64, 32, 5)
                .linear("7", 64, 1024)
                .linear("8", 10, 64)
                .parameters();
    }

    /** Two linear layers around statistics, drawn with seed 1. */
    public static Parameters small() {
        Parameters parameters = new Models()
                .linear("first", 5, 3)
                .statistics("norm", 5)
                .linear("second", 2, 5)
                .parameters();
        parameters.initialize(1);
        return parameters;
    }
}
