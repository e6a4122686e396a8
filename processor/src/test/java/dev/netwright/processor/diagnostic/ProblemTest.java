package dev.netwright.processor.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ProblemTest {
    @Test
    void idsAreDistinctAndInKebabCase() {
        assertThat(Arrays.stream(Problem.values()).map(Problem::id))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("netwright/[a-z]+(-[a-z]+)*"));
    }

    @Test
    void aProblemIsReportedOnceAtAPlace() {
        ProblemReport report = new ProblemReport();
        report.add(Problem.SHAPE, null, "fc1 is wrong.");
        report.add(Problem.SHAPE, null, "fc1 is wrong.");
        report.add(Problem.SHAPE, null, "fc2 is wrong.");

        assertThat(report.entries())
                .extracting(ProblemReport.Entry::text)
                .containsExactly("fc1 is wrong.", "fc2 is wrong.");
    }

    @Test
    void warningsAndNotesLeaveAReportClean() {
        ProblemReport report = new ProblemReport();
        report.add(Problem.UNUSED_LAYER, null, "fc1", "Leave it out.");
        report.add(Problem.KERNELS, null, "Scalar kernels only.");
        assertThat(report.isClean()).isTrue();

        report.add(Problem.SHAPE, null, "fc1 is wrong.");
        assertThat(report.isClean()).isFalse();
    }
}
