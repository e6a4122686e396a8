package dev.netwright.training.picture;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Line charts of what develops during training, such as a panel with the losses and one with the accuracies. Panels
 * stand side by side, two in a row, each 640 by 440 pixels.
 *
 * <pre>{@code
 * Curves.of("CifarNet", "epoch")
 *         .panel("loss").series("training", losses).series("validation", validationLosses)
 *         .panel("accuracy").series("validation", accuracies)
 *         .write(folder, "curves");
 * }</pre>
 */
public final class Curves implements Picture {
    private static final int PANEL_WIDTH = 640;
    private static final int PANEL_HEIGHT = 440;
    private static final int TITLE_HEIGHT = 44;
    private static final int COLUMNS = 2;

    private final String title;
    private final String xLabel;
    private final List<CurvePanel> panels = new ArrayList<>();

    private Curves(String title, String xLabel) {
        this.title = Objects.requireNonNull(title, "title");
        this.xLabel = Objects.requireNonNull(xLabel, "xLabel");
    }

    /**
     * Curves without a panel yet.
     *
     * @param title stands above the panels
     * @param xLabel stands below each panel, such as {@code epoch}
     * @return the curves
     */
    public static Curves of(String title, String xLabel) {
        return new Curves(title, xLabel);
    }

    /**
     * Begins a panel: the series and settings that follow are its.
     *
     * @param yLabel stands beside the panel, such as {@code loss}
     * @return this
     */
    public Curves panel(String yLabel) {
        panels.add(new CurvePanel(Objects.requireNonNull(yLabel, "yLabel")));
        return this;
    }

    /**
     * Makes the panel's y axis logarithmic; what is not above 0 is left out of its lines.
     *
     * @return this
     * @throws IllegalStateException if no panel was begun
     */
    public Curves logarithmic() {
        last().logarithmic();
        return this;
    }

    /**
     * Adds a line to the panel, with a point for each epoch from 1 on.
     *
     * @param name for the legend; different from the panel's other lines
     * @param y the values; NaN and infinities interrupt the line
     * @return this
     * @throws IllegalArgumentException if there is no value, or the panel has a line of this name
     * @throws IllegalStateException if no panel was begun
     */
    public Curves series(String name, double... y) {
        return series(name, IntStream.rangeClosed(1, y.length).asDoubleStream().toArray(), y);
    }

    /**
     * Adds a line to the panel.
     *
     * @param name for the legend; different from the panel's other lines
     * @param x where the points are, finite
     * @param y the values, as many; NaN and infinities interrupt the line
     * @return this
     * @throws IllegalArgumentException if there is no value, the lengths differ, an x is not finite, or the panel has a
     *     line of this name
     * @throws IllegalStateException if no panel was begun
     */
    public Curves series(String name, double[] x, double[] y) {
        last().add(new CurveSeries(name, x.clone(), y.clone()));
        return this;
    }

    private CurvePanel last() {
        if (panels.isEmpty()) {
            throw new IllegalStateException("A series belongs to a panel: write .panel(\"loss\") before it.");
        }
        return panels.get(panels.size() - 1);
    }

    @Override
    public int width() {
        return PANEL_WIDTH * Math.min(COLUMNS, Math.max(1, panels.size()));
    }

    @Override
    public int height() {
        return TITLE_HEIGHT + PANEL_HEIGHT * ((panels.size() + COLUMNS - 1) / COLUMNS);
    }

    @Override
    public void draw(Graphics2D graphics) {
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width(), height());
        for (int i = 0; i < panels.size(); i++) {
            AffineTransform before = graphics.getTransform();
            graphics.translate(i % COLUMNS * PANEL_WIDTH, TITLE_HEIGHT + i / COLUMNS * PANEL_HEIGHT);
            panels.get(i).draw(graphics, xLabel, PANEL_WIDTH, PANEL_HEIGHT);
            graphics.setTransform(before);
        }
        TextQuality.set(graphics);
        graphics.setColor(Color.BLACK);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 18));
        FontMetrics metrics = graphics.getFontMetrics();
        graphics.drawString(title, Math.max(0, (width() - metrics.stringWidth(title)) / 2), 30);
    }
}
