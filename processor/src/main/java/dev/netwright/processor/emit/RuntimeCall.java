package dev.netwright.processor.emit;

import static dev.netwright.processor.emit.RuntimeNames.SUPPORT;

import com.palantir.javapoet.ClassName;
import dev.netwright.processor.plan.Kernel.Tap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A kernel that is not hot, as a call of the runtime's.
 *
 * @param owner the runtime's class
 * @param method its name
 * @param arguments what comes behind the operands
 * @param shared whether it is told which units to take; else it takes all
 */
record RuntimeCall(ClassName owner, String method, List<String> arguments, boolean shared) {
    RuntimeCall {
        arguments = List.copyOf(arguments);
    }

    /** How a kernel is written as a call. */
    interface Writer<K> {
        /** @param tables the name of the field that holds some taps */
        RuntimeCall of(K kernel, Function<List<Tap>, String> tables);
    }

    /** A call for some of the units. */
    static RuntimeCall of(String method) {
        return new RuntimeCall(SUPPORT, method, List.of(), true);
    }

    /** A call for all units. */
    static RuntimeCall once(String method) {
        return new RuntimeCall(SUPPORT, method, List.of(), false);
    }

    /** The call of another class's. */
    RuntimeCall in(ClassName other) {
        return new RuntimeCall(other, method, arguments, shared);
    }

    /** With one more argument, which says itself what it is. */
    RuntimeCall with(String argument) {
        List<String> all = new ArrayList<>(arguments);
        all.add(argument);
        return new RuntimeCall(owner, method, all, shared);
    }

    /** With one more argument, behind its parameter's name. */
    RuntimeCall with(String parameter, Object argument) {
        return with(named(parameter, argument));
    }

    /** An argument behind its parameter's name. */
    static String named(String parameter, Object argument) {
        return "/* " + parameter + " */ " + argument;
    }
}
