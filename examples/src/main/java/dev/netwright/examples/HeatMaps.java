package dev.netwright.examples;

import dev.netwright.training.picture.Picture;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.List;

/** What was looked up, two lists in a row: for each question a row of cells, the darker the more attention a place got. */
final class HeatMaps implements Picture {
    private static final int COLUMNS = 2;
    private static final int CELL = 36;
    private static final int LEFT = 60;
    private static final int TOP = 84;
    private static final int WIDTH = LEFT + Lists.ROOM * CELL + 90;
    private static final int HEIGHT = TOP + Lists.QUESTIONS * CELL + 30;
    private static final int SCALE_HEIGHT = 60;
    private static final Color NONE = new Color(0xf2f2f2);
    private static final Color LINE = new Color(0xc8c8c8);
    private static final int[] DARK = {0x08, 0x3d, 0x77};

    private final List<LookedUp> shown;

    HeatMaps(List<LookedUp> shown) {
        this.shown = List.copyOf(shown);
    }

    @Override
    public int width() {
        return COLUMNS * WIDTH;
    }

    @Override
    public int height() {
        return (shown.size() + COLUMNS - 1) / COLUMNS * HEIGHT + SCALE_HEIGHT;
    }

    @Override
    public void draw(Graphics2D graphics) {
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width(), height());
        for (int i = 0; i < shown.size(); i++) {
            map(graphics, shown.get(i), i % COLUMNS * WIDTH, i / COLUMNS * HEIGHT);
        }
        scale(graphics, LEFT, height() - SCALE_HEIGHT);
    }

    private static void map(Graphics2D graphics, LookedUp one, int x, int y) {
        int right = x + LEFT + Lists.ROOM * CELL;
        small(graphics, "the list", x + LEFT, y + TOP - 46);
        small(graphics, "asked", x + 10, y + TOP - 8);
        small(graphics, "answered", right + 12, y + TOP - 8);
        for (int e = 0; e < one.entries().size(); e++) {
            centred(graphics, one.entries().get(e), x + LEFT + e * CELL, y + TOP - CELL, Color.BLACK);
        }
        for (int q = 0; q < Lists.QUESTIONS; q++) {
            int top = y + TOP + q * CELL;
            centred(graphics, one.asked().get(q), x + LEFT - CELL - 8, top, Color.BLACK);
            centred(graphics, one.answers().get(q), right + 24, top, Color.BLACK);
            for (int e = 0; e < Lists.ROOM; e++) {
                float weight = one.weights()[q * Lists.ROOM + e];
                boolean listed = e < one.entries().size();
                graphics.setColor(listed ? shade(weight) : NONE);
                graphics.fillRect(x + LEFT + e * CELL, top, CELL, CELL);
                graphics.setColor(LINE);
                graphics.drawRect(x + LEFT + e * CELL, top, CELL, CELL);
            }
        }
    }

    private static void scale(Graphics2D graphics, int x, int y) {
        int width = Lists.ROOM * CELL;
        for (int i = 0; i < width; i++) {
            graphics.setColor(shade(i / (width - 1f)));
            graphics.fillRect(x + i, y, 1, 12);
        }
        graphics.setColor(LINE);
        graphics.drawRect(x, y, width, 12);
        small(graphics, "0", x, y + 28);
        small(graphics, "1", x + width - 8, y + 28);
        small(graphics, "share of a question's attention", x + width / 2 - 90, y + 28);
    }

    private static Color shade(float weight) {
        float[] mixed = new float[3];
        for (int c = 0; c < mixed.length; c++) {
            mixed[c] = 1 + Math.min(1, Math.max(0, weight)) * (DARK[c] / 255f - 1);
        }
        return new Color(mixed[0], mixed[1], mixed[2]);
    }

    private static void small(Graphics2D graphics, String text, int x, int y) {
        graphics.setColor(Color.DARK_GRAY);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        graphics.drawString(text, x, y);
    }

    private static void centred(Graphics2D graphics, String text, int x, int y, Color colour) {
        graphics.setColor(colour);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 17));
        int width = graphics.getFontMetrics().stringWidth(text);
        graphics.drawString(text, x + (CELL - width) / 2, y + 25);
    }
}
