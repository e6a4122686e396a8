package dev.netwright.processor.emit;

import dev.netwright.processor.graph.ParameterDeclaration.Kind;
import dev.netwright.processor.plan.ParameterPlan;
import dev.netwright.processor.plan.Place;
import dev.netwright.processor.plan.Place.Array;
import dev.netwright.processor.plan.Step;
import java.util.HashMap;
import java.util.Map;

/** What lies at the places of a program, as people call it. */
final class ValueNames {
    private final Map<Integer, ParameterPlan.Entry> parameters = new HashMap<>();
    private final Map<Integer, ParameterPlan.Entry> buffers = new HashMap<>();
    private final Map<Integer, ParameterPlan.Entry> gradients = new HashMap<>();

    ValueNames(ParameterPlan plan) {
        for (ParameterPlan.Entry entry : plan.entries()) {
            Kind kind = entry.parameter().declaration().kind();
            if (kind != Kind.COUNTER) {
                (kind == Kind.PARAMETER ? parameters : buffers).put(entry.offset(), entry);
            }
            if (entry.isTrained()) {
                gradients.put(entry.gradientOffset(), entry);
            }
        }
    }

    /** Whether an array has what entries tell of. */
    static boolean hasEntries(Array array) {
        return array == Array.PARAMETERS || array == Array.GRADIENTS || array == Array.BUFFERS;
    }

    /** Of what begins there in an array that has entries; null where nothing does. */
    ParameterPlan.Entry entry(Place place) {
        return switch (place.array()) {
            case PARAMETERS -> parameters.get(place.base());
            case GRADIENTS -> gradients.get(place.base());
            case BUFFERS -> buffers.get(place.base());
            default -> throw new IllegalArgumentException(place.array() + " has no entries");
        };
    }

    /** What an operand of a step is. */
    String of(Step step, int operand) {
        Place place = step.operands().get(operand);
        return switch (place.array()) {
            case PARAMETERS, BUFFERS -> key(place);
            case GRADIENTS -> "the gradient of " + key(place);
            case ARENA, SCRATCH, PREPARED -> step.contents().get(operand).name();
            case LOCAL -> "the worker's memory";
            case CONSTANTS -> "a table";
            case INPUT -> "the caller's input";
            case INDEX_COUNTS -> "how often rows are named";
            case FACTORS -> "the loss's factor";
            case LOSS_WEIGHTS -> "the loss's weights";
            case OUTPUT -> "the caller's output";
            case TARGET -> "the caller's target";
        };
    }

    private String key(Place place) {
        ParameterPlan.Entry entry = entry(place);
        return entry == null ? "a parameter" : entry.parameter().key();
    }
}
