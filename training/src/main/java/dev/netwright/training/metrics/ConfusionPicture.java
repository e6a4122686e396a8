package dev.netwright.training.metrics;

import dev.netwright.training.picture.Picture;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.List;

/** Draws a confusion matrix as a heat map: true classes downwards, predicted ones across. */
final class ConfusionPicture implements Picture {

    private static final int CELL = 48;
    private static final int MARGIN = 12;
    private static final Color DARKEST = new Color(8, 48, 107);

    private final ConfusionMatrix matrix;
    private final List<String> names;

    private final int legend;

    ConfusionPicture(ConfusionMatrix matrix) {
        this.matrix = matrix;
        this.names = matrix.classNames();
        this.legend = widestName() + 2 * MARGIN;
    }

    @Override
    public int width() {
        return legend + names.size() * CELL + MARGIN;
    }

    @Override
    public int height() {
        return width();
    }

    @Override
    public void draw(Graphics2D graphics) {
        prepare(graphics);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width(), height());
        for (int row = 0; row < names.size(); row++) {
            for (int column = 0; column < names.size(); column++) {
                cell(graphics, row, column, legend + column * CELL, legend + row * CELL);
            }
        }
        names(graphics);
    }

    private int widestName() {
        Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        prepare(graphics);
        FontMetrics metrics = graphics.getFontMetrics();
        int widest = names.stream().mapToInt(metrics::stringWidth).max().orElse(0);
        graphics.dispose();
        return Math.max(widest, metrics.stringWidth("true / predicted"));
    }

    private static void prepare(Graphics2D graphics) {
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    }

    private void cell(Graphics2D graphics, int actual, int predicted, int left, int top) {
        long count = matrix.count(actual, predicted);
        double share = count / (double) Math.max(1, matrix.actual(actual));
        // The root keeps rare confusions visible beside a nearly full diagonal.
        double shade = Math.sqrt(share);
        graphics.setColor(new Color(
                (int) (255 - shade * (255 - DARKEST.getRed())), (int) (255 - shade * (255 - DARKEST.getGreen())), (int)
                        (255 - shade * (255 - DARKEST.getBlue()))));
        graphics.fillRect(left, top, CELL, CELL);
        graphics.setColor(Color.LIGHT_GRAY);
        graphics.drawRect(left, top, CELL, CELL);
        if (count > 0) {
            graphics.setColor(shade > 0.5 ? Color.WHITE : Color.BLACK);
            FontMetrics metrics = graphics.getFontMetrics();
            String text = Long.toString(count);
            graphics.drawString(
                    text,
                    left + (CELL - metrics.stringWidth(text)) / 2,
                    top + (CELL + metrics.getAscent() - metrics.getDescent()) / 2);
        }
    }

    private void names(Graphics2D graphics) {
        FontMetrics metrics = graphics.getFontMetrics();
        int middle = (CELL + metrics.getAscent() - metrics.getDescent()) / 2;
        graphics.setColor(Color.BLACK);
        graphics.drawString("true / predicted", MARGIN, legend - MARGIN);
        for (int i = 0; i < names.size(); i++) {
            int width = metrics.stringWidth(names.get(i));
            graphics.drawString(names.get(i), legend - MARGIN - width, legend + i * CELL + middle);
            // Not a copy of the graphics: where VectorGraphics2D draws after one is disposed of, its turn still holds.
            AffineTransform before = graphics.getTransform();
            graphics.translate(legend + i * CELL + middle, legend - MARGIN);
            graphics.rotate(-Math.PI / 2);
            graphics.drawString(names.get(i), 0, 0);
            graphics.setTransform(before);
        }
    }
}
