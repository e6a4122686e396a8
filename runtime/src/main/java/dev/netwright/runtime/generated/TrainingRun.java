package dev.netwright.runtime.generated;

import dev.netwright.runtime.ModelDefinition;
import dev.netwright.runtime.Parameters;
import dev.netwright.runtime.Port;
import dev.netwright.runtime.StepLengths;
import dev.netwright.runtime.Threads;
import dev.netwright.runtime.check.ArrayChecks;
import dev.netwright.runtime.optim.Optimizer;
import java.util.Objects;

/**
 * Runs a training program: whole steps, or forward and backward by hand. A pass that throws leaves weights, statistics,
 * optimiser and the position of the random masks as they were.
 */
final class TrainingRun {
    /** What a backward pass could follow. */
    private enum Pending {
        NOTHING,
        LOSS,
        LOSSES,
        OUTPUTS
    }

    private final ModelDefinition definition;
    private final Parameters parameters;
    private final Program program;
    private final Threads team;
    private final Worker[] workers;
    private final Port[] inputs;
    private final Port[] outputs;
    private final RowReading rows;
    private final StepLengths[] lengths;
    private final LossSum losses;
    private final Activations activations;
    private final Threads.Task partOfStep = new OutOfLine(this::partOfStep);
    private final Threads.Task forwardToLosses = new OutOfLine(this::forwardToLosses);
    private final Threads.Task forwardToOutputs = new OutOfLine(this::forwardToOutputs);
    private final Threads.Task backward = new OutOfLine(this::backward);
    private Pending pending = Pending.NOTHING;
    /** Allocated when training begins, as the gradients are; before that null. */
    private float[] prepared;

    private boolean unspecifiedGradients;
    private boolean stale;
    private long preparedVersion = -1;
    private long passVersion;
    private float loss;
    private long seed;
    private long passes;

    TrainingRun(
            ModelDefinition definition,
            Parameters parameters,
            HeldLossWeights lossWeights,
            Program program,
            Threads team,
            Activations activations,
            long seed) {
        this.definition = definition;
        this.parameters = parameters;
        this.program = program;
        this.team = team;
        this.workers = Worker.of(team);
        this.inputs = definition.inputs().toArray(new Port[0]);
        this.outputs = definition.outputs().toArray(new Port[0]);
        this.rows = RowReading.of(definition, parameters);
        this.lengths = definition.lengths().toArray(new StepLengths[0]);
        this.losses = new LossSum(definition, lossWeights);
        this.activations = activations;
        this.seed = seed;
        program.team(team);
    }

    /** For a pass: the model is claimed, so its weights stay until {@link #end()}. */
    void begin() {
        if (prepared == null) {
            prepared = program.newPrepared();
        }
        program.gradients(parameters.gradientStorage());
        program.bind(parameters.weights(), prepared);
    }

    void end() {
        program.unbind();
    }

    Program program() {
        return program;
    }

    /** Forward, backward and update. */
    float step(int n, Optimizer optimizer) {
        Objects.requireNonNull(optimizer, "optimizer");
        try {
            optimizer.requireOneGradient();
            losses.requireScalar();
            begin(n);
            losses.begin(program, n);
            int part = program.part(n);
            prepareRun(part);
            rehearse(n);
            for (int from = 0; from < n; from += part) {
                run(partOfStep, from, Math.min(part, n - from));
                requireFinite();
            }
            activations.keep(program, program.samples, n);
            optimizer.step(parameters, team);
            activations.differentiated();
            completed();
            return loss;
        } finally {
            program.release();
        }
    }

    private void rehearse(int n) {
        if (Rehearsal.of(program, n)) {
            preparedVersion = -1;
            unspecifiedGradients = true;
            rows.spoil();
        }
    }

    /** Forward; {@link #backward()} may follow. */
    float loss(int n) {
        losses.requireScalar();
        forward(forwardToLosses, n, true);
        losses.add(program);
        loss = losses.total();
        requireFinite();
        completed();
        pending = Pending.LOSS;
        return loss;
    }

    /** Forward, each loss for itself; {@link #backwardLosses} may follow. */
    float[][] losses(int n) {
        losses.requireApart();
        forward(forwardToLosses, n, true);
        float[][] result = losses.newValues(n);
        losses.add(program, result);
        losses.reduce(result);
        for (float[] values : result) {
            for (float one : values) {
                if (!Float.isFinite(one)) {
                    throw losses.nonFinite(one, search());
                }
            }
        }
        completed();
        pending = Pending.LOSSES;
        return result;
    }

    /** Forward to the outputs; {@link #backwardOutputs} may follow. */
    void outputs(int n, float[][] results) {
        ArrayChecks.samples(n, program.minimumSamples());
        for (int i = 0; i < outputs.length; i++) {
            outputs[i].check(ArrayChecks.length(results[i]), n);
            program.outputs[i] = results[i];
        }
        forward(forwardToOutputs, n, false);
        completed();
        pending = Pending.OUTPUTS;
    }

    void backward() {
        require(Pending.LOSS, "loss(...)");
        runBackward();
    }

    /** From a gradient of each loss that leaves its elements apart; the others count once. */
    void backwardLosses(float[]... gradients) {
        require(Pending.LOSSES, "losses(...)");
        int[] apart = losses.apart();
        for (int i = 0; i < apart.length; i++) {
            String what = losses.count() == 1 ? "The gradient of the losses" : "The gradient of loss " + (apart[i] + 1);
            ArrayChecks.floats(what, gradients[i], program.samples, new int[] {losses.perSample(apart[i])});
        }
        System.arraycopy(gradients, 0, program.floatTargets, losses.count(), apart.length);
        runBackward();
    }

    void backwardOutputs(int n, float[]... gradients) {
        require(Pending.OUTPUTS, "forward(...) in training mode");
        if (n != program.samples) {
            throw new IllegalArgumentException(
                    "backward was called for " + n + " samples, but forward had " + program.samples + ".");
        }
        for (int i = 0; i < outputs.length; i++) {
            outputs[i].check(ArrayChecks.length(gradients[i]), n);
        }
        System.arraycopy(gradients, 0, program.floatTargets, losses.count(), outputs.length);
        runBackward();
    }

    private void require(Pending needed, String call) {
        if (pending != needed) {
            throw new IllegalStateException("backward needs the activations of a " + call
                    + " before it; each serves one backward, and anything else that trains overwrites them.");
        }
        if (parameters.version() != passVersion) {
            throw new IllegalStateException("The weights have changed since the " + call + " that backward follows, so"
                    + " its activations are those of other weights. Call it again before backward.");
        }
    }

    private void runBackward() {
        if (unspecifiedGradients) {
            zeroGradients();
        }
        pending = Pending.NOTHING;
        try {
            team.run(backward);
            activations.differentiated();
        } finally {
            program.release();
        }
    }

    private void forward(Threads.Task task, int n, boolean targets) {
        begin(n);
        if (targets) {
            losses.begin(program, n);
        }
        prepareRun(n);
        run(task, 0, n);
        activations.keep(program, n, n);
    }

    /** The caller's arrays are already in place, so an earlier pass cannot be continued even if this one is refused. */
    private void begin(int n) {
        pending = Pending.NOTHING;
        ArrayChecks.samples(n, program.minimumSamples());
        for (int i = 0; i < inputs.length; i++) {
            inputs[i].check(program.inputLength(i), n);
        }
        rows.check(program, n);
        for (int i = 0; i < lengths.length; i++) {
            lengths[i].check(n, program.intInputs);
        }
        rows.count(program, n);
    }

    private void prepareRun(int samplesAtATime) {
        activations.clear();
        program.reserve(samplesAtATime);
        program.drawKey = Support.mix(Support.mix(seed) + passes);
    }

    private void run(Threads.Task task, int from, int count) {
        program.inputOffset = from;
        program.samples = count;
        stale = prepared.length > 0 && preparedVersion != parameters.version();
        team.run(task);
        preparedVersion = parameters.version();
    }

    /** After a pass that changed nothing yet. */
    private void completed() {
        passes++;
        if (program.buffers.length > 0) {
            program.statistics();
            parameters.markChanged();
        }
        passVersion = parameters.version();
    }

    private void requireFinite() {
        if (!Float.isFinite(loss)) {
            throw losses.nonFinite(loss, search());
        }
    }

    private NonFiniteSearch search() {
        return NonFiniteSearch.of(definition, parameters, program);
    }

    private void partOfStep(int worker, int count) {
        Worker self = workers[worker];
        forwardToLosses(worker, count);
        self.barrier();
        if (worker == 0) {
            losses.add(program);
            loss = losses.total();
            unspecifiedGradients |= Float.isFinite(loss);
        }
        self.barrier();
        if (Float.isFinite(loss)) {
            if (program.inputOffset == 0) {
                rows.clear(parameters, self, worker, count);
                self.barrier();
            }
            backward(worker, count);
        }
    }

    private void forwardToLosses(int worker, int count) {
        forward(workers[worker]);
        program.losses(workers[worker]);
    }

    private void forwardToOutputs(int worker, int count) {
        forward(workers[worker]);
        program.outputs(workers[worker]);
    }

    private void forward(Worker self) {
        if (stale) {
            program.prepare(self);
            self.barrier();
        }
        program.forward(self);
    }

    private void backward(int worker, int count) {
        Worker self = workers[worker];
        if (!rows.isEmpty()) {
            if (worker == 0) {
                rows.touch(program);
            }
            self.barrier();
        }
        program.backward(self);
    }

    void zeroGradients() {
        parameters.zeroGradients();
        unspecifiedGradients = false;
    }

    /** Refuses to show what a whole step left in the array of gradients. */
    void requireGradients() {
        if (unspecifiedGradients) {
            throw new IllegalStateException("After trainStep the gradients are not specified. Call loss(...) and"
                    + " backward() to look at gradients.");
        }
    }

    long[] generatorState() {
        return new long[] {seed, passes};
    }

    void generatorState(long[] state) {
        seed = state[0];
        passes = state[1];
    }
}
