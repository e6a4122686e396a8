package dev.netwright.processor.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
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
    CodeBlock floats(String name, List<Float> values) {
        return values.isEmpty()
                ? CodeBlock.of("new float[0]")
                : table(
                        name,
                        TypeName.FLOAT,
                        values.stream().map(ExprEmitter::literal).toList());
    }

    /** As {@link #floats}. */
    CodeBlock ints(String name, List<Integer> values) {
        return table(name, TypeName.INT, values.stream().map(String::valueOf).toList());
    }

    private CodeBlock table(String name, TypeName element, List<String> literals) {
        CodeBlock array = array(element, literals);
        int length = Bytecodes.of(array);
        if (length <= left) {
            left -= length;
            return array;
        }
        MethodSpec.Builder method = method(name).returns(ArrayTypeName.of(element));
        if (length <= Bytecodes.MOST) {
            method.addStatement("return $L", array);
        } else {
            method.addStatement("$1T[] all = new $1T[$2L]", element, literals.size())
                    .addCode(parts(name, element, literals))
                    .addStatement("return all");
        }
        type.addMethod(method.build());
        return CodeBlock.of("$L()", name);
    }

    private CodeBlock parts(String name, TypeName element, List<String> literals) {
        List<Integer> indices =
                IntStream.range(0, literals.size()).boxed().collect(Collectors.toCollection(ArrayList::new));
        return new MethodParts<Integer>(type, name + "Part") {
            @Override
            CodeBlock code(String part, List<Integer> some) {
                int first = some.get(0);
                return CodeBlock.builder()
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
            CodeBlock call(String part, List<Integer> some) {
                return CodeBlock.builder().addStatement("$L(all)", part).build();
            }
        }.of(indices);
    }

    private static MethodSpec.Builder method(String name) {
        return MethodSpec.methodBuilder(name).addModifiers(Modifier.PRIVATE, Modifier.STATIC);
    }

    private static CodeBlock array(TypeName element, List<String> literals) {
        return CodeBlock.of("new $T[] {" + String.join(",$W", literals) + "}", element);
    }
}
