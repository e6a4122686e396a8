package dev.netwright.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {
    private static final Row ROW = Rows.list().get(0);

    private static Results results() {
        Results results = new Results();
        add(results, "Netwright, JDK 17", "", true, 0.020);
        add(results, "Netwright, JDK 25", "", true, 0.016);
        add(results, "PyTorch", "nchw", false, 0.050);
        add(results, "PyTorch", "channels_last", false, 0.040);
        results.fact(ROW.id(), "flops.step", 2e9);
        results.limit("fma", ROW.id(), 2, 200e9);
        results.version("PyTorch", "PyTorch 1.13");
        return results;
    }

    private static void add(Results results, String contestant, String setting, boolean ours, double seconds) {
        Series series = results.series(new Series.Key(ROW.id(), "step", 2, contestant, setting), ours);
        series.fork();
        series.add(seconds);
    }

    @Test
    void ratiosAreToTheBestSettingOfTheBestPeer() {
        assertThat(MarkdownReport.of(results(), List.of(ROW), List.of(2)))
                .contains(
                        "| CIFAR CNN, training step, batch 64 | 2 | 20.0 ms | 16.0 ms | PyTorch, channels_last | 40.0 ms"
                                + " | 0.50 | 0.40 | 63 % |")
                .contains("| PyTorch, nchw | 50.0 ms | 50.0 ms | 50.0 ms | 40.0 GF/s | 20 % |");
    }

    @Test
    void jsonHoldsEverySeries(@TempDir Path folder) throws IOException {
        Reports.write(folder, results(), List.of(ROW), List.of(2));

        Map<String, Object> json = Json.readObject(Files.readString(folder.resolve("results.json")));
        assertThat((List<?>) json.get("series")).hasSize(4);
        assertThat(((List<?>) json.get("series")).get(1))
                .asString()
                .contains("contestant=Netwright, JDK 25", "median=0.016", "ratio=0.4", "flops=2.0E9");
    }
}
