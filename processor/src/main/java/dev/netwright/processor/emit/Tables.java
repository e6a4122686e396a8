package dev.netwright.processor.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/**
 * Arrays of any number of literals within one method or initialiser: what is too long for it, with those before, is put
 * together by methods.
 */
final class Tables {
    private final TypeSpec.Builder type;
    private int left = Bytecodes.MOST;

    /** @param type gets the methods that it takes */
    Tables(TypeSpec.Builder type) {
        this.type = type;
    }

    /**
     * An array as an expression.
     *
     * @param name of the method that gives the array, if there is one; no other begins with it
     */
    Code floats(String name, List<Float> values) {
        return values.isEmpty()
                ? Code.of("new float[0]")
                : table(
                        name,
                        TypeName.FLOAT,
                        values.stream().map(ExprEmitter::literal).toList());
    }

    /** As {@link #floats}. */
    Code ints(String name, List<Integer> values) {
        return table(name, TypeName.INT, values.stream().map(String::valueOf).toList());
    }

    private Code table(String name, TypeName element, List<String> literals) {
        Code array = array(element, literals);
        int length = Bytecodes.of(array);
        if (length <= left) {
            left -= length;
            return array;
        }
        MethodSpec.Builder method = method(name).returns(ArrayTypeName.of(element));
        if (length <= Bytecodes.MOST) {
            method.addStatement("return $L", array.block());
        } else {
            method.addStatement("$1T[] all = new $1T[$2L]", element, literals.size())
                    .addCode(parts(name, element, literals).body())
                    .addStatement("return all");
        }
        type.addMethod(method.build());
        return Code.of("$L()", name);
    }

    private Code parts(String name, TypeName element, List<String> literals) {
        List<Integer> indices =
                IntStream.range(0, literals.size()).boxed().collect(Collectors.toCollection(ArrayList::new));
        return new MethodParts<Integer>(type, name + "Part") {
            @Override
            Code code(String part, List<Integer> some) {
                int first = some.get(0);
                return Code.builder()
                        .addStatement(
                                "$T[] part = $L", element, array(element, literals.subList(first, first + some.size())))
                        .addStatement("$T.arraycopy(part, 0, all, $L, $L)", System.class, first, some.size())
                        .build();
            }

            @Override
            int bytecodes(Integer index) {
                return Bytecodes.of(array(element, literals.subList(index, index + 1)));
            }

            @Override
            MethodSpec.Builder method(String part) {
                return Tables.method(part).addParameter(ArrayTypeName.of(element), "all");
            }

            @Override
            Code call(String part, List<Integer> some) {
                return Code.builder().addStatement("$L(all)", part).build();
            }
        }.of(indices);
    }

    private static MethodSpec.Builder method(String name) {
        return MethodSpec.methodBuilder(name).addModifiers(Modifier.PRIVATE, Modifier.STATIC);
    }

    private static Code array(TypeName element, List<String> literals) {
        return Code.of("new $T[] {" + String.join(",$W", literals) + "}", element);
    }
}
