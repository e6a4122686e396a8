package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.report.LatencyTable;
import dev.netwright.processor.report.LatencyTable.Row;
import dev.netwright.processor.report.TextReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Predicted latency against what the checked-in rows were measured to take; nothing is timed here. */
class LatencyTest {
    private static final LatencyTable TABLE = LatencyTable.measured();

    /** Percent that half of the rows stay within. */
    private static final double MEDIAN = 30;

    private static final Map<String, NetworkText> NETWORKS = Map.of(
            "mlp-predict-1", NetworkText.MLP,
            "lenet5-predict-1", NetworkText.LENET,
            "cifar-predict-1", NetworkText.CIFAR,
            "resnet20-predict-1", NetworkText.zoo("ResNet20", 3, 32, 32),
            "vgg16-predict-1", NetworkText.zoo("Vgg16", 3, 224, 224),
            "resnet18-predict-1", NetworkText.zoo("ResNet18", 3, 224, 224),
            "resnet50-predict-1", NetworkText.zoo("ResNet50", 3, 224, 224),
            "mobilenet_v2-predict-1", NetworkText.zoo("MobileNetV2", 3, 224, 224));

    private static NetworkText network(Row row) {
        if (NETWORKS.containsKey(row.id())) {
            return NETWORKS.get(row.id());
        }
        int input = row.declared().lastIndexOf(" of ");
        return NetworkText.of(
                "LayerNet",
                "@Network(input = {" + row.declared().substring(input + 4) + "})",
                "@" + row.declared().substring(0, input) + " Layer layer;");
    }

    private static double micros(NetworkText network) {
        return Planned.inference(network).facts().latency().micros();
    }

    private static double perceptron(int features) {
        return micros(NetworkText.of(
                "WideNet", "@Network(input = 256)", "@Linear(outFeatures = " + features + ") Layer fc;"));
    }

    @Test
    void halfOfTheMeasuredRowsAreWithinThirtyPercent() {
        List<Row> now = new ArrayList<>();
        for (Row row : TABLE.rows()) {
            now.add(new Row(row.id(), row.measured(), micros(network(row)), row.declared()));
        }
        LatencyTable table = new LatencyTable(TABLE.machine(), TABLE.nanoseconds(), now);
        System.out.println(table.reliability());

        assertThat(now).hasSizeGreaterThan(30);
        assertThat(table.medianError()).isLessThan(MEDIAN);
        assertThat(TABLE.medianError())
                .as("what reports say, where plans may have changed since")
                .isCloseTo(table.medianError(), within(10.0));
    }

    @Test
    void moreToComputeTakesLonger() {
        double last = 0;
        for (int features : new int[] {16, 64, 1024, 4096, 40_000}) {
            double micros = perceptron(features);
            assertThat(micros).as("%d features", features).isGreaterThan(last);
            last = micros;
        }
        assertThat(TABLE.nanoseconds().values())
                .allMatch(constant -> constant >= 0)
                .anyMatch(constant -> constant > 0);
    }

    @Test
    void theReportSaysWhatItIsMadeOfAndHowGoodItIs() {
        Planned cifar = Planned.of(NetworkText.CIFAR);
        String report = TextReport.of(cifar.facts());
        double micros = cifar.facts().latency().micros();

        assertThat(report)
                .contains(String.format(Locale.ROOT, "Predicted to take %.1f us for one sample on one thread:", micros))
                .contains("products of Winograd")
                .containsPattern(
                        "A prediction for AMD EPYC [^:]+: of 37 networks and layers measured\\s+there half are");
    }

    @Test
    void aTableThatIsWrongIsRefusedWithItsLine() {
        assertThatThrownBy(() -> LatencyTable.parse("machine: mine\nsteps: -3 ns\n"))
                .hasMessageContaining("steps: -3 ns");
        assertThatThrownBy(() -> LatencyTable.parse("leaps: 3 ns\n")).hasMessageContaining("unknown term: leaps");
        assertThatThrownBy(() -> LatencyTable.parse("machine: mine\n")).hasMessageContaining("products of tiles");
    }
}
