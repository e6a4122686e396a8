package dev.netwright.processor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import dev.netwright.processor.Compiled;
import dev.netwright.processor.NetwrightProcessor;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.lint.LintCases.Silent;
import dev.netwright.processor.lint.LintCases.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.tools.Diagnostic;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each lint tells, where, and how it is silenced. Each test compiles all of its networks at once. */
class LintsTest {
    /** Of what is no network, and of the build. */
    private static final Set<Problem> ELSEWHERE = Set.of(Problem.NO_MODEL, Problem.KERNELS);

    @Test
    void everyLintOfTheCatalogueHasItsCodeAndItsCases() {
        List<Problem> lints =
                Problem.lints().filter(lint -> !ELSEWHERE.contains(lint)).toList();
        assertThat(Lints.problems()).containsExactlyInAnyOrderElementsOf(lints);
        assertThat(LintCases.told()).extracting(Told::problem).containsAll(lints);
        assertThat(LintCases.silent()).extracting(Silent::problem).containsAll(lints);
    }

    @Test
    void eachIsToldOnceAtItsPlaceInItsWords() {
        List<Told> cases = LintCases.told();
        List<List<Compiled.Told>> told = told(List.of(), numbered(sources(cases)));
        SoftAssertions softly = new SoftAssertions();
        for (int i = 0; i < cases.size(); i++) {
            Told expected = cases.get(i);
            List<String> texts = told.get(i).stream()
                    .filter(each ->
                            each.message().id().equals(expected.problem().id()))
                    .map(each -> each.message().text())
                    .toList();
            softly.assertThat(texts).containsExactly("[" + expected.problem().id() + "] " + expected.text());
            String rest = Compiled.afterCaret(expected.source()).replace("class Net", "class Net" + i);
            softly.assertThat(told.get(i))
                    .as(expected.source())
                    .anyMatch(each -> each.kind() == expected.problem().kind()
                            && each.message().rest().endsWith(rest));
        }
        softly.assertAll();
    }

    @Test
    void whatIsMuchLikeItAndRightIsNotTold() {
        List<Silent> cases = LintCases.silent();
        List<List<Compiled.Told>> told =
                told(List.of(), numbered(cases.stream().map(Silent::source).toList()));
        SoftAssertions softly = new SoftAssertions();
        for (int i = 0; i < cases.size(); i++) {
            Silent silent = cases.get(i);
            softly.assertThat(told.get(i))
                    .as(silent.source())
                    .noneMatch(
                            each -> each.message().id().equals(silent.problem().id()));
        }
        softly.assertAll();
    }

    @Test
    void theClassSilencesIt() {
        assertSilent(told -> "@SuppressWarnings(\"" + told.problem().id() + "\") " + told.source());
    }

    @Test
    void theFieldSilencesIt() {
        assertSilent(told -> {
            int at = told.source().lastIndexOf('@', told.source().indexOf(Compiled.CARET) + 1);
            String suppressing = "@SuppressWarnings(\"" + told.problem().id() + "\") ";
            // an input is no field
            return told.text().contains("the input")
                    ? suppressing + told.source()
                    : told.source().substring(0, at)
                            + suppressing
                            + told.source().substring(at);
        });
    }

    @Test
    void whatIsInheritedIsTheOtherClasssToMend() {
        List<Told> cases = LintCases.told();
        List<String> sources = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            String suppressing = "@SuppressWarnings(\"" + cases.get(i).problem().id() + "\") ";
            String base = suppressing + cases.get(i).source().replace("class Net", "class Base" + i);
            sources.add(base);
            sources.add("@Network class Net" + i + " extends Base" + i + " {}");
        }
        List<Compiled.Told> told =
                Compiled.with(List.of(), sources.toArray(String[]::new)).told();
        SoftAssertions softly = new SoftAssertions();
        for (int i = 0; i < cases.size(); i++) {
            String file = "Net" + i + ".java";
            Problem problem = cases.get(i).problem();
            softly.assertThat(told)
                    .as(cases.get(i).source())
                    .noneMatch(each -> each.message().file().endsWith("/" + file)
                            && each.message().id().equals(problem.id()));
        }
        softly.assertAll();
    }

    private static void assertSilent(Function<Told, String> change) {
        List<Told> cases = LintCases.told();
        List<List<Compiled.Told>> told =
                told(List.of(), numbered(cases.stream().map(change).toList()));
        SoftAssertions softly = new SoftAssertions();
        for (int i = 0; i < cases.size(); i++) {
            Told silenced = cases.get(i);
            softly.assertThat(told.get(i))
                    .as(silenced.source())
                    .noneMatch(each ->
                            each.message().id().equals(silenced.problem().id()));
        }
        softly.assertAll();
    }

    @Test
    void whatIsFrozenIsNotToBeChanged() {
        List<List<Compiled.Told>> told = told(
                List.of(),
                numbered(List.of(
                        "@Network(input = {3, 8, 8}) @MSELoss @Frozen(\"conv*\") class Net {"
                                + " @Conv2d(outChannels = 4, kernelSize = 3) Layer conv; @BatchNorm2d Layer norm; }",
                        "@Network(input = 8) @MSELoss @Frozen(\"fc*\") class Net {"
                                + " @Linear(outFeatures = 6) Layer fc1; @Linear(outFeatures = 6) Layer fc2;"
                                + " @ReLU Layer relu; @Linear(outFeatures = 2) Layer head; }")));
        assertThat(told).allMatch(List::isEmpty);
    }

    private static final String HALF = "@Block @interface Half { String[] from() default {}; class Layers {"
            + " @MaxPool2d(kernelSize = 2) Layer pool; @ReLU Layer relu; } }";

    private static List<String> texts(String... sources) {
        return Compiled.with(List.of(), sources).told().stream()
                .map(each -> each.message().text() + " | "
                        + each.message().rest().lines().findFirst().orElse(""))
                .toList();
    }

    @Test
    void whatIsWithinABlockIsToldThereOnce() {
        assertThat(Compiled.with(
                                List.of(),
                                HALF,
                                "@Network(input = {3, 7, 8}) @MSELoss class Net { @Half Layer a;"
                                        + " @Half(from = \"input\") Layer b; @Repeat(1) @Half(from = \"input\") Layer c;"
                                        + " @Add(from = {\"a\", \"b\", \"c.0\"}) Layer sum; }")
                        .told())
                .singleElement()
                .satisfies(told -> {
                    assertThat(told.message().id()).isEqualTo("netwright/pool-drops");
                    assertThat(told.message().text()).contains("a.pool");
                    assertThat(told.message().rest())
                            .endsWith("@MaxPool2d(kernelSize = 2) Layer pool; @ReLU Layer relu; } }");
                });
    }

    @Test
    void whatHoldsNotWhereverABlockIsUsedIsNotTold() {
        assertThat(texts(HALF, "@Network(input = {3, 14, 8}) @MSELoss class Net { @Half Layer a; @Half Layer b; }"))
                .isEmpty();
    }

    @Test
    void whatIsWithinABlockIsSilencedThereOrWhereItIsUsed() {
        String silence = "@SuppressWarnings(\"netwright/pool-drops\") ";
        String network = "@Network(input = {3, 7, 8}) @MSELoss class Net { @Half Layer a; @Flatten Layer flat;"
                + " @Linear(outFeatures = 2) Layer fc; }";
        assertThat(texts(HALF, network)).hasSize(1);
        assertThat(texts(HALF, network.replace("@Half", silence + "@Half"))).isEmpty();
        assertThat(texts(silence + HALF, network)).isEmpty();
        assertThat(texts(HALF.replace("@MaxPool2d", silence + "@MaxPool2d"), network))
                .isEmpty();
    }

    @Test
    void aRowIsToldOfOnce() {
        List<List<Compiled.Told>> told = told(
                List.of(),
                List.of("@Network(input = 8) @MSELoss class Net0 { @Linear(outFeatures = 8) @Repeat(4) Layer row; }"));
        assertThat(told.get(0)).extracting(each -> each.message().id()).containsExactly("netwright/linear-pair");
    }

    @Test
    void levelsAreOfAllAndOfEach() {
        String conv = "@Network(input = {3, 7, 8}) @MSELoss class Net0 {"
                + " @Conv2d(outChannels = 4, kernelSize = 2, padding = Conv2d.SAME) Layer conv; @BatchNorm2d Layer norm;"
                + " @MaxPool2d(kernelSize = 2) Layer pool; @Flatten Layer flat;"
                + " @Linear(outFeatures = 9) Layer fc1; @Linear(outFeatures = 2) Layer fc2; }";
        assertThat(kinds(conv))
                .containsExactly("conv-bias WARNING", "same-even WARNING", "linear-pair NOTE", "pool-drops WARNING");
        assertThat(kinds(conv, "off")).isEmpty();
        assertThat(kinds(conv, "note"))
                .containsExactly("conv-bias NOTE", "same-even NOTE", "linear-pair NOTE", "pool-drops NOTE");
        assertThat(kinds(conv, "error"))
                .containsExactly("conv-bias ERROR", "same-even ERROR", "linear-pair ERROR", "pool-drops ERROR");
        assertThat(kinds(conv, "conv-bias=off,same-even=error,linear-pair=warn"))
                .containsExactly("same-even ERROR", "linear-pair NOTE", "pool-drops WARNING");
        assertThat(kinds(conv, "off,pool-drops=note")).containsExactly("pool-drops NOTE");
    }

    @ParameterizedTest
    @CsvSource({"'', NOTE", "note, NOTE", "kernels=warn, NOTE", "error, ERROR", "off,"})
    void thatOnlyScalarKernelsAreGeneratedIsAFactAboutTheBuild(String levels, Diagnostic.Kind kind) {
        List<String> options = levels.isEmpty() ? List.of() : List.of("-Anetwright.lints=" + levels);
        List<Diagnostic.Kind> kinds = Compiler.javac()
                .withProcessors(new NetwrightProcessor())
                .withOptions(options)
                .compile(JavaFileObjects.forSourceLines(
                        "Net",
                        "import dev.netwright.annotations.*;",
                        "@Network(input = 2) class Net { @ReLU Layer act; }"))
                .diagnostics()
                .stream()
                .filter(each -> each.getMessage(Locale.ROOT).startsWith("[netwright/kernels]"))
                .map(Diagnostic::getKind)
                .map(Diagnostic.Kind.class::cast)
                .toList();
        assertThat(kinds).isEqualTo(kind == null ? List.of() : List.of(kind));
    }

    private static List<String> kinds(String source, String... level) {
        List<String> options = level.length == 0 ? List.of() : List.of("-Anetwright.lints=" + level[0]);
        return Compiled.with(options, source).told().stream()
                .map(told -> told.message().id().substring("netwright/".length()) + " "
                        + told.kind().name().replace("MANDATORY_", ""))
                .toList();
    }

    private static List<String> sources(List<Told> cases) {
        return cases.stream().map(Told::source).toList();
    }

    /** Each network under a name of its own. */
    private static List<String> numbered(List<String> sources) {
        return IntStream.range(0, sources.size())
                .mapToObj(i -> sources.get(i).replace("class Net", "class Net" + i))
                .toList();
    }

    /** By network, whose names end in their numbers. */
    private static List<List<Compiled.Told>> told(List<String> options, List<String> sources) {
        List<Compiled.Told> all =
                Compiled.with(options, sources.toArray(String[]::new)).told();
        return IntStream.range(0, sources.size())
                .mapToObj(i -> all.stream()
                        .filter(told -> told.message().file().endsWith("/Net" + i + ".java"))
                        .toList())
                .toList();
    }
}
