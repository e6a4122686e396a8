package dev.netwright.processor.emit;

import dev.netwright.processor.graph.ParameterDeclaration.Kind;
import dev.netwright.processor.plan.ParameterPlan;
import dev.netwright.processor.plan.Place;
import dev.netwright.processor.plan.Place.Array;
import dev.netwright.processor.plan.Step;

/** What lies at the places of a program, as people call it. */
final class ValueNames {
    private final ParameterPlan plan;

    ValueNames(ParameterPlan plan) {
        this.plan = plan;
    }

    /** Whether an array has what entries tell of. */
    static boolean hasEntries(Array array) {
        return array == Array.PARAMETERS || array == Array.GRADIENTS || array == Array.BUFFERS;
    }

    /** Of what begins there in an array that has entries; null where nothing does. */
    ParameterPlan.Entry entry(Place place) {
        return switch (place.array()) {
            case PARAMETERS -> plan.entry(Kind.PARAMETER, place.base());
            case GRADIENTS -> plan.trained(place.base());
            case BUFFERS -> plan.entry(Kind.BUFFER, place.base());
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
