package dev.netwright.benchmarks.subject;

import dev.netwright.benchmarks.harness.LayerShape;
import dev.netwright.runtime.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One layer on one thread, forward, and forward and backward. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KernelBenchmark {
    /** Samples of a pass. */
    static final int BATCH = 8;

    /** Folder of the compiled layer. */
    @Param("")
    String folder;

    /** The layer's shape. */
    @Param("")
    String shape;

    private OneLayer net;
    private float[] x;
    private float[] y;
    private float[] g;

    /**
     * Loads the layer.
     *
     * @throws IOException if it is not there
     */
    @Setup
    public void load() throws IOException {
        LayerShape s = LayerShape.parse(shape.replace('x', ','));
        Options options = Options.defaults().threads(1).predictionThreads(1);
        net = LayerCompiler.load(Path.of(folder)).withInputGradient(options);
        x = DrawnValues.normal(BATCH * s.inElements());
        g = DrawnValues.normal(BATCH * s.outElements());
        y = new float[g.length];
    }

    /**
     * Inference.
     *
     * @return the outputs
     */
    @Benchmark
    public float[] forward() {
        net.predict(x, BATCH, y);
        return y;
    }

    /** Forward in training, and the gradients of weights, bias and input. */
    @Benchmark
    public void forwardBackward() {
        net.forward(x, BATCH);
        net.backward(g, BATCH);
    }
}
