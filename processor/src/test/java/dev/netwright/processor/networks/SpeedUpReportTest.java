package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.report.TextReport;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the report says of threads. */
class SpeedUpReportTest {
    private static List<Double> row(NetworkText network, String name) {
        Planned planned = Planned.of(network);
        String report = TextReport.of(planned.facts());
        String line = report.lines()
                .filter(each -> each.strip().startsWith(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(report));
        return Arrays.stream(line.substring(31).strip().split(" +"))
                .map(Double::valueOf)
                .toList();
    }

    @Test
    void shareMakesFasterAndMeetingsDoNotMakeSlower() {
        for (String name : List.of("prediction, 1 sample", "prediction, 16 samples", "training, 64 samples")) {
            List<Double> row = row(NetworkText.CIFAR, name);
            System.out.println(name + " " + row);
            assertThat(row).hasSize(7).allMatch(each -> each >= 1);
            assertThat(row.get(0)).isEqualTo(1.0);
            assertThat(row.get(1)).isBetween(1.5, 2.0);
        }
    }

    @Test
    void whatOneWorkerDoesAloneIsNoFaster() {
        assertThat(row(NetworkText.MLP, "prediction, 1 sample")).containsOnly(1.0);
    }
}
