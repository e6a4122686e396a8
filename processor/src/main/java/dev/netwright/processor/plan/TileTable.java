package dev.netwright.processor.plan;

import dev.netwright.processor.plan.TileRow.Figures;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The measured shapes of tiles: for each form, number of lanes and number of registers a row with the shape that is
 * preferred, and below it what that and others were measured to make. {@code benchmarks/run --tiles} writes it.
 *
 * <p>The compiler reads it from the resource {@value #RESOURCE} beside this class. A folder with another file of that
 * name in front of the processor on the processor path replaces it: so the benchmark tries shapes.
 */
public final class TileTable {
    /** The name of the file, in the folder of this package. */
    public static final String RESOURCE = "tiles.txt";

    private static final Pattern ROW = Pattern.compile("(\\S+)/(\\d+) lanes/(\\d+) registers: (\\d+x\\d+)");
    private static final Pattern FIGURES = Pattern.compile("    JDK (\\d+), (\\d+) bits: (.+) GF");
    private static final Pattern RATE = Pattern.compile("(\\d+x\\d+) (\\d+(?:\\.\\d+)?)");

    private static final TileTable MEASURED = read();

    private final Map<String, TileRow> rows = new LinkedHashMap<>();

    private TileTable() {}

    /** The table that the compiler uses. */
    public static TileTable measured() {
        return MEASURED;
    }

    private static TileTable read() {
        try (InputStream in = TileTable.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + RESOURCE + " beside " + TileTable.class);
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a table; fails with the line where something is wrong. Lines with a number sign in front are comments. */
    public static TileTable parse(String text) {
        TileTable table = new TileTable();
        String[] lines = text.split("\r?\n");
        for (int i = 0; i < lines.length; i++) {
            try {
                table.line(lines[i].stripTrailing());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        RESOURCE + ", line " + (i + 1) + ": " + e.getMessage() + ": " + lines[i], e);
            }
        }
        return table;
    }

    private void line(String line) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        if (line.startsWith(" ")) {
            figures(line);
            return;
        }
        Matcher row = ROW.matcher(line);
        if (!row.matches()) {
            throw new IllegalArgumentException("not a row such as \"nested/32 lanes/16 registers: 4x2\"");
        }
        TileForm form = TileForm.named(row.group(1))
                .orElseThrow(() -> new IllegalArgumentException(
                        "no form " + row.group(1) + ", only " + List.of(TileForm.values())));
        TileShape shape = TileShape.parse(row.group(4));
        TileRow read =
                new TileRow(form, Integer.parseInt(row.group(2)), Integer.parseInt(row.group(3)), shape, List.of());
        if (rows.put(read.key(), read) != null) {
            throw new IllegalArgumentException("a second row of its kind");
        }
    }

    private void figures(String line) {
        Matcher figures = FIGURES.matcher(line);
        if (rows.isEmpty() || !figures.matches()) {
            throw new IllegalArgumentException("not a row's figures such as \"    JDK 17, 256 bits: 4x2 80.1 GF\"");
        }
        Map<String, Double> rates = new TreeMap<>();
        for (String text : figures.group(3).split(", ")) {
            Matcher rate = RATE.matcher(text);
            if (!rate.matches()) {
                throw new IllegalArgumentException("not a shape and its rate: " + text);
            }
            rates.put(rate.group(1), Double.parseDouble(rate.group(2)));
        }
        TileRow last = rows().get(rows.size() - 1);
        List<Figures> all = new ArrayList<>(last.figures());
        all.add(new Figures(Integer.parseInt(figures.group(1)), Integer.parseInt(figures.group(2)), rates));
        rows.put(last.key(), last.with(all));
    }

    /** All rows, in order. */
    public List<TileRow> rows() {
        return List.copyOf(rows.values());
    }

    /** The row of a kind of tile. */
    TileRow row(TileForm form, int lanes, int registers) {
        String key = TileRow.key(form, lanes, registers);
        TileRow row = rows.get(key);
        if (row == null) {
            throw new IllegalStateException(RESOURCE + " has no row " + key);
        }
        return row;
    }
}
