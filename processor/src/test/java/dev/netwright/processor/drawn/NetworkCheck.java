package dev.netwright.processor.drawn;

import dev.netwright.processor.drawn.Verdict.Kind;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.operators.Dice;
import dev.netwright.processor.operators.Numbers;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.reference.Arithmetic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Compares a model with the reference. A number is wrong if it is further from the reference's than a ten-thousandth of
 * its tensor's largest (three hundred-thousandths where every convolution is exact) and four times what the reference
 * itself moves when all that floats round, inputs and weights first, moves by an ulp. A sum whose terms cancel, such as
 * the gradient of a bias before a normalisation, is as exact as its terms.
 */
final class NetworkCheck {
    private static final double DEFAULT = 1e-4;
    private static final double EXACT = 3e-5;
    private static final double TIMES = 4;

    /** Of the terms of a sum: some ulps, as each is computed in several steps. */
    private static final double TERMS = 1e-6;

    /** Rounding of several steps between two kinks is more than an ulp. */
    private static final double ULPS = 8;

    /** Larger numbers would leave the range in which functions of floats are good. */
    private static final double LARGEST = 1e5;

    private static final int ATTEMPTS = 4;

    /** Runs with moved numbers: each finds a kink that is near with even chances, so more are made before a verdict. */
    private static final int FEW = 2;

    private static final int MANY = 14;

    private final DrawnNetwork network;
    private final Network declared;
    private final Plan plan;
    private final Supplier<GeneratedModel> model;
    private Network reference;

    NetworkCheck(DrawnNetwork network, Network declared, Plan plan, Supplier<GeneratedModel> model) {
        this.network = network;
        this.declared = declared;
        this.plan = plan;
        this.model = model;
    }

    /** Other numbers are drawn where those before lay too near a kink, or were too large. */
    Verdict verdict() {
        Set<Reach> reached = Reach.of(network, plan);
        String otherwise = Structure.difference(network, declared);
        if (!otherwise.isEmpty()) {
            return new Verdict(Kind.WRONG, otherwise, reached);
        }
        GivenWeights given = new GivenWeights(network, declared);
        reference = given.reference();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Dice dice = new Dice(~(network.numbers() + 1_000_003L * attempt));
            Numbers numbers = Numbers.draw(declared, network.samples(), attempt < 2 ? 1.5 : 0.5, dice);
            try {
                String wrong = difference(numbers, given);
                if (wrong != null) {
                    boolean right = wrong.isEmpty();
                    return new Verdict(right ? Kind.RIGHT : Kind.WRONG, right ? "" : wrong + given, reached);
                }
            } catch (AssertionError e) {
                return new Verdict(Kind.WRONG, e.getMessage(), reached);
            } catch (RuntimeException | Error e) {
                return new Verdict(Kind.CRASH, "the model threw " + CompiledBatch.trace(e), reached);
            }
        }
        return new Verdict(Kind.KINK, "", reached);
    }

    /** Empty if there is none; null if it cannot be told. */
    private String difference(Numbers numbers, GivenWeights given) {
        Trajectory rough = new Trajectory(network, reference, numbers, Arithmetic.exact());
        float rate = rough.rate();
        if (!(rough.largest() < LARGEST)) {
            return null;
        }
        GeneratedModel made = model.get();
        given.to(made);
        ModelRun.Computed computed = ModelRun.of(network, made, plan, numbers, rate);
        Trajectory exact = trajectory(numbers, Arithmetic.exact(), computed, rate);
        List<Trajectory> moved = new ArrayList<>();
        String difference = "";
        for (int runs = FEW; runs <= MANY; runs += MANY - FEW) {
            while (moved.size() < runs) {
                moved.add(trajectory(numbers, moved(moved.size()), computed, rate));
                if (moved.get(moved.size() - 1).sides() != exact.sides()) {
                    return null;
                }
            }
            difference = difference(exact, moved, computed);
            if (difference.isEmpty()) {
                return "";
            }
        }
        return difference;
    }

    private Arithmetic moved(int run) {
        boolean fastSums = Reach.of(network, plan).contains(Reach.WINOGRAD);
        return Arithmetic.moved(ULPS, fastSums, (run + 1) * 0x5DEECE66DL << 8);
    }

    private String difference(Trajectory exact, List<Trajectory> moved, ModelRun.Computed computed) {
        for (Map.Entry<String, double[]> entry : exact.values().entrySet()) {
            String name = entry.getKey();
            double[] wanted = entry.getValue();
            double moves = 0;
            for (Trajectory other : moved) {
                moves = Math.max(moves, distance(wanted, other.values().get(name)));
            }
            double largest = Trajectory.largest(wanted);
            double allowed = (network.exact() ? EXACT : DEFAULT) * largest
                    + TIMES / ULPS * moves
                    + TERMS * exact.magnitude(name);
            String difference = difference(name, wanted, computed.values().get(name), allowed, largest);
            if (!difference.isEmpty()) {
                return difference;
            }
        }
        return "";
    }

    private Trajectory trajectory(Numbers numbers, Arithmetic arithmetic, ModelRun.Computed computed, float rate) {
        return new Trajectory(network, reference, numbers, arithmetic).run(computed.masks(), rate);
    }

    private static double distance(double[] one, double[] other) {
        double distance = 0;
        for (int i = 0; i < one.length; i++) {
            distance = Math.max(distance, Math.abs(one[i] - other[i]));
        }
        return distance;
    }

    private static String difference(String name, double[] wanted, float[] got, double allowed, double largest) {
        if (got == null || got.length != wanted.length) {
            return name + " has " + (got == null ? "no" : got.length) + " elements, not " + wanted.length;
        }
        int wrong = 0;
        int worst = -1;
        for (int i = 0; i < wanted.length; i++) {
            double difference = Math.abs(got[i] - wanted[i]);
            if (!(difference <= allowed)) {
                wrong++;
                worst = worst < 0 || Double.isNaN(difference) || difference > Math.abs(got[worst] - wanted[worst])
                        ? i
                        : worst;
            }
        }
        return wrong == 0
                ? ""
                : String.format(
                        java.util.Locale.ROOT,
                        "%s: %d of %d elements; [%d] is %s, the reference has %.9g; largest %.3g, allowed %.2g",
                        name,
                        wrong,
                        wanted.length,
                        worst,
                        got[worst],
                        wanted[worst],
                        largest,
                        allowed);
    }
}
