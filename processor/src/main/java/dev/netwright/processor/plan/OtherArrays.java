package dev.netwright.processor.plan;

import dev.netwright.processor.graph.ParameterDeclaration.Kind;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.plan.Place.Array;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** What is known of the arrays whose parts keep their place: parameters and what is prepared, tables, the caller's. */
final class OtherArrays {
    private final Plan.Program program;
    private final Map<Integer, ParameterPlan.Entry> parameters = new HashMap<>();
    private final Map<Integer, ParameterPlan.Entry> buffers = new HashMap<>();
    private final Map<Integer, ParameterPlan.Entry> gradients = new HashMap<>();
    private final int constants;
    /** Floats that were prepared. */
    private final BitSet prepared = new BitSet();

    OtherArrays(ParameterPlan plan, Plan.Program program) {
        this.program = program;
        for (ParameterPlan.Entry entry : plan.entries()) {
            Kind kind = entry.parameter().declaration().kind();
            if (kind != Kind.COUNTER) {
                (kind == Kind.BUFFER ? buffers : parameters).put(entry.offset(), entry);
            }
            if (entry.isTrained()) {
                gradients.put(entry.gradientOffset(), entry);
            }
        }
        int tables = program.byteTables().stream()
                .mapToInt(Primitive.ByteTable::size)
                .sum();
        constants = program.constants().size() + tables;
    }

    /** Before the first step. */
    void clear() {
        prepared.clear();
    }

    /** What is wrong with an access, or null. */
    String wrong(Access access, Place place, Runs runs) {
        return switch (place.array()) {
            case PARAMETERS, BUFFERS, GRADIENTS -> entry(access, place, runs);
            case PREPARED -> prepared(access, place, runs);
            case CONSTANTS -> outside(runs, constants - place.base());
            case LOCAL -> outside(runs, program.local());
            default -> outside(runs, place.layout().size());
        };
    }

    private static String outside(Runs runs, int size) {
        return runs.first() >= 0 && runs.end() <= size
                ? null
                : "reaches from float " + runs.first() + " up to " + runs.end() + ", of " + size;
    }

    private String entry(Access access, Place place, Runs runs) {
        ParameterPlan.Entry entry = entries(place.array()).get(place.base());
        if (entry == null) {
            return "begins at " + place.base() + ", where nothing does";
        } else if (access.mode().isWrite() && place.array() != Array.GRADIENTS) {
            return entry.parameter().key() + " is written by a step";
        }
        return outside(runs, entry.size());
    }

    private Map<Integer, ParameterPlan.Entry> entries(Array array) {
        return switch (array) {
            case BUFFERS -> buffers;
            case GRADIENTS -> gradients;
            default -> parameters;
        };
    }

    /** What is prepared depends on parameters alone; its memory is nobody else's. */
    private String prepared(Access access, Place place, Runs runs) {
        String outside = outside(runs, program.prepared() - place.base());
        if (outside != null) {
            return outside;
        }
        int base = place.base();
        int elements =
                place.layout().inMemoryOrder().stream().mapToInt(Axis::extent).reduce(1, Math::multiplyExact);
        Stretch known = new Stretch();
        String[] wrong = new String[1];
        runs.forEach((from, to) -> {
            int first = base + from;
            int end = base + to;
            if (access.mode().isWrite()) {
                if (!known.has(first, end)) {
                    int taken = prepared.nextSetBit(first);
                    known.set(first, taken < 0 ? Integer.MAX_VALUE : taken);
                    wrong[0] = known.has(first, end) ? wrong[0] : "writes float " + taken + " twice";
                }
                prepared.set(first, end);
                known.set(end, known.end());
            } else if (!known.has(first, end)) {
                int missing = prepared.nextClearBit(first);
                known.set(first, missing);
                // padding lanes that nothing has written are zeros from the start, as the memory is nobody else's
                boolean padding = access.padding() == Access.Padding.LANES && missing >= base + elements;
                wrong[0] = missing < end && !padding
                        ? "reads float " + missing + ", which nothing has prepared"
                        : wrong[0];
            }
        });
        return wrong[0];
    }
}
