package dev.netwright.training.transforms;

import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;

/** From what {@code javax.imageio} decodes to planes of red, green and blue. */
final class DecodedPixels {

    private DecodedPixels() {}

    static void copy(BufferedImage from, byte[] to) {
        Raster raster = from.getRaster();
        if (from.getColorModel() instanceof ComponentColorModel
                && !from.isAlphaPremultiplied()
                && raster.getSampleModel() instanceof PixelInterleavedSampleModel model
                && raster.getDataBuffer() instanceof DataBufferByte buffer) {
            interleaved(from, model, buffer, to);
        } else if (raster.getNumBands() <= 2 && from.getColorModel() instanceof ComponentColorModel) {
            grey(raster, to);
        } else {
            converted(from, to);
        }
    }

    private static void interleaved(
            BufferedImage from, PixelInterleavedSampleModel model, DataBufferByte buffer, byte[] to) {
        Raster raster = from.getRaster();
        byte[] data = buffer.getData();
        int width = from.getWidth();
        int plane = width * from.getHeight();
        int step = model.getPixelStride();
        int[] bands = model.getBandOffsets();
        for (int c = 0; c < 3; c++) {
            int first = buffer.getOffset()
                    + bands[bands.length < 3 ? 0 : c]
                    - raster.getSampleModelTranslateX() * step
                    - raster.getSampleModelTranslateY() * model.getScanlineStride();
            for (int y = 0; y < from.getHeight(); y++) {
                int source = first + y * model.getScanlineStride();
                int target = c * plane + y * width;
                for (int x = 0; x < width; x++, source += step) {
                    to[target + x] = data[source];
                }
            }
        }
    }

    /** BufferedImage.getRGB takes grey values for linear light and would brighten them. */
    private static void grey(Raster raster, byte[] to) {
        int width = raster.getWidth();
        int plane = width * raster.getHeight();
        int shift = Math.max(0, raster.getSampleModel().getSampleSize(0) - 8);
        for (int y = 0; y < raster.getHeight(); y++) {
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                to[at] = (byte) (raster.getSample(raster.getMinX() + x, raster.getMinY() + y, 0) >>> shift);
            }
        }
        System.arraycopy(to, 0, to, plane, plane);
        System.arraycopy(to, 0, to, 2 * plane, plane);
    }

    private static void converted(BufferedImage from, byte[] to) {
        int width = from.getWidth();
        int plane = width * from.getHeight();
        int[] row = new int[width];
        for (int y = 0; y < from.getHeight(); y++) {
            from.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                to[at] = (byte) (row[x] >>> 16);
                to[plane + at] = (byte) (row[x] >>> 8);
                to[2 * plane + at] = (byte) row[x];
            }
        }
    }
}
