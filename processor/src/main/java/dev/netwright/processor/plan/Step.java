package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One call of a kernel.
 *
 * @param name the layer's name, with a suffix for what the kernel computes
 * @param comment what goes in and out, for readers of the generated code
 * @param kernel the loops
 * @param decision how the kernel was chosen, as a sentence; empty where there was nothing to choose
 * @param operands in the kernel's order
 * @param contents what lies at each operand
 * @param work how it is divided among threads
 * @param node what it is a part of
 */
public record Step(
        String name,
        String comment,
        Kernel kernel,
        String decision,
        List<Place> operands,
        List<Content> contents,
        Work work,
        Node node) {
    /**
     * What lies at a place while a step runs.
     *
     * @param name of the value, or of the step that leaves something there for those behind it
     * @param shape of the value; null for what has no value's name
     */
    public record Content(String name, Shape shape) {
        /** Of the arrays that begin at the same places in all programs, and of the caller's. */
        static final Content OUTSIDE = new Content("", null);
    }

    /**
     * Independent units of work, numbered from 0.
     *
     * @param unit what the units are counted by
     * @param count units in all, or per sample, or per group of samples
     */
    public record Work(Unit unit, int count) {
        /** What there are {@code count} units for. */
        public enum Unit {
            STEP,
            SAMPLE,
            /** {@link Planner#GROUP} samples, the last group perhaps fewer. */
            GROUP
        }
    }

    public Step {
        operands = List.copyOf(operands);
        contents = List.copyOf(contents);
    }

    /** Where the operands lie, by their names. */
    public Map<String, Place> places() {
        List<Operand> known = kernel.operands();
        Map<String, Place> places = new HashMap<>();
        for (int i = 0; i < operands.size(); i++) {
            places.put(known.get(i).name(), operands.get(i));
        }
        return places;
    }

    /** When it runs. */
    public Node.Phase phase() {
        return node.phase();
    }
}
