package dev.netwright.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FigureTableTest {
    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        FigureTable table = new FigureTable("epoch", List.of("1", "2"));
        table.add("loss", 6, List.of("0.5", "1234567.0"));
        table.add("a", 3, List.of("1", "2"));
        assertThat(table.toString().lines())
                .containsExactly("epoch      loss   a", "    1       0.5   1", "    2 1234567.0   2");
    }

    @Test
    void whatIsTooWideGoesOnBelow() {
        FigureTable table = new FigureTable("epoch", List.of("1"));
        for (String name : List.of("a", "b", "c")) {
            table.add(name, 40, List.of(name.repeat(2)));
        }
        String gap = " ".repeat(37);
        assertThat(table.toString().lines())
                .containsExactly(
                        "epoch  " + gap + " a",
                        "    1  " + gap + "aa",
                        "",
                        "epoch  " + gap + " b",
                        "    1  " + gap + "bb",
                        "",
                        "epoch  " + gap + " c",
                        "    1  " + gap + "cc");
    }

    @Test
    void aHistoryOfManyMetricsKeepsWithinEightyColumns() {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (String name : List.of("loss", "accuracy", "top-5", "f1", "a metric with quite a long name", "mae")) {
            figures.put(name, 0.5);
        }
        History history = new History();
        history.add(new History.Epoch(1, 12345.6789, figures, figures, 1e-7, 10, 100));
        assertThat(history.toString().lines())
                .allMatch(line -> line.length() <= 80)
                .anyMatch(line -> line.contains("train top-5"))
                .anyMatch(line -> line.endsWith("samples/s"));
    }
}
