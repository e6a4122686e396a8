package dev.netwright.processor.drawn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.drawn.Verdict.Kind;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
        isSeen("RightScalarKernels", source -> withCallOfTanh(source, "from, to", "from, to - 1"));
    }

    @Test
    void aBorderThatIsWrittenIsSeen() {
        isSeen("RightScalarKernels", source -> withCallOfTanh(source, "outBase", "outBase - 4"));
    }

    @Test
    void anAxisInPlaceOfAnotherIsSeen() {
        isSeen("RightScalarKernels", source -> withCallOfTanh(source, ", 32,", ", 4,"));
    }

    /** Its rows, and how far they are apart, are arguments of a method that another layer calls too. */
    private static String withCallOfTanh(String source, String argument, String wrong) {
        Matcher call = Pattern.compile("void tanh1\\([^{]*\\{\\s*(tanh1OfSizes\\([^;]*;)")
                .matcher(source);
        assertThat(call.find()).isTrue();
        return source.substring(0, call.start(1))
                + call.group(1).replace(argument, wrong)
                + source.substring(call.end(1));
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
