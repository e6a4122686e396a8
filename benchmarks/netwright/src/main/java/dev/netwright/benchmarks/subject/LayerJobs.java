package dev.netwright.benchmarks.subject;

import dev.netwright.benchmarks.harness.Batches;
import dev.netwright.benchmarks.harness.Job;
import dev.netwright.benchmarks.harness.Kind;
import dev.netwright.benchmarks.harness.LayerShape;
import dev.netwright.benchmarks.harness.Request;
import dev.netwright.onnx.OnnxExporter;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.optim.Adam;
import dev.netwright.runtime.optim.SGD;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The rows of single layers. What moves data between the caller's arrays and the network's layout does not count: within
 * a network it happens once, and PyTorch is given its inputs in the layout that it computes in. Of sequences, whose layout
 * is the caller's, all counts.
 */
final class LayerJobs {
    private static final int ADAM_BYTES = 7 * Float.BYTES;
    private static final Set<Kind> MODULES = EnumSet.of(Kind.MODULE, Kind.EMBEDDING, Kind.SEQUENCE);

    private final Request request;
    private final Batches batches;
    private final LayerShape shape;
    private final int outElements;
    private final LayerSteps steps;
    private final OneLayer layer;
    private final OneLayer withInputGradient;

    private LayerJobs(Request request, Batches batches, Options options) throws IOException {
        this.request = request;
        this.batches = batches;
        boolean isModule = MODULES.contains(request.kind());
        this.shape = isModule ? null : request.layer();
        this.outElements = isModule ? request.module().outElements() : shape.outElements();
        Path folder = Path.of(request.get("layers"));
        this.steps = LayerSteps.read(folder);
        OneLayer.Factory factory = LayerCompiler.load(folder);
        this.layer = factory.create(options);
        this.withInputGradient =
                isModule || request.kind() == Kind.CONVOLUTION ? factory.withInputGradient(options) : null;
    }

    static void add(Request request, Batches batches, Options options, Map<String, Job> jobs, Map<String, Double> facts)
            throws IOException {
        LayerJobs layers = new LayerJobs(request, batches, options);
        NetwrightContestant.exchangeWeights(request, layers.layer.model());
        switch (request.kind()) {
            case CONVOLUTION -> layers.convolution(jobs, facts);
            case LINEAR -> layers.linear(jobs, facts);
            case MODULE -> layers.module(jobs, facts);
            case SEQUENCE -> layers.sequence(jobs, facts);
            case EMBEDDING -> layers.embedding(jobs, facts);
            default -> layers.adam(jobs, facts);
        }
    }

    private void convolution(Map<String, Job> jobs, Map<String, Double> facts) {
        withInputGradient.model().loadStateDict(layer.model().stateDict());
        int n = request.integer("batch");
        for (int samples : new int[] {1, n}) {
            jobs.put("forward-" + samples, new Forward(samples));
            facts.put("flops.forward-" + samples, (double) samples * shape.flops());
        }
        jobs.put("weights-" + n, new Backward(layer, n, false));
        jobs.put("both-" + n, new Backward(withInputGradient, n, true));
        facts.put("flops.weights-" + n, (double) n * shape.flops());
        facts.put("flops.both-" + n, 2.0 * n * shape.flops());
    }

    private void module(Map<String, Job> jobs, Map<String, Double> facts) {
        withInputGradient.model().loadStateDict(layer.model().stateDict());
        int n = request.integer("batch");
        long flops = request.module().flops();
        int inElements = batches.x()[0].length / n;
        for (int samples : new int[] {1, n}) {
            jobs.put("forward-" + samples, new Forward(samples));
            work(facts, "forward-" + samples, samples * flops, samples * (inElements + outElements));
        }
        jobs.put("both-" + n, new Backward(withInputGradient, n, true));
        // the gradient by the output and the input are read, that by the input written
        work(facts, "both-" + n, 2 * n * flops, n * (2 * inElements + outElements));
    }

    private void sequence(Map<String, Job> jobs, Map<String, Double> facts) throws IOException {
        if (request.has("export")) {
            OnnxExporter.export(layer.model(), Path.of(request.get("exported")));
        }
        withInputGradient.model().loadStateDict(layer.model().stateDict());
        long flops = request.module().flops();
        for (int samples : new int[] {1, request.integer("batch")}) {
            jobs.put("forward-" + samples, new Sequence(samples));
            jobs.put("gradients-" + samples, new Gradients(samples));
            facts.put("flops.forward-" + samples, (double) samples * flops);
            facts.put("flops.gradients-" + samples, 3.0 * samples * flops);
        }
    }

    private static void work(Map<String, Double> facts, String task, long flops, int moved) {
        facts.put((flops > 0 ? "flops." : "bytes.") + task, flops > 0 ? flops : (double) Float.BYTES * moved);
    }

    private void embedding(Map<String, Job> jobs, Map<String, Double> facts) {
        int n = request.integer("batch");
        jobs.put("forward-" + n, new Forward(n));
        jobs.put("update-" + n, new Step(n, (float) request.real("rate")));
        int elements = n * outElements;
        // Rows are read and handed on; gradients and rows are read, and rows written.
        work(facts, "forward-" + n, 0, 2 * elements);
        work(facts, "update-" + n, 0, 3 * elements);
    }

    private void linear(Map<String, Job> jobs, Map<String, Double> facts) {
        for (int samples : new int[] {1, 16, 64}) {
            jobs.put("forward-" + samples, new Forward(samples));
            facts.put("flops.forward-" + samples, (double) samples * shape.flops());
        }
        // One sample multiplies every weight once: reading them is all there is to do.
        facts.remove("flops.forward-1");
        facts.put("bytes.forward-1", (double) Float.BYTES * shape.inElements() * shape.outElements());
    }

    private void adam(Map<String, Job> jobs, Map<String, Double> facts) {
        jobs.put("update", new Update((float) request.real("rate")));
        facts.put("bytes.update", (double) ADAM_BYTES * shape.outChannels() * (shape.channels() + 1));
    }

    private int index(long batch) {
        return (int) (batch % batches.pool());
    }

    private class Forward implements Job {
        private final int n;
        private final float[] y;

        Forward(int n) {
            this.n = n;
            this.y = new float[n * outElements];
        }

        @Override
        public void step(long batch) {
            layer.predict(batches.x()[index(batch)], n, y);
        }

        @Override
        public double elsewhere() {
            return steps.boundary();
        }

        @Override
        public Map<String, double[]> check() {
            step(0);
            return Map.of("outputs", Job.sampled(y, y.length));
        }
    }

    /** With the caller's arrays: steps of such a layer have no clocks of their own everywhere. */
    private final class Sequence extends Forward {
        Sequence(int n) {
            super(n);
        }

        @Override
        public double elsewhere() {
            return 0;
        }
    }

    private final class Backward implements Job {
        private final OneLayer net;
        private final int n;
        private final boolean both;

        Backward(OneLayer net, int n, boolean both) {
            this.net = net;
            this.n = n;
            this.both = both;
        }

        @Override
        public boolean paired() {
            return true;
        }

        @Override
        public void before(long batch) {
            net.model().zeroGrad();
            net.forward(batches.x()[index(batch)], n);
        }

        @Override
        public void step(long batch) {
            net.backward(batches.g()[index(batch)], n);
        }

        @Override
        public double elsewhere() {
            return steps.boundary();
        }

        @Override
        public Map<String, double[]> check() {
            before(0);
            step(0);
            return gradients(net, both);
        }
    }

    /** Forward in training and backward to weights and input, with the caller's arrays. */
    private final class Gradients implements Job {
        private final int n;

        Gradients(int n) {
            this.n = n;
        }

        @Override
        public void step(long batch) {
            withInputGradient.model().zeroGrad();
            withInputGradient.forward(batches.x()[index(batch)], n);
            withInputGradient.backward(batches.g()[index(batch)], n);
        }

        @Override
        public Map<String, double[]> check() {
            step(0);
            return gradients(withInputGradient, true);
        }
    }

    /** Clearing, backward and update. */
    private final class Step implements Job {
        private static final int CHECKED_STEPS = 3;

        private final int n;
        private final SGD optimizer;

        Step(int n, float rate) {
            this.n = n;
            this.optimizer = SGD.of(rate);
        }

        @Override
        public boolean paired() {
            return true;
        }

        @Override
        public void before(long batch) {
            layer.forward(batches.x()[index(batch)], n);
        }

        @Override
        public void step(long batch) {
            layer.model().zeroGrad();
            layer.backward(batches.g()[index(batch)], n);
            optimizer.step(layer.model());
        }

        @Override
        public double elsewhere() {
            return steps.boundary();
        }

        @Override
        public Map<String, double[]> check() {
            for (int i = 0; i < CHECKED_STEPS; i++) {
                before(i);
                step(i);
            }
            Map<String, double[]> results = new LinkedHashMap<>();
            put(
                    results,
                    "weights",
                    layer.model().stateDict().get("layer.weight").toArray());
            return results;
        }
    }

    /** Updates with the gradient of the first sample, which stays. */
    private final class Update implements Job {
        private static final int CHECKED_STEPS = 3;

        private final Adam optimizer;

        Update(float rate) {
            optimizer = Adam.of(rate);
            layer.forward(batches.x()[0], 1);
            layer.backward(batches.g()[0], 1);
        }

        @Override
        public void step(long batch) {
            optimizer.step(layer.model());
        }

        @Override
        public Map<String, double[]> check() {
            for (int i = 0; i < CHECKED_STEPS; i++) {
                step(i);
            }
            Map<String, Tensor> state = layer.model().stateDict();
            Map<String, double[]> results = new LinkedHashMap<>();
            put(results, "weights", state.get("layer.weight").toArray());
            put(results, "bias", state.get("layer.bias").toArray());
            return results;
        }
    }

    private static Map<String, double[]> gradients(OneLayer net, boolean both) {
        Map<String, double[]> results = new LinkedHashMap<>();
        net.model()
                .gradients()
                .forEach((key, gradient) ->
                        put(results, key.substring(key.indexOf('.') + 1) + " gradient", gradient.toArray()));
        if (both) {
            put(results, "input gradient", net.inputGradient());
        }
        return results;
    }

    private static void put(Map<String, double[]> results, String name, float[] values) {
        results.put(name, Job.sampled(values, values.length));
    }
}
