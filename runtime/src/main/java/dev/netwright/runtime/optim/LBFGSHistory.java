package dev.netwright.runtime.optim;

import dev.netwright.runtime.ParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What {@link LBFGS} remembers: changes of the parameters and of the gradient, oldest first, from which it makes
 * directions.
 */
final class LBFGSHistory {
    /** Less curvature along a change is not remembered: the estimate would no longer be positive. */
    private static final double LEAST_CURVATURE = 1e-10;

    /** Of the gradient, and of the parameters; arrays beyond the count wait to be used again. */
    private float[][] changes = new float[100][];

    private float[][] moves = new float[100][];
    /** 1 over each change times its move. */
    private double[] inverses = new double[100];

    private double[] factors = new double[100];
    private int count;
    private double scale = 1;
    /** Whether the numbers above belong to the vectors, which may have been loaded. */
    private boolean derived = true;

    /** Loaded before the others, of which nothing remains. */
    private final Slot direction = new Slot("d", () -> true) {
        @Override
        void values(float[] loaded) {
            clear();
            super.values(loaded);
        }
    };

    private final Slot previous = new Slot("prev_flat_grad", () -> true);
    /** Where the newest pair is computed, before it is known to count. */
    private float[] spareChange;

    private float[] spareMove;

    void resize(int size) {
        changes = new float[size][];
        moves = new float[size][];
        inverses = new double[size];
        factors = new double[size];
    }

    void allocate(int length) {
        direction.allocate(length);
        previous.allocate(length);
    }

    void clear() {
        count = 0;
        scale = 1;
        derived = true;
    }

    float[] direction() {
        return direction.values();
    }

    /** The direction to go from a gradient; step is what the last one was gone along. */
    void direct(FlatVectors vectors, float[] gradient, float step, boolean first) {
        float[] d = direction.values();
        if (first) {
            clear();
            vectors.scale(-1, gradient, d);
        } else {
            derive(vectors);
            remember(vectors, gradient, step);
            vectors.scale(-1, gradient, d);
            for (int i = count - 1; i >= 0; i--) {
                factors[i] = vectors.dot(moves[i], d) * inverses[i];
                vectors.add(d, (float) -factors[i], changes[i], d);
            }
            vectors.scale((float) scale, d, d);
            for (int i = 0; i < count; i++) {
                double factor = factors[i] - vectors.dot(changes[i], d) * inverses[i];
                vectors.add(d, (float) factor, moves[i], d);
            }
        }
        vectors.copy(gradient, previous.values());
    }

    private void remember(FlatVectors vectors, float[] gradient, float step) {
        float[] d = direction.values();
        spareChange = spareChange == null ? new float[d.length] : spareChange;
        spareMove = spareMove == null ? new float[d.length] : spareMove;
        vectors.add(gradient, -1, previous.values(), spareChange);
        vectors.scale(step, d, spareMove);
        if (!(vectors.dot(spareChange, spareMove) > LEAST_CURVATURE)) {
            return;
        }
        int last = changes.length - 1;
        int at = Math.min(count, last);
        float[] freeChange = count > last ? changes[0] : changes[at];
        float[] freeMove = count > last ? moves[0] : moves[at];
        if (count > last) {
            System.arraycopy(changes, 1, changes, 0, last);
            System.arraycopy(moves, 1, moves, 0, last);
            System.arraycopy(inverses, 1, inverses, 0, last);
        }
        changes[at] = spareChange;
        moves[at] = spareMove;
        spareChange = freeChange;
        spareMove = freeMove;
        count = at + 1;
        derive(vectors, at);
    }

    private void derive(FlatVectors vectors) {
        for (int i = 0; !derived && i < count; i++) {
            derive(vectors, i);
        }
        derived = true;
    }

    private void derive(FlatVectors vectors, int i) {
        double curvature = vectors.dot(changes[i], moves[i]);
        inverses[i] = 1 / curvature;
        scale = curvature / vectors.dot(changes[i], changes[i]);
    }

    /** In the order of the state dict, in which they are loaded. */
    List<Slot> slots() {
        List<Slot> slots = new ArrayList<>(List.of(direction, previous));
        for (int i = 0; i < changes.length; i++) {
            slots.add(remembered("old_dirs." + i, changes, i));
            slots.add(remembered("old_stps." + i, moves, i));
        }
        return slots;
    }

    /** A place in the history; what is beyond the count only waits to be used again. */
    private Slot remembered(String name, float[][] vectors, int at) {
        return new Slot(name, () -> false) {
            @Override
            float[] values() {
                return at < count ? vectors[at] : null;
            }

            @Override
            void values(float[] loaded) {
                vectors[at] = loaded;
                count = loaded == null ? count : at + 1;
                derived = false;
            }
        };
    }

    /** As PyTorch keeps it. */
    void torch(FlatVectors vectors, List<ParameterSpec> specs, Map<String, Object> own) {
        derive(vectors);
        own.put("d", LBFGSTorchState.flatten(specs, direction.values()));
        own.put("prev_flat_grad", LBFGSTorchState.flatten(specs, previous.values()));
        List<Object> dirs = new ArrayList<>();
        List<Object> stps = new ArrayList<>();
        List<Object> ro = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            dirs.add(LBFGSTorchState.flatten(specs, changes[i]));
            stps.add(LBFGSTorchState.flatten(specs, moves[i]));
            ro.add(TorchOptimizerState.scalar((float) inverses[i]));
        }
        own.put("old_dirs", dirs);
        own.put("old_stps", stps);
        own.put("ro", ro);
        own.put("H_diag", TorchOptimizerState.scalar((float) scale));
    }
}
