package dev.netwright.training.transforms;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DirectColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;

/**
 * From what {@code javax.imageio} decodes to planes of red, green and blue. Values are taken from the raster wherever the
 * colour space allows: {@code BufferedImage.getRGB} takes grey for linear light, and applies profiles that differ in
 * each version of the JDK.
 */
final class DecodedPixels {

    private DecodedPixels() {}

    static void copy(BufferedImage from, byte[] to) {
        ColorModel model = from.getColorModel();
        Raster raster = from.getRaster();
        boolean plain = !model.isAlphaPremultiplied();
        if (plain && model instanceof ComponentColorModel) {
            requireUnsigned(raster.getSampleModel());
            switch (model.getColorSpace().getType()) {
                case ColorSpace.TYPE_GRAY -> {
                    band(raster, 0, to, 0);
                    int plane = raster.getWidth() * raster.getHeight();
                    System.arraycopy(to, 0, to, plane, plane);
                    System.arraycopy(to, 0, to, 2 * plane, plane);
                }
                case ColorSpace.TYPE_RGB -> bands(raster, to);
                case ColorSpace.TYPE_CMYK -> inks(raster, to);
                default -> converted(from, to);
            }
        } else if (plain
                && model instanceof DirectColorModel
                && model.getColorSpace().getType() == ColorSpace.TYPE_RGB) {
            bands(raster, to);
        } else {
            converted(from, to);
        }
    }

    private static void requireUnsigned(SampleModel model) {
        int type = model.getDataType();
        if (type != DataBuffer.TYPE_BYTE && type != DataBuffer.TYPE_USHORT && type != DataBuffer.TYPE_INT) {
            throw new IllegalArgumentException("The picture's values are "
                    + (type == DataBuffer.TYPE_SHORT ? "16 bits with a sign" : "floats")
                    + ", which are no part of a known range: convert it to 8 or 16 bits without a sign.");
        }
    }

    private static void bands(Raster raster, byte[] to) {
        int plane = raster.getWidth() * raster.getHeight();
        for (int c = 0; c < 3; c++) {
            band(raster, c, to, c * plane);
        }
    }

    private static void band(Raster raster, int band, byte[] to, int first) {
        if (raster.getSampleModel() instanceof PixelInterleavedSampleModel model
                && raster.getDataBuffer() instanceof DataBufferByte buffer
                && model.getSampleSize(band) == 8) {
            interleaved(raster, model, buffer, band, to, first);
            return;
        }
        int width = raster.getWidth();
        int[] row = new int[width];
        int bits = raster.getSampleModel().getSampleSize(band);
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, band, row);
            for (int x = 0; x < width; x++) {
                to[first + y * width + x] = (byte) (bits >= 8 ? row[x] >>> bits - 8 : row[x] * 255 / ((1 << bits) - 1));
            }
        }
    }

    private static void interleaved(
            Raster raster, PixelInterleavedSampleModel model, DataBufferByte buffer, int band, byte[] to, int first) {
        byte[] data = buffer.getData();
        int width = raster.getWidth();
        int step = model.getPixelStride();
        int begin = buffer.getOffset()
                + model.getBandOffsets()[band]
                + (raster.getMinX() - raster.getSampleModelTranslateX()) * step
                + (raster.getMinY() - raster.getSampleModelTranslateY()) * model.getScanlineStride();
        for (int y = 0; y < raster.getHeight(); y++) {
            int source = begin + y * model.getScanlineStride();
            int target = first + y * width;
            for (int x = 0; x < width; x++, source += step) {
                to[target + x] = data[source];
            }
        }
    }

    private static void inks(Raster raster, byte[] to) {
        bands(raster, to);
        int plane = raster.getWidth() * raster.getHeight();
        byte[] black = new byte[plane];
        band(raster, 3, black, 0);
        for (int i = 0; i < 3 * plane; i++) {
            int light = 255 - (black[i % plane] & 0xff);
            int taken = (to[i] & 0xff) * light + 128;
            to[i] = (byte) (light - ((taken >> 8) + taken >> 8));
        }
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
