package dev.netwright.training.picture;

import java.awt.Graphics2D;
import java.awt.RenderingHints;

/** Smooth edges of text and lines. */
final class TextQuality {
    private TextQuality() {}

    static void set(Graphics2D graphics) {
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    }
}
