package dev.netwright.processor.report;

import dev.netwright.processor.plan.Access;
import dev.netwright.processor.plan.Axis;
import dev.netwright.processor.plan.Nest;
import dev.netwright.processor.plan.Place;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.plan.Step;
import dev.netwright.processor.plan.StepWork;
import dev.netwright.processor.plan.StepWork.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the time of a prediction of one sample is added up from. Each has a constant, the time of one. */
public enum LatencyTerm {
    CALL("calls"),
    STEP("steps"),
    TILE_PRODUCT("products of tiles"),
    TILE_LOAD("loads of tiles"),
    WINOGRAD_PRODUCT("products of Winograd"),
    OPERATION("operations of elements"),
    POOL_TAP("taps of pools"),
    OTHER("elements of others"),
    /** Of the caller's arrays where they lie in another order than the network's. */
    CALLER("floats reordered"),
    /** Each of them once for each step that touches it. */
    FLOAT("floats"),
    /** Those of steps that touch more than a second cache holds, again. */
    THIRD("floats beyond 1 MB"),
    /** The weights alone, again, of networks that no cache holds. */
    MEMORY("weights beyond 32 MB");

    /** Bytes of a second cache, and of a third: most processors' are of this order. */
    private static final long SECOND_CACHE = 1 << 20;

    private static final long THIRD_CACHE = 32 << 20;

    private static final List<Place.Array> WEIGHTS = List.of(Place.Array.PARAMETERS, Place.Array.PREPARED);

    private static final List<Place.Array> CALLERS = List.of(Place.Array.INPUT, Place.Array.OUTPUT);

    private final String title;

    LatencyTerm(String title) {
        this.title = title;
    }

    /** As reports and the file of constants call it. */
    public String title() {
        return title;
    }

    /**
     * How many there are of each in predicting one sample.
     *
     * @param program that predicts
     * @param bytes of all memory that it needs
     */
    static Map<LatencyTerm, Double> counts(Plan.Program program, long bytes) {
        Map<LatencyTerm, Double> counts = new EnumMap<>(LatencyTerm.class);
        for (LatencyTerm term : values()) {
            counts.put(term, 0.0);
        }
        counts.put(CALL, 1.0);
        Stream.concat(program.steps().stream(), program.outputs().stream()).forEach(step -> add(step, bytes, counts));
        return counts;
    }

    private static void add(Step step, long bytes, Map<LatencyTerm, Double> counts) {
        StepWork work = StepWork.of(step);
        counts.merge(STEP, 1.0, Double::sum);
        counts.merge(TILE_LOAD, work.loads(), Double::sum);
        counts.merge(work.kind() == Kind.WINOGRAD ? WINOGRAD_PRODUCT : TILE_PRODUCT, work.products(), Double::sum);
        counts.merge(work.kind() == Kind.POOL ? POOL_TAP : OPERATION, work.operations(), Double::sum);
        double floats = 0;
        Map<String, Place> places = step.places();
        for (Access access : step.kernel().accesses(step.work())) {
            if (!access.operand().equals("local")) {
                double touches = access.lanes();
                for (Axis loop : access.loops()) {
                    touches *= loop.extent();
                }
                Place place = places.get(access.operand());
                double touched = Math.min(touches, place.layout().size());
                floats += touched;
                if (work.kind() == Kind.UNKNOWN) {
                    counts.merge(OTHER, touches, Double::sum);
                }
                if (CALLERS.contains(place.array()) && reorders(step.kernel().elements())) {
                    counts.merge(CALLER, touched, Double::sum);
                }
                if (bytes > THIRD_CACHE && WEIGHTS.contains(place.array())) {
                    counts.merge(MEMORY, touched, Double::sum);
                }
            }
        }
        counts.merge(FLOAT, floats, Double::sum);
        if (ReportFacts.FLOAT * floats > SECOND_CACHE) {
            counts.merge(THIRD, floats, Double::sum);
        }
    }

    /** Whether no loop goes from each operand's element to its neighbour. */
    private static boolean reorders(Nest nest) {
        return nest == null
                || nest.loops().stream()
                        .noneMatch(loop -> loop.strides().stream().allMatch(stride -> stride == 1));
    }
}
