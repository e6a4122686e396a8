package dev.netwright.processor.emit;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Distributes what would be too long for one method over several, which one calls in turn: the number of layers has no
 * bound, that of a method's bytecodes has. Where the calls are too many for one method, they are distributed likewise.
 *
 * @param <T> what there is one of after the other
 */
abstract class MethodParts<T> {
    private final TypeSpec.Builder type;
    private final String name;
    private int methods;

    /**
     * @param type gets the methods
     * @param name of them, with a number behind it
     */
    MethodParts(TypeSpec.Builder type, String name) {
        this.type = type;
        this.name = name;
    }

    /** The code of some in order, in a method of this name. */
    abstract Code code(String method, List<T> some);

    /** About how much code one takes. */
    abstract int bytecodes(T one);

    /** A method for a part, without its code. */
    abstract MethodSpec.Builder method(String part);

    /** Calls the method that has the code of some. */
    abstract Code call(String part, List<T> some);

    /** Behind the number of the method that has some, for who meets it in a stack trace. */
    String suffix(List<T> some) {
        return "";
    }

    /** Behind the last call. */
    Code end() {
        return Code.of("");
    }

    /** The code of all: itself, or calls. */
    final Code of(List<T> all) {
        List<List<T>> groups = groups(all, this::bytecodes);
        if (groups.size() <= 1) {
            return code(name, all);
        }
        List<Call<T>> calls = calls(groups, some -> some, this::code);
        while (true) {
            List<List<Call<T>>> further = groups(calls, call -> Bytecodes.of(call.code()));
            if (further.size() == 1) {
                return joined(calls);
            }
            calls = calls(
                    further,
                    some -> some.stream().flatMap(call -> call.items().stream()).toList(),
                    (part, some) -> joined(some));
        }
    }

    private record Call<T>(Code code, List<T> items) {}

    private interface Body<S> {
        Code of(String part, List<S> some);
    }

    /** A method for each group. */
    private <S> List<Call<T>> calls(List<List<S>> groups, Function<List<S>, List<T>> items, Body<S> body) {
        List<Call<T>> calls = new ArrayList<>();
        for (List<S> group : groups) {
            String part = name + ++methods + suffix(items.apply(group));
            type.addMethod(method(part).addCode(body.of(part, group).body()).build());
            calls.add(new Call<>(call(part, items.apply(group)), items.apply(group)));
        }
        return calls;
    }

    private Code joined(List<Call<T>> calls) {
        Code.Builder code = Code.builder();
        for (Call<T> call : calls) {
            code.add(call.code());
        }
        return code.add(end()).build();
    }

    /** In their order, in as few groups as fit into a method each. */
    static <S> List<List<S>> groups(List<S> all, ToIntFunction<S> bytecodes) {
        List<List<S>> groups = new ArrayList<>();
        int length = 0;
        for (S one : all) {
            int own = bytecodes.applyAsInt(one);
            if (groups.isEmpty() || length + own > Bytecodes.MOST) {
                groups.add(new ArrayList<>());
                length = 0;
            }
            groups.get(groups.size() - 1).add(one);
            length += own;
        }
        return groups;
    }

    /** Statements of their own, in methods without parameters that matter to the caller. */
    static Code statements(
            TypeSpec.Builder type,
            String name,
            Function<String, MethodSpec.Builder> method,
            String arguments,
            List<Code> statements) {
        return new MethodParts<Code>(type, name) {
            @Override
            Code code(String part, List<Code> some) {
                return Code.join(some, "");
            }

            @Override
            int bytecodes(Code one) {
                return Bytecodes.of(one);
            }

            @Override
            MethodSpec.Builder method(String part) {
                return method.apply(part);
            }

            @Override
            Code call(String part, List<Code> some) {
                return Code.builder().addStatement("$L($L)", part, arguments).build();
            }
        }.of(statements);
    }
}
