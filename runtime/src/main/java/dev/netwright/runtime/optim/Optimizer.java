package dev.netwright.runtime.optim;

import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.Parameters;
import dev.netwright.runtime.RowGradient;
import dev.netwright.runtime.Stateful;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.Threads;
import dev.netwright.runtime.Trainable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Changes parameters by their gradients, with PyTorch's rules and defaults. A step is one pass over the flat arrays,
 * split over the team of threads; the result does not depend on the split. An optimiser belongs to the first
 * parameters that it steps, and allocates its state at that step only.
 */
public abstract class Optimizer implements Stateful {
    /**
     * A run of storage whose parameters share a group.
     *
     * @param group the number of their group
     * @param from where their gradients begin, and what is kept for them
     * @param to where these end
     * @param shift how much further behind their values lie, as frozen ones are before them
     * @param rows the parameter, where it is one that is read row by row; else null
     */
    record Segment(int group, int from, int to, int shift, ParameterSpec rows) {}

    /** What the names of a companion's state begin with. */
    private static final String COMPANION = "others/";

    private final List<ParameterGroup<?>> groups = new ArrayList<>();
    private final List<Slot> slots = new ArrayList<>();
    private final Threads.Task task = this::updateShare;
    private Predicate<ParameterSpec> covered = ParameterSpec::trained;
    private Parameters owner;
    private Segment[] segments;
    /** Those of the parameters that are not late. */
    private Segment[] punctual;

    private List<LateParameters> late = List.of();
    /** What a pass steps; null for what is not late. */
    private LateParameters due;

    private float[][] scalars;
    /** The slots' arrays in this step. */
    private float[][] kept = new float[0][];
    /** By worker; none if nothing lies apart. */
    private ShiftedUpdate[] shifted = new ShiftedUpdate[0];

    private boolean scheduled;
    private int workers;
    private long steps;

    Optimizer(ParameterGroup<?> defaults) {
        groups.add(defaults);
    }

    /** Registers a group. */
    final void addGroup(ParameterGroup<?> group) {
        if (owner != null) {
            throw new IllegalStateException(
                    "Groups must be added before the first step, but this optimiser has made " + steps + ".");
        }
        if (scheduled) {
            throw new IllegalStateException("Groups must be added before a schedule is attached to the optimiser.");
        }
        groups.add(group);
    }

    /** Declares state, in the order of the state dict. */
    final Slot declare(Slot slot) {
        slot.place(slots.size());
        slots.add(slot);
        return slot;
    }

    /** What this optimiser keeps, now or in other steps. */
    List<Slot> slots() {
        return slots;
    }

    /** The state of parameters whose shape is another than the parameter's. */
    List<ShapedSlot> shapedSlots() {
        return List.of();
    }

    /** Called when the slots have been loaded, before the numbers of the groups are. */
    void loaded() {}

    /** Computes the factors of the coming step; refuses options that contradict each other. */
    void prepare(int group, long step) {
        groups.get(group).prepare(step);
    }

    /** Allocates what the prepared step needs and does not have yet, and takes over what preparing it found. */
    void allocate(int length) {
        if (kept.length != slots.size()) {
            kept = new float[slots.size()][];
        }
        for (int i = 0; i < slots.size(); i++) {
            slots.get(i).allocate(length);
            kept[i] = slots.get(i).values();
        }
        for (int group = 0; group < groups.size(); group++) {
            groups.get(group).commit();
        }
    }

    /**
     * Updates part of the storage; called by several threads for disjoint parts.
     *
     * @param kept the slots' arrays, laid out as the gradients, for {@link Slot#of}
     * @param from the first of the values, which has the same index in all arrays
     * @param to behind the last
     */
    abstract void update(int group, float[] values, float[] gradients, float[][] kept, int from, int to);

    /**
     * Refuses to step by one gradient that has been computed, as {@code trainStep} does.
     *
     * @throws IllegalStateException if this optimiser computes several for a step
     */
    public void requireOneGradient() {}

    /** Called once, when the parameters are known; refuses what this optimiser cannot step. */
    void bound(Parameters parameters) {}

    /** The optimiser that steps what this one does not; null where this one steps everything. */
    Optimizer companion() {
        return null;
    }

    /** Limits this optimiser to some of the trained parameters, before it is bound. */
    final void cover(Predicate<ParameterSpec> some) {
        covered = spec -> spec.trained() && some.test(spec);
    }

    final boolean covers(ParameterSpec spec) {
        return covered.test(spec);
    }

    /** The size of the team of the coming step. */
    final int workers() {
        return workers;
    }

    final Parameters owner() {
        return owner;
    }

    final int groupOf(ParameterSpec spec) {
        return Segments.groupOf(spec, groups);
    }

    /** Whether PyTorch's optimiser of this kind keeps the number of steps with every parameter. */
    boolean torchCountsSteps() {
        return true;
    }

    /** Whether PyTorch's optimiser of this kind has a state for parameters that have made no step. */
    boolean torchBeginsWithState() {
        return false;
    }

    /** Refuses an optimiser for the others where either has made a step. */
    final void requireUnused(Optimizer forOthers) {
        if (owner != null || forOthers.owner != null) {
            throw new IllegalStateException("The optimiser of the others must be given before the first step of both.");
        }
    }

    /** Whether this optimiser takes gradients that PyTorch calls sparse. */
    boolean takesSparse() {
        return false;
    }

    /**
     * Whether the prepared step leaves all rows alone that no sample named: either by rule, or because it would give them
     * the bits that they have.
     */
    boolean stepsNamedRows(RowGradient rows, int group) {
        return false;
    }

    /** Whether each parameter is stepped by itself, so that some may have made fewer steps than others. */
    boolean stepsApart() {
        return true;
    }

    /**
     * The learning rate of all parameters outside the groups that set their own.
     *
     * @return the rate of the next step
     */
    public float learningRate() {
        return groups.get(0).learningRate();
    }

    /**
     * Sets the learning rate, also between steps; the rates of groups change in proportion. With a schedule it holds
     * until the schedule's next step.
     *
     * @param value 0 or more
     * @throws IllegalArgumentException if the value is negative or not finite
     */
    public void learningRate(float value) {
        groups.get(0).learningRate(value);
        for (int group = 1; group < groups.size(); group++) {
            groups.get(group).unschedule();
        }
    }

    /**
     * Fixes the groups for a schedule.
     *
     * @return their rates as the user wrote them
     */
    public final double[] scheduledFrom() {
        scheduled = true;
        return groups.stream()
                .mapToDouble(group -> ParameterGroup.decimal(group.learningRate()))
                .toArray();
    }

    final ParameterGroup<?> group(int index) {
        return groups.get(index);
    }

    /**
     * The options in force.
     *
     * @return the optimiser's own options, then its groups in the order they were added
     */
    public List<ParameterGroup<?>> groups() {
        return Collections.unmodifiableList(groups);
    }

    /**
     * The number of steps made.
     *
     * @return 0 at first
     */
    public long steps() {
        return steps;
    }

    /**
     * Updates a model by its gradients.
     *
     * @param model the model; the same at every step
     */
    public final void step(Trainable model) {
        step(model.parameters(), model.threads());
    }

    /**
     * Updates parameters by their gradients.
     *
     * @param parameters the parameters; the same at every step
     * @param threads the team that shares the work
     * @throws IllegalStateException if the optimiser belongs to other parameters, or another thread trains the model
     * @throws IllegalArgumentException at the first step, if a group matches no parameter or two groups match one
     */
    public final void step(Parameters parameters, Threads threads) {
        boolean first = parameters.occupancy().beginTraining();
        try {
            update(parameters, threads);
        } finally {
            if (first) {
                parameters.occupancy().endTraining();
            }
        }
    }

    private void update(Parameters parameters, Threads threads) {
        requireOneGradient();
        prepare();
        if (companion() != null) {
            companion().prepare();
        }
        bind(parameters);
        requireNoDecay();
        workers = threads.count();
        allocateShifted();
        if (!late.isEmpty()) {
            stepLate(threads);
        }
        allocate(parameters.gradientLength());
        steps++;
        threads.run(task);
        parameters.markChanged();
        if (companion() != null) {
            companion().step(parameters, threads);
        }
    }

    private void allocateShifted() {
        if (shifted.length >= workers) {
            return;
        }
        for (Segment segment : segments) {
            if (segment.shift() != 0) {
                shifted = new ShiftedUpdate[workers];
                for (int worker = 0; worker < workers; worker++) {
                    shifted[worker] = new ShiftedUpdate(slots.size());
                }
                return;
            }
        }
    }

    /** As many steps in as the late ones have made; what the groups keep for the others is put back. */
    private void stepLate(Threads threads) {
        for (int group = 0; group < scalars.length; group++) {
            groups.get(group).writeScalars(scalars[group]);
        }
        for (int i = 0; i < late.size(); i++) {
            due = late.get(i);
            ParameterGroup<?> group = groups.get(due.group());
            group.readScalars(due.scalars());
            prepare(due.group(), steps + 1 - due.behind());
            allocate(owner.gradientLength());
            threads.run(task);
            group.writeScalars(due.scalars());
        }
        due = null;
        for (int group = 0; group < scalars.length; group++) {
            groups.get(group).readScalars(scalars[group]);
        }
        prepare();
    }

    final boolean isSteppingLate() {
        return due != null;
    }

    /** Whether the pass steps a parameter. */
    final boolean isDue(ParameterSpec spec) {
        return due != null ? due.contains(spec) : lateWith(spec) == null;
    }

    /** Null if it has made as many steps as the optimiser. */
    final LateParameters lateWith(ParameterSpec spec) {
        for (int i = 0; i < late.size(); i++) {
            if (late.get(i).contains(spec)) {
                return late.get(i);
            }
        }
        return null;
    }

    private void late(List<LateParameters> parameters) {
        late = parameters;
        punctual = late.isEmpty()
                ? segments
                : Segments.joined(
                        owner.specs().stream()
                                .filter(spec -> covers(spec) && lateWith(spec) == null)
                                .toList(),
                        this::groupOf);
        scalars = new float[groups.size()][groups.get(0).torchScalars().size()];
    }

    private void prepare() {
        for (int group = 0; group < groups.size(); group++) {
            prepare(group, steps + 1);
        }
    }

    /** Counts a step that a subclass makes by itself. */
    final void counted(long made) {
        steps += made;
    }

    final Segment[] segments() {
        return segments;
    }

    /**
     * Makes the optimiser a model's before its first step, which otherwise does it. A state can only be loaded into an
     * optimiser that knows its model.
     *
     * @param model what it is to step from now on
     * @throws IllegalStateException if it belongs to another model
     * @throws IllegalArgumentException if a group matches no parameter or two groups match one
     */
    public final void bind(Trainable model) {
        bind(model.parameters());
    }

    final void bind(Parameters parameters) {
        if (owner == null) {
            Segment[] found =
                    Segments.of(parameters.specs().stream().filter(covered).toList(), groups);
            bound(parameters);
            if (companion() != null) {
                companion().bind(parameters);
            }
            for (Segment segment : found) {
                requireSparse(segment);
            }
            segments = found;
            punctual = found;
            owner = parameters;
        } else if (owner != parameters) {
            throw new IllegalStateException("This optimiser belongs to the first model that it stepped, whose state it"
                    + " keeps. Make another one for this model.");
        }
    }

    private void requireSparse(Segment segment) {
        if (isSparse(segment) && !takesSparse()) {
            String name = getClass().getSimpleName();
            throw new IllegalArgumentException(name + " steps whole gradients, but that of "
                    + segment.rows().key() + " is declared sparse. Use SGD, Adagrad or SparseAdam, or leave out"
                    + " sparse = true, and " + name + " steps every row.");
        }
    }

    private static boolean isSparse(Segment segment) {
        return segment.rows() != null && segment.rows().reading() == ParameterSpec.Reading.SPARSE;
    }

    /** As PyTorch, which adds nothing dense to a sparse gradient. */
    private void requireNoDecay() {
        for (Segment segment : segments) {
            float decay = groups.get(segment.group()).weightDecay();
            if (isSparse(segment) && decay != 0) {
                throw new IllegalArgumentException("Weight decay is for whole gradients, but that of "
                        + segment.rows().key() + " is declared sparse and has weight decay " + decay
                        + ". Give it a group without: group(\"" + segment.rows().key()
                        + "\", g -> g.weightDecay(0)), or leave out sparse = true.");
            }
        }
    }

    /** One worker's part of a step. */
    void updateShare(int worker, int workers) {
        float[] values = owner.values();
        float[] gradients = owner.gradientStorage();
        for (Segment segment : due != null ? due.segments() : punctual) {
            RowGradient rows = due == null && segment.rows() != null ? rowsOf(segment) : null;
            if (rows != null && stepsNamedRows(rows, segment.group())) {
                int first = RowGradient.firstPart(worker, workers);
                int end = RowGradient.firstPart(worker + 1, workers);
                for (int i = 0; i < rows.count(); i++) {
                    if (rows.isWithin(i, first, end)) {
                        update(segment, worker, values, gradients, rows.start(i), rows.start(i) + rows.rowLength());
                    }
                }
            } else {
                int from = share(segment, worker, workers);
                update(segment, worker, values, gradients, from, share(segment, worker + 1, workers));
            }
        }
    }

    private void update(Segment segment, int worker, float[] values, float[] gradients, int from, int to) {
        if (from >= to) {
            return;
        }
        if (segment.shift() == 0) {
            update(segment.group(), values, gradients, kept, from, to);
        } else {
            shifted[worker].run(this, segment, values, gradients, kept, from, to);
        }
    }

    private RowGradient rowsOf(Segment segment) {
        List<RowGradient> all = owner.rowGradients();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).spec() == segment.rows()) {
                return all.get(i);
            }
        }
        return null;
    }

    private static int share(Segment segment, int worker, int workers) {
        long lines = (segment.to() - segment.from()) / 16;
        return segment.from() + (int) (lines * worker / workers) * 16;
    }

    /**
     * A copy of the state, for checkpoints.
     *
     * @return {@code step}; the rates and momenta of all groups, NaN where a group follows the optimiser's own; and from
     *     the first step on, for every trained parameter its state under the parameter's key and PyTorch's name, such
     *     as {@code conv1.weight.exp_avg}, with PyTorch's shapes and element order; for parameters that have made fewer
     *     steps than the others also their {@code conv1.weight.step}
     */
    @Override
    public final Map<String, Tensor> stateDict() {
        Map<String, Tensor> state = OptimizerState.write(this);
        if (companion() != null) {
            companion().stateDict().forEach((name, tensor) -> state.put(COMPANION + name, tensor));
        }
        return Collections.unmodifiableMap(state);
    }

    /**
     * Continues where another optimiser with the same options was when its {@link #stateDict()} was taken, with the
     * learning rates it had then; a state without rates leaves them as they are. A parameter of which the state keeps
     * nothing, while it does of others, makes its first step next. Changes nothing if it throws.
     *
     * @param parameters what this optimiser is to step from now on
     * @param state the state
     * @throws IllegalArgumentException if the state is not one of this kind of optimiser for these parameters
     * @throws IllegalStateException if the optimiser belongs to other parameters
     */
    public final void load(Parameters parameters, Map<String, Tensor> state) {
        Runnable prepared = prepare(parameters, state);
        bind(parameters);
        prepared.run();
    }

    /**
     * The first phase of {@link #load}.
     *
     * @throws IllegalArgumentException if the state is not one of this kind of optimiser for its model
     * @throws IllegalStateException if the optimiser belongs to no model yet
     */
    @Override
    public final Runnable prepareLoad(Map<String, Tensor> state) {
        requireOwner();
        return prepare(owner, state);
    }

    private Runnable prepare(Parameters parameters, Map<String, Tensor> state) {
        if (companion() == null) {
            return prepareOwn(parameters, state);
        }
        Map<String, Tensor> own = new LinkedHashMap<>();
        Map<String, Tensor> others = new LinkedHashMap<>();
        state.forEach((name, tensor) -> {
            boolean mine = !name.startsWith(COMPANION);
            (mine ? own : others).put(mine ? name : name.substring(COMPANION.length()), tensor);
        });
        Runnable prepared = prepareOwn(parameters, own);
        Runnable ofOthers = companion().prepare(parameters, others);
        return () -> {
            prepared.run();
            ofOthers.run();
        };
    }

    private Runnable prepareOwn(Parameters parameters, Map<String, Tensor> state) {
        OptimizerState loaded = OptimizerState.of(this, parameters, state);
        return () -> {
            steps = loaded.steps();
            late(loaded.late());
            loaded.slots().forEach(Slot::values);
            loaded.shaped().forEach(entry -> entry.slot().values(entry.spec(), entry.values()));
            loaded();
            loaded.numbers().forEach((name, values) -> {
                for (int group = 0; group < values.length; group++) {
                    groups.get(group).number(name, values[group]);
                }
            });
        };
    }

    /**
     * The state in PyTorch's form, for {@link dev.netwright.runtime.files.torch.TorchFile#write} beside the model's: what
     * {@code optimizer.state_dict()} gives there, with the options in force. Parameters are numbered as PyTorch does,
     * group by group, each in the order of the model.
     *
     * @return {@code state} and {@code param_groups}
     * @throws IllegalStateException if the optimiser belongs to no model yet
     */
    public Map<String, Object> torchStateDict() {
        requireOwner();
        return TorchOptimizerState.of(grouped(owner), groups, stateDict(), torchCountsSteps());
    }

    /**
     * Continues where an optimiser of PyTorch was: takes over its state and its options, as
     * {@code optimizer.load_state_dict(...)} does there. The groups must come in the same order, and hold the trained
     * parameters in the order of the model. A parameter that made fewer steps than the others, or none, as it was
     * frozen, goes on from its own number of steps. Changes nothing if it throws.
     *
     * @param model what this optimiser is to step from now on
     * @param state the optimiser's entry of a checkpoint that {@link dev.netwright.runtime.files.torch.TorchFile} read
     * @throws IllegalArgumentException if the state is not one of this kind of optimiser for this model
     * @throws IllegalStateException if the optimiser belongs to another model
     */
    public final void loadTorchStateDict(Trainable model, Object state) {
        loadTorchStateDict(model.parameters(), state);
    }

    void loadTorchStateDict(Parameters parameters, Object state) {
        Map<?, ?> map = TorchOptimizerState.map(state, "state");
        List<Runnable> prepared = new ArrayList<>();
        List<TorchOptions> options = TorchOptimizerState.options(map, groups.size());
        for (int group = 0; group < options.size(); group++) {
            prepared.add(groups.get(group).prepareTorchOptions(options.get(group)));
        }
        prepared.add(prepareOwn(
                parameters,
                TorchOptimizerState.tensors(grouped(parameters), groups, map, options, torchCountsSteps())));
        bind(parameters);
        prepared.forEach(Runnable::run);
    }

    /** The parameters by groups: frozen ones too, unless this optimiser has but some of the parameters. */
    private List<List<ParameterSpec>> grouped(Parameters parameters) {
        List<ParameterSpec> specs = parameters.specs().stream()
                .filter(spec -> covers(spec) || !spec.trained() && coversAllOf(parameters))
                .toList();
        return Segments.grouped(specs, groups);
    }

    private boolean coversAllOf(Parameters parameters) {
        return parameters.specs().stream().allMatch(spec -> covers(spec) || !spec.trained());
    }

    final void requireOwner() {
        if (owner == null) {
            throw new IllegalStateException(
                    "This optimiser belongs to no model yet, so it has no state for one and none"
                            + " can be checked against it. Call bind(model) first.");
        }
    }
}
