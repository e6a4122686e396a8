package dev.netwright.processor.drawn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.drawn.Verdict.Kind;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The tests of the tests: a mistake in generated code that leaves out or misplaces a little must be seen. */
class MistakesTest {
    private static final DrawnNetwork NETWORK = Declaration.of(4, 6, 6)
            .layer("Tanh")
            .conv(8, 3)
            .maxPool(2)
            .conv(8, 3)
            .layer("Tanh")
            .conv(3, 3)
            .network(true, false, 2);
    private static final CompiledBatch RIGHT = CompiledBatch.of(Map.of("Right", NETWORK));

    @Test
    void theNetworkItselfIsRight() {
        Verdict verdict = RIGHT.verdict("Right");
        assertThat(verdict.kind()).as(verdict.message()).isEqualTo(Kind.RIGHT);
    }

    @Test
    void aBorderThatIsNotClearedIsSeen() {
        isSeen("RightInference", source -> source.replaceAll("Support\\.clearBorder\\([^;]*;", ""));
    }

    @Test
    void aRowThatIsNotWrittenIsSeen() {
        isSeen(
                "RightScalarKernels",
                source -> source.replaceFirst("(void tanh1\\([^{]*\\{\\s*for [^;]*; unit < to)", "$1 - 1"));
    }

    @Test
    void aBorderThatIsWrittenIsSeen() {
        isSeen("RightScalarKernels", source -> withRowsOfTanh(source, "i * 32 - 4"));
    }

    @Test
    void anAxisInPlaceOfAnotherIsSeen() {
        isSeen("RightScalarKernels", source -> withRowsOfTanh(source, "i * 4"));
    }

    private static String withRowsOfTanh(String source, String rows) {
        return source.replaceFirst("(?s)(void tanh1\\(.*?\\+ sample \\* \\d+ \\+ )i \\* 32;", "$1" + rows + ";");
    }

    @Test
    void aGradientThatIsAddedTwiceIsSeen() {
        isSeen("RightTraining", source -> source.replaceFirst("(kernels\\.conv4Added\\([^;]*;)", "$1 $1"));
    }

    @Test
    void aLaneOfAGradientThatBelongsToNoElementIsSeen() {
        isSeen(
                "RightTraining",
                source -> source.replaceFirst(
                        "(kernels\\.conv6Added\\([^;]*;)", "$1 gradients[gradients.length - 1] = 1;"));
    }

    private static void isSeen(String className, UnaryOperator<String> mistake) {
        String right = RIGHT.sources().get("tested." + className);
        assertThat(mistake.apply(right)).as("the mistake changes something").isNotEqualTo(right);
        Verdict verdict = RIGHT.changed(source -> source.equals(right) ? mistake.apply(source) : source)
                .verdict("Right");
        assertThat(verdict.kind()).as(verdict.message()).isEqualTo(Kind.WRONG);
    }
}
