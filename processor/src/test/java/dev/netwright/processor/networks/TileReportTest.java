package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.plan.TileTable;
import dev.netwright.processor.report.TextReport;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the report says of the shapes of tiles. */
class TileReportTest {
    @Test
    void eachTileCitesItsRows() {
        Planned planned = Planned.of(NetworkText.CIFAR);
        List<String> lines = TextReport.of(planned.facts()).lines().toList();
        List<String> rows = TileTable.measured().rows().stream()
                .map(row -> row.key() + ": " + row.shape())
                .toList();
        int tiles = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(", with 16 registers")) {
                tiles++;
                String cited = lines.get(i + 1);
                assertThat(cited).matches(" {4}rows \\S+/\\d+ lanes/32 registers: \\d+x\\d+, 16 registers: \\d+x\\d+");
                assertThat(rows).contains(cited.strip().replace("rows ", "").split(",")[0]);
                assertThat(cited.length()).isLessThanOrEqualTo(80);
            }
        }
        assertThat(tiles).isPositive();
    }
}
