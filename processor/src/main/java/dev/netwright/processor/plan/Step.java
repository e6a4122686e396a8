package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Shape;
import java.util.List;

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

    /** Where an operand lies. */
    public Place place(String operand) {
        List<Operand> known = kernel.operands();
        for (int i = 0; i < operands.size(); i++) {
            if (known.get(i).name().equals(operand)) {
                return operands.get(i);
            }
        }
        throw new IllegalArgumentException(name + " has no operand " + operand);
    }

    /** When it runs. */
    public Node.Phase phase() {
        return node.phase();
    }
}
