package dev.netwright.processor.plan;

import dev.netwright.processor.graph.ElementType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * An array that a kernel reads or writes; {@link Kernel#accesses} has which of its elements.
 *
 * @param name what the kernel calls it
 * @param type of its elements
 * @param own whether it is the worker's own memory, in which no value lies
 */
public record Operand(String name, ElementType type, boolean own) {
    /** Collects a kernel's operands in their order. */
    static final class Builder {
        private final List<Operand> operands = new ArrayList<>();

        Builder floats(String... names) {
            return floats(List.of(names));
        }

        Builder floats(Collection<String> names) {
            names.forEach(name -> add(name, ElementType.FLOAT32));
            return this;
        }

        Builder floatsIf(boolean condition, String name) {
            return condition ? floats(name) : this;
        }

        /** Numbered from 0. */
        Builder numbered(String name, int count) {
            for (int i = 0; i < count; i++) {
                floats(name + i);
            }
            return this;
        }

        Builder add(String name, ElementType type) {
            operands.add(new Operand(name, type, false));
            return this;
        }

        Builder own(String name) {
            operands.add(new Operand(name, ElementType.FLOAT32, true));
            return this;
        }

        List<Operand> list() {
            return List.copyOf(operands);
        }
    }

    static Builder list() {
        return new Builder();
    }

    /** Arrays of floats. */
    static List<Operand> floats(String... names) {
        return list().floats(names).list();
    }
}
