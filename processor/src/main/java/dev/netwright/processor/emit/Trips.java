package dev.netwright.processor.emit;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.netwright.processor.plan.Layout;
import dev.netwright.processor.plan.Rehearsal;
import javax.lang.model.element.Modifier;

/**
 * Loops that a rehearsal cuts short. Kernels carry a mask of their counts: with all bits set they are the literal ones,
 * with none every loop has two turns. C2 sees that there is at least one, without which JDK 17 boxes the accumulators;
 * a single one would let it cut off the way back to the loop's head.
 */
final class Trips {
    private static final int ALL = -1;

    private static final int BRIEF = 0;

    private Trips() {}

    /** The head of a loop; in scalar code the count is fixed. */
    static Code loop(String variable, int count, Lanes lanes) {
        return loop(variable, count, 1, "++", lanes);
    }

    /** The head of a loop over so many elements, in vectors. */
    static Code vectors(String variable, int count) {
        return vectors(variable, count, 1);
    }

    /** The head of a loop over so many elements, some vectors at a time. */
    static Code vectors(String variable, int count, int vectors) {
        String step = Index.of("").lanes("L", vectors).toString();
        return loop(variable, count, vectors * Layout.LANES, " += " + step, Lanes.VECTOR);
    }

    /**
     * Writes what vectors leave of so many elements, at least one vector: in vectors of the last ones, some of which are
     * then done twice.
     *
     * @param body for the lanes from the variable on
     */
    static void rest(Code.Builder code, String variable, int count, Runnable body) {
        code.beginControlFlow(
                "for (int last = $1L; last < $2L; last += L)", count / Layout.LANES * Layout.LANES, count);
        code.addStatement("int $L = Math.min(last, $L - L)", variable, count);
        body.run();
        code.endControlFlow();
    }

    private static Code loop(String variable, int count, int turn, String step, Lanes lanes) {
        String end = lanes.isVector() && Rehearsal.shortens(count, turn)
                ? "(" + (count - Rehearsal.TURNS * turn) + " & trips) + " + Rehearsal.TURNS * turn
                : String.valueOf(count);
        return Code.of("for (int $1L = 0; $1L < $2L; $1L$3L)", variable, end, step);
    }

    /** The mask and how kernels with the brief one are made. */
    static void addTo(TypeSpec.Builder type, TypeName self, TypeName contract) {
        type.addField(FieldSpec.builder(TypeName.INT, "trips", Modifier.PRIVATE, Modifier.FINAL)
                .addJavadoc(
                        "A mask of the loops' counts: all bits, so that (30 & trips) + 2 is 32; none in rehearsals, where it is 2.\n")
                .build());
        type.addMethod(
                MethodSpec.constructorBuilder().addStatement("this($L)", ALL).build());
        type.addMethod(MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(TypeName.INT, "trips")
                .addStatement("this.trips = trips")
                .build());
        type.addMethod(MethodSpec.methodBuilder("brief")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(contract)
                .addStatement("return new $T($L)", self, BRIEF)
                .build());
    }

    /** What kernels that are not worth a rehearsal say. */
    static MethodSpec none(TypeName contract) {
        return MethodSpec.methodBuilder("brief")
                .addJavadoc(
                        "The same code with two turns of each loop, to be compiled early; null if that gains nothing.\n")
                .addModifiers(Modifier.PUBLIC, Modifier.DEFAULT)
                .returns(contract)
                .addStatement("return null")
                .build();
    }
}
