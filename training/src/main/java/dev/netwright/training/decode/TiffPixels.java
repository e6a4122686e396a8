package dev.netwright.training.decode;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import javax.imageio.ImageReader;

/** Decodes TIFF files as PIL does, which turns them upright. */
final class TiffPixels {

    private TiffPixels() {}

    /** @throws IllegalArgumentException if the file's values have no known meaning */
    static BufferedImage read(ImageReader reader, TiffHeader header) throws IOException {
        if (header.signed()) {
            throw new IllegalArgumentException("The picture's values have a sign, and so are no part of a known range:"
                    + " convert it to 8 or 16 bits without a sign.");
        }
        if (header.jpegInks()) {
            throw new IllegalArgumentException("The picture is inks compressed as JPEG, which some programs store as"
                    + " amounts and others as their negatives: convert it to RGB.");
        }
        return upright(reader.read(0), header.orientation());
    }

    private static BufferedImage upright(BufferedImage stored, int orientation) {
        if (orientation < 2 || orientation > 8) {
            return stored;
        }
        // 5 to 8 store columns where the others store rows
        boolean columns = orientation > 4;
        boolean fromRight = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
        boolean fromBottom = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
        Raster from = stored.getRaster();
        int width = from.getWidth();
        int height = from.getHeight();
        WritableRaster to = from.createCompatibleWritableRaster(columns ? height : width, columns ? width : height);
        Object pixel = null;
        for (int y = 0; y < height; y++) {
            int v = fromBottom ? height - 1 - y : y;
            for (int x = 0; x < width; x++) {
                int u = fromRight ? width - 1 - x : x;
                pixel = from.getDataElements(from.getMinX() + x, from.getMinY() + y, pixel);
                to.setDataElements(columns ? v : u, columns ? u : v, pixel);
            }
        }
        return new BufferedImage(stored.getColorModel(), to, stored.isAlphaPremultiplied(), null);
    }
}
