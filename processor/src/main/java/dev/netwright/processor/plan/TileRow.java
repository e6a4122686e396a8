package dev.netwright.processor.plan;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A row of the {@link TileTable}.
 *
 * @param form of the tile
 * @param lanes that it goes over at a time
 * @param registers vector registers
 * @param shape that is preferred; columns are results, of which a window takes four
 * @param figures what was measured, in order; none where the row was not
 */
public record TileRow(TileForm form, int lanes, int registers, TileShape shape, List<Figures> figures) {
    /** Registers of AVX-512 and of 64-bit ARM. */
    public static final int WIDE = 32;

    /** Registers of AVX2. */
    public static final int NARROW = 16;

    /**
     * What shapes were measured to make.
     *
     * @param jdk feature version
     * @param bits of a vector
     * @param rates useful operations in a nanosecond, by shapes as text
     */
    public record Figures(int jdk, int bits, Map<String, Double> rates) {
        public Figures {
            rates = Map.copyOf(rates);
        }

        /** A line of the table. */
        @Override
        public String toString() {
            return new TreeMap<>(rates)
                    .entrySet().stream()
                            .map(rate -> String.format(Locale.ROOT, "%s %.1f", rate.getKey(), rate.getValue()))
                            .collect(Collectors.joining(", ", "    JDK " + jdk + ", " + bits + " bits: ", " GF"));
        }
    }

    public TileRow {
        figures = List.copyOf(figures);
        if (lanes < Layout.LANES || lanes > Weights.PRODUCT || lanes % Layout.LANES != 0) {
            throw new IllegalArgumentException("a tile has 16, 32, 48 or 64 lanes, not " + lanes);
        }
        if (registers != WIDE && registers != NARROW) {
            throw new IllegalArgumentException("there are 16 or 32 registers, not " + registers);
        }
        check(form, lanes, registers, shape);
    }

    private static void check(TileForm form, int lanes, int registers, TileShape shape) {
        // the vectors of AVX-512 have 16 lanes, those of AVX2 8
        int most = lanes / (registers == WIDE ? Layout.LANES : Layout.LANES / 2);
        if (shape.vectors() < 1 || most % shape.vectors() != 0) {
            throw new IllegalArgumentException(
                    lanes + " lanes are at most " + most + " vectors, which " + shape.vectors() + " do not divide");
        }
        if (shape.columns() < 1 || form == TileForm.POOLED && shape.columns() % TileFit.WINDOW != 0) {
            throw new IllegalArgumentException("tiles of " + form + " do not have " + shape.columns() + " columns");
        }
    }

    /** How it is cited. */
    public String key() {
        return key(form, lanes, registers);
    }

    static String key(TileForm form, int lanes, int registers) {
        return form + "/" + lanes + " lanes/" + registers + " registers";
    }

    /** The same with another shape. */
    public TileRow with(TileShape other) {
        return new TileRow(form, lanes, registers, other, figures);
    }

    /** The same with other figures. */
    public TileRow with(List<Figures> others) {
        return new TileRow(form, lanes, registers, shape, others);
    }

    /** The lines of the table. */
    @Override
    public String toString() {
        return key() + ": " + shape + "\n"
                + figures.stream().map(line -> line + "\n").collect(Collectors.joining());
    }
}
