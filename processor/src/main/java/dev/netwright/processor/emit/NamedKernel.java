package dev.netwright.processor.emit;

import dev.netwright.processor.plan.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A kernel that is written as a method.
 *
 * @param name of the method
 * @param comment what the first step that calls it computes with it
 * @param operands what is told of each that it is given there; empty for a part of another kernel
 * @param kernel what it does
 */
record NamedKernel(String name, String comment, List<String> operands, Kernel kernel) {
    /** Callers that are told by name. */
    private static final int MOST_OTHERS = 6;

    /**
     * What there is to tell, a paragraph each.
     *
     * @param others names of further steps that call it
     */
    List<String> documentation(List<String> others) {
        List<String> paragraphs = new ArrayList<>(List.of(comment));
        if (!operands.isEmpty()) {
            paragraphs.add("There " + String.join(", ", operands));
        }
        if (!others.isEmpty()) {
            String some = others.stream().limit(MOST_OTHERS).collect(Collectors.joining(", "));
            int more = others.size() - MOST_OTHERS;
            paragraphs.add("Also for " + some + (more > 0 ? " and " + more + " more" : ""));
        }
        return paragraphs;
    }
}
