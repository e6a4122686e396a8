package dev.netwright.processor.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.Compiled;
import dev.netwright.processor.Compiled.Message;
import dev.netwright.processor.diagnostic.Problem;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.Diagnostic.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each mistake gives one error, with its id, on its line, at its attribute, in these words. javac knows no position
 * within repeated annotations: the class's stands for
 * them. Its position of a qualified name is the last dot.
 */
class CatalogueTest {
    /** Found outside the declared class, and tested there: releases, options, files, crashes, missing types,
     * class files, files of weights. */
    private static final Set<Problem> ELSEWHERE = EnumSet.of(
            Problem.RELEASE,
            Problem.OPTION,
            Problem.LINT,
            Problem.OPTION_NAME,
            Problem.FILE,
            Problem.CRASH,
            Problem.MISSING_TYPE,
            Problem.MODEL_NAME,
            Problem.CLASS_NAME,
            Problem.UNSUPPORTED,
            Problem.BLOCK_CYCLE,
            Problem.ORDER,
            Problem.STALE_ORDER,
            Problem.OTHER_VERSION,
            Problem.WEIGHTS_NAME,
            Problem.WEIGHTS_FOUND,
            Problem.WEIGHTS_READ,
            Problem.WEIGHTS_MISSING,
            Problem.WEIGHTS_SHAPE,
            Problem.WEIGHTS_UNEXPECTED,
            Problem.WEIGHTS_KEYS,
            Problem.WEIGHTS_ENTRY,
            Problem.BUDGET,
            Problem.BUDGET_LIMIT);

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsOneErrorAtItsPlaceInItsWords(Mistake mistake) {
        List<Message> errors = Compiled.of(mistake.source()).errors();

        assertThat(errors)
                .extracting(Message::text)
                .containsExactly("[" + mistake.problem().id() + "] " + mistake.text());
        assertThat(errors.get(0).rest()).isEqualTo(Compiled.afterCaret(mistake.source()));
        assertThat(errors.get(0).lineText()).endsWith(markedLine(mistake.source()));
    }

    @Test
    void everyErrorOfTheCatalogueHasItsTest() {
        Set<Problem> tested = EnumSet.copyOf(ELSEWHERE);
        mistakes().forEach(mistake -> tested.add(mistake.problem()));

        assertThat(Problem.values())
                .filteredOn(problem -> problem.kind() == Kind.ERROR)
                .containsExactlyInAnyOrderElementsOf(tested);
    }

    private static String markedLine(String source) {
        return source.lines()
                .filter(line -> line.indexOf(Compiled.CARET) >= 0)
                .findFirst()
                .orElseThrow()
                .replace(String.valueOf(Compiled.CARET), "");
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(
                        ClassMistakes.mistakes(),
                        InputMistakes.mistakes(),
                        LayerMistakes.mistakes(),
                        InitMistakes.mistakes(),
                        LossMistakes.mistakes())
                .flatMap(each -> each);
    }
}
