package dev.netwright.processor.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Arrays of any number of floats: what is too long for one initialiser is put together by methods. */
final class FloatTable {
    /** Floats in one method; each takes some 8 bytecodes, and no method should have more than 6,000. */
    private static final int MOST = 500;

    private static final TypeName FLOATS = ArrayTypeName.of(TypeName.FLOAT);

    private FloatTable() {}

    /**
     * The array as an expression.
     *
     * @param type gets the methods that it takes
     * @param name of the method that gives the array, if there is one; no other begins with it
     */
    static CodeBlock addTo(TypeSpec.Builder type, String name, List<Float> values) {
        if (values.isEmpty()) {
            return CodeBlock.of("new float[0]");
        } else if (values.size() <= MOST) {
            return array(values);
        }
        MethodSpec.Builder whole =
                method(name).returns(FLOATS).addStatement("float[] all = new float[$L]", values.size());
        int part = 0;
        for (int first = 0; first < values.size(); first += MOST) {
            List<Float> some = values.subList(first, Math.min(first + MOST, values.size()));
            String partName = name + "Part" + ++part;
            type.addMethod(method(partName)
                    .addParameter(FLOATS, "all")
                    .addStatement("float[] part = $L", array(some))
                    .addStatement("$T.arraycopy(part, 0, all, $L, $L)", System.class, first, some.size())
                    .build());
            whole.addStatement("$L(all)", partName);
        }
        type.addMethod(whole.addStatement("return all").build());
        return CodeBlock.of("$L()", name);
    }

    private static MethodSpec.Builder method(String name) {
        return MethodSpec.methodBuilder(name).addModifiers(Modifier.PRIVATE, Modifier.STATIC);
    }

    private static CodeBlock array(List<Float> values) {
        String literals = values.stream().map(ExprEmitter::literal).collect(Collectors.joining(",$W"));
        return CodeBlock.of("new float[] {" + literals + "}");
    }
}
