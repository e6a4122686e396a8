package dev.netwright.training.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** One chart of several lines over the same axis. */
final class CurvePanel {
    /** Of Okabe and Ito, which the colour-blind tell apart; its yellow is too light for lines. */
    private static final Color[] COLOURS = {
        new Color(0x0072b2),
        new Color(0xd55e00),
        new Color(0x009e73),
        new Color(0xcc79a7),
        new Color(0xe69f00),
        new Color(0x56b4e9),
        Color.BLACK
    };
    /** Up to here each x has a label of its own, so that few epochs are labelled by whole numbers. */
    private static final int LABELS = 10;

    /** Up to here each point is also a dot. */
    private static final int DOTS = 30;

    private final String yLabel;
    private final List<CurveSeries> series = new ArrayList<>();
    private boolean logarithmic;

    CurvePanel(String yLabel) {
        this.yLabel = yLabel;
    }

    void logarithmic() {
        logarithmic = true;
    }

    void add(CurveSeries added) {
        if (series.stream().anyMatch(other -> other.name().equals(added.name()))) {
            throw new IllegalArgumentException(
                    "The panel " + yLabel + " already has a series " + added.name() + "; give this one another name.");
        }
        series.add(added);
    }

    void draw(Graphics2D graphics, String xLabel, int width, int height) {
        XYChart chart = new XYChartBuilder()
                .width(width)
                .height(height)
                .xAxisTitle(xLabel)
                .yAxisTitle(yLabel)
                .build();
        style(chart.getStyler());
        for (CurveSeries line : series) {
            double[] y = line.drawable(logarithmic);
            if (Arrays.stream(y).allMatch(Double::isNaN)) {
                continue; // XChart finds no axis for it
            }
            XYSeries drawn = y.length <= LABELS
                    ? chart.addSeries(line.name(), line.x(), y)
                    : chart.addSeries(
                            line.name(), with(line.x(), (line.x()[0] + line.x()[1]) / 2), with(y, Double.NaN));
            drawn.setMarker(y.length <= DOTS ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
            drawn.setLineStyle(new BasicStroke(2f));
        }
        if (logarithmic) {
            wholeDecades(chart.getStyler());
        }
        chart.paint(graphics, width, height);
    }

    /**
     * With a further number. XChart labels every so many of evenly spaced x, whatever they are and close to each other, and
     * round numbers of others: a further x without a y makes them uneven, and nothing is drawn for it.
     */
    private static double[] with(double[] numbers, double further) {
        double[] all = Arrays.copyOf(numbers, numbers.length + 1);
        all[numbers.length] = further;
        return all;
    }

    /** XChart labels powers of ten alone: two of them at least shall be in sight. */
    private void wholeDecades(XYStyler styler) {
        double[] shown = series.stream()
                .flatMapToDouble(line -> Arrays.stream(line.drawable(true)))
                .filter(value -> !Double.isNaN(value))
                .toArray();
        if (shown.length > 0) {
            double low = Math.floor(Math.log10(Arrays.stream(shown).min().orElseThrow()));
            double high = Math.ceil(Math.log10(Arrays.stream(shown).max().orElseThrow()));
            styler.setYAxisMin(Math.pow(10, low));
            styler.setYAxisMax(Math.pow(10, Math.max(high, low + 1)));
        }
    }

    /** Without XChart's {@code .001}: plain where that is short, else with an exponent. */
    private static String label(double value) {
        BigDecimal rounded = new BigDecimal(value, new MathContext(6)).stripTrailingZeros();
        double size = Math.abs(value);
        return value == 0 ? "0" : size >= 1e-4 && size < 1e6 ? rounded.toPlainString() : rounded.toString();
    }

    private void style(XYStyler styler) {
        styler.setLocale(Locale.ROOT);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(new Color(0xdddddd));
        styler.setPlotGridLinesStroke(new BasicStroke(1f)); // an SVG file has every dash as a shape of its own
        styler.setSeriesColors(COLOURS);
        styler.setMarkerSize(5);
        styler.setLegendPosition(Styler.LegendPosition.OutsideS);
        styler.setLegendLayout(Styler.LegendLayout.Horizontal);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setLegendFont(font(Font.PLAIN, 14));
        styler.setAxisTitleFont(font(Font.BOLD, 15));
        styler.setAxisTickLabelsFont(font(Font.PLAIN, 13));
        styler.setYAxisLogarithmic(logarithmic);
        styler.setXAxisTickMarkSpacingHint(70);
        styler.setxAxisTickLabelsFormattingFunction(CurvePanel::label);
        styler.setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
        if (!logarithmic) { // given any function, XChart draws ticks and labels of a linear axis
            styler.setyAxisTickLabelsFormattingFunction(CurvePanel::label);
        }
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }
}
