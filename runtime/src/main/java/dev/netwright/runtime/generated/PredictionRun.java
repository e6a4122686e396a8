package dev.netwright.runtime.generated;

import dev.netwright.runtime.ModelDefinition;
import dev.netwright.runtime.Parameters;
import dev.netwright.runtime.Port;
import dev.netwright.runtime.StepLengths;
import dev.netwright.runtime.Threads;
import dev.netwright.runtime.WeightSet;
import dev.netwright.runtime.check.ArrayChecks;
import java.util.Arrays;

/**
 * Runs an inference program over any number of samples, in parts that stay in the cache. All parts are computed with the
 * set of weights that is the model's at the start.
 */
final class PredictionRun implements WeightSet.Derivation {
    private final Parameters parameters;
    private final Program program;
    private final Threads team;
    private final Worker[] workers;
    /** By the binary digits of the number of samples, as one costs little and many are shared easily; none for one worker. */
    private final TeamChoice[] choices;

    private final Port[] inputs;
    private final Port[] outputs;
    private final RowReading rows;
    private final StepLengths[] lengths;
    private final LossSum losses;
    private final Threads.Task prepare = new OutOfLine(this::prepare);
    private final Threads.Task predict = new OutOfLine(this::predict);
    private final Threads.Task predictAlone = new OutOfLine((worker, count) -> forwardToOutputs(Worker.ALONE));
    private final Threads.Task evaluate = new OutOfLine(this::evaluate);
    private WeightSet weights;

    PredictionRun(
            ModelDefinition definition,
            Parameters parameters,
            HeldLossWeights lossWeights,
            Program program,
            Threads team) {
        this.parameters = parameters;
        this.program = program;
        this.team = team;
        this.workers = Worker.of(team);
        this.inputs = definition.inputs().toArray(new Port[0]);
        this.outputs = definition.outputs().toArray(new Port[0]);
        this.rows = RowReading.of(definition, parameters);
        this.lengths = definition.lengths().toArray(new StepLengths[0]);
        this.losses = new LossSum(definition, lossWeights);
        program.team(team);
        this.choices = new TeamChoice[team.count() == 1 ? 0 : Integer.SIZE];
        Arrays.setAll(choices, digits -> new TeamChoice());
    }

    Program program() {
        return program;
    }

    /** Without the lock, another caller could exchange the arrays half-way. */
    void requireLock() {
        if (!Thread.holdsLock(program)) {
            throw new IllegalStateException(
                    "A prediction must hold its program's monitor while it sets arrays and runs.");
        }
    }

    /** Fills the program's outputs. */
    void predict(int n) {
        checkInputs(n);
        for (int i = 0; i < outputs.length; i++) {
            outputs[i].check(ArrayChecks.length(program.outputs[i]), n);
        }
        begin(n);
        for (int from = 0; from < n; from += program.part(n)) {
            predictPart(from, n);
        }
    }

    /** The weighted sum of the losses. */
    float loss(int n) {
        losses.requireScalar();
        checkInputs(n);
        losses.begin(program, n);
        begin(n);
        for (int from = 0; from < n; from += program.part(n)) {
            run(evaluate, from, n);
            losses.add(program);
        }
        return losses.total();
    }

    /** Each loss for itself. */
    float[][] losses(int n) {
        losses.requireApart();
        checkInputs(n);
        losses.begin(program, n);
        begin(n);
        float[][] result = losses.newValues(n);
        for (int from = 0; from < n; from += program.part(n)) {
            run(evaluate, from, n);
            losses.add(program, result);
        }
        losses.reduce(result);
        return result;
    }

    private void checkInputs(int n) {
        ArrayChecks.samples(n, program.minimumSamples());
        for (int i = 0; i < inputs.length; i++) {
            inputs[i].check(program.inputLength(i), n);
        }
        rows.check(program, n);
        for (int i = 0; i < lengths.length; i++) {
            lengths[i].check(n, program.intInputs);
        }
    }

    private void begin(int n) {
        program.reserve(program.part(n));
        weights = parameters.weights();
        bind(weights.derived(this));
    }

    private void bind(float[] prepared) {
        program.bind(weights, prepared);
    }

    /** Prepares other code for the arrays of this run. What is derived is zeros, of its own: others read the real. */
    void rehearse(Program brief, int n) {
        program.bind(parameters.weights(), program.newPrepared());
        brief.imitate(program, n);
        end();
    }

    /** The caller's arrays and the weights may go. */
    void end() {
        weights = null;
        program.unbind();
        program.release();
    }

    private void predictPart(int from, int n) {
        if (choices.length == 0) {
            run(predict, from, n);
            return;
        }
        take(from, n);
        TeamChoice choice = choices[Integer.SIZE - Integer.numberOfLeadingZeros(program.samples)];
        long start = System.nanoTime();
        if (choice.isAlone()) {
            predictAlone.run(0, 1);
        } else {
            team.run(predict);
        }
        choice.took(System.nanoTime() - start, program.samples);
    }

    private void run(Threads.Task task, int from, int n) {
        take(from, n);
        team.run(task);
    }

    private void take(int from, int n) {
        program.inputOffset = from;
        program.samples = Math.min(program.part(n), n - from);
    }

    @Override
    public String key() {
        return program.derivation();
    }

    @Override
    public float[] allocate() {
        return program.newPrepared();
    }

    @Override
    public void compute(float[] derived) {
        bind(derived);
        team.run(prepare);
    }

    private void prepare(int worker, int count) {
        program.prepare(workers[worker]);
    }

    private void predict(int worker, int count) {
        forwardToOutputs(workers[worker]);
    }

    private void forwardToOutputs(Worker self) {
        program.forward(self);
        program.outputs(self);
    }

    private void evaluate(int worker, int count) {
        Worker self = workers[worker];
        program.forward(self);
        program.losses(self);
    }
}
