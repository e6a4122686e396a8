package dev.netwright.benchmarks.subject;

import dev.netwright.processor.plan.TileRow;
import dev.netwright.processor.plan.TileRow.Figures;
import dev.netwright.processor.plan.TileShape;
import dev.netwright.processor.plan.TileTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the processes measured, and the table of it. */
final class TileResults {
    /** So much faster on every JDK is a shape that takes the place of the table's. */
    private static final double CLEARLY = 1.05;

    /** One JDK alone decides nothing: what C2 makes of a tile differs between them, and between runs. */
    private static final int FEWEST = 2;

    private static final String HEADER = """
            # Shapes of register tiles, columns x vectors, by the form of a tile, the lanes that it goes over at a time, and vector
            # registers. Below a row what shapes made: GF of the plain algorithm, one thread, the best of some hundred steps. A
            # row without figures was not measured and has the shape of its like. Written by benchmarks/run --tiles on
            # %s
            """;

    private static final String RATES = "rates-";

    private final Path folder;
    private final Map<String, Map<String, Double>> rates = new LinkedHashMap<>();

    TileResults(Path folder) {
        this.folder = folder;
    }

    /** Adds what a row's shape makes; of two measurements the higher. */
    void add(TileRow row, double rate) {
        rates.computeIfAbsent(row.key(), key -> new LinkedHashMap<>())
                .merge(row.shape().toString(), rate, Math::max);
    }

    /** Writes down what one process measured, as a table of its own. */
    void save(int jdk, int bits, int registers) throws IOException {
        StringBuilder text = new StringBuilder();
        for (TileRow row : TileTable.measured().rows()) {
            if (row.registers() == registers && rates.containsKey(row.key())) {
                text.append(row.with(List.of(new Figures(jdk, bits, rates.get(row.key())))));
            }
        }
        Files.writeString(folder.resolve(RATES + bits + "-" + jdk), text);
    }

    /** Writes the table that all processes' figures make of the compiler's. */
    void write(Path file, String machine) throws IOException {
        Map<String, List<Figures>> all = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path saved : files.filter(each -> each.getFileName().toString().startsWith(RATES))
                    .sorted()
                    .toList()) {
                for (TileRow row : TileTable.parse(Files.readString(saved)).rows()) {
                    all.computeIfAbsent(row.key(), key -> new ArrayList<>()).addAll(row.figures());
                }
            }
        }
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, HEADER, machine));
        for (TileRow row : TileTable.measured().rows()) {
            List<Figures> figures = all.getOrDefault(row.key(), row.figures());
            TileRow chosen = all.containsKey(row.key()) ? row.with(choice(row.shape(), figures)) : row;
            if (!chosen.shape().equals(row.shape())) {
                System.out.println(row.key() + ": " + row.shape() + " becomes " + chosen.shape());
            }
            text.append(chosen.with(figures));
        }
        Files.writeString(file, text);
    }

    /** The shape that is clearly faster than another on every JDK, by the most where it gains least; else the other. */
    static TileShape choice(TileShape present, List<Figures> figures) {
        if (figures.size() < FEWEST) {
            return present;
        }
        return figures.get(0).rates().keySet().stream()
                .filter(shape -> gain(shape, present, figures) > CLEARLY)
                .max(Comparator.comparingDouble(shape -> gain(shape, present, figures)))
                .map(TileShape::parse)
                .orElse(present);
    }

    private static double gain(String shape, TileShape present, List<Figures> figures) {
        return figures.stream()
                .mapToDouble(each -> each.rates().getOrDefault(shape, 0.0)
                        / each.rates().getOrDefault(present.toString(), Double.MAX_VALUE))
                .min()
                .orElse(0);
    }
}
