package dev.netwright.processor.emit;

import static dev.netwright.processor.emit.RuntimeNames.SUPPORT;

import com.palantir.javapoet.ClassName;
import dev.netwright.processor.plan.Kernel.Tap;
import java.util.List;
import java.util.function.Function;

/**
 * A kernel that is not hot, as a call of the runtime's.
 *
 * @param owner the runtime's class
 * @param method its name
 * @param literals what comes behind the operands, with a comma and a space between
 * @param shared whether it is told which units to take; else it takes all
 */
record RuntimeCall(ClassName owner, String method, String literals, boolean shared) {
    /** How a kernel is written as a call. */
    interface Writer<K> {
        /** @param tables the name of the field that holds some taps */
        RuntimeCall of(K kernel, Function<List<Tap>, String> tables);
    }

    /** A call for some of the units. */
    static RuntimeCall of(String method, Object... literals) {
        return new RuntimeCall(SUPPORT, method, text(literals), true);
    }

    /** A call for all units. */
    static RuntimeCall once(String method, Object... literals) {
        return new RuntimeCall(SUPPORT, method, text(literals), false);
    }

    /** The call of another class's. */
    RuntimeCall in(ClassName other) {
        return new RuntimeCall(other, method, literals, shared);
    }

    private static String text(Object... literals) {
        StringBuilder text = new StringBuilder();
        for (Object literal : literals) {
            text.append(text.length() == 0 ? "" : ", ").append(literal);
        }
        return text.toString();
    }
}
