package dev.netwright.training.decode;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.WritableRaster;
import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageReader;

/**
 * Decodes JPEG files to the colours of PIL. The JDK's reader decompresses; the step from there to red, green and blue
 * is done here, since its own applies colour profiles, differently in each version, and knows no CMYK.
 */
final class JpegPixels {

    private static final int[] RED_CR = new int[256];
    private static final int[] GREEN_CR = new int[256];
    private static final int[] GREEN_CB = new int[256];
    private static final int[] BLUE_CB = new int[256];

    static {
        // libjpeg's numbers, in 16 binary places.
        for (int i = 0; i < 256; i++) {
            int chroma = i - 128;
            RED_CR[i] = 91881 * chroma + 32768 >> 16;
            GREEN_CR[i] = -46802 * chroma;
            GREEN_CB[i] = -22554 * chroma + 32768;
            BLUE_CB[i] = 116130 * chroma + 32768 >> 16;
        }
    }

    private JpegPixels() {}

    static BufferedImage read(ImageReader reader, JpegHeader.Colours colours) throws IOException {
        String[] truncated = {null};
        reader.addIIOReadWarningListener((source, warning) -> {
            // Of what libjpeg warns of, only this leaves a part of the picture grey.
            String text = warning.toLowerCase(Locale.ROOT);
            if (text.contains("truncated") || text.contains("premature end")) {
                truncated[0] = warning;
            }
        });
        WritableRaster raster = (WritableRaster) reader.readRaster(0, null);
        if (truncated[0] != null) {
            throw new EOFException(truncated[0]);
        }
        byte[] samples = ((DataBufferByte) raster.getDataBuffer()).getData();
        int bands = raster.getNumBands();
        if (colours == JpegHeader.Colours.YCBCR || colours == JpegHeader.Colours.YCCK) {
            toRgb(samples, bands);
        }
        if (bands == 4) {
            toInk(samples, colours == JpegHeader.Colours.YCCK);
        }
        return picture(raster);
    }

    private static BufferedImage picture(WritableRaster raster) {
        ColorSpace space = switch (raster.getNumBands()) {
            case 1 -> ColorSpace.getInstance(ColorSpace.CS_GRAY);
            case 3 -> ColorSpace.getInstance(ColorSpace.CS_sRGB);
            default -> CmykColorSpace.INSTANCE;
        };
        return new BufferedImage(
                new ComponentColorModel(space, false, false, ComponentColorModel.OPAQUE, DataBuffer.TYPE_BYTE),
                raster,
                false,
                null);
    }

    private static void toRgb(byte[] samples, int bands) {
        for (int i = 0; i + 2 < samples.length; i += bands) {
            int y = samples[i] & 0xff;
            int cb = samples[i + 1] & 0xff;
            int cr = samples[i + 2] & 0xff;
            samples[i] = clamp(y + RED_CR[cr]);
            samples[i + 1] = clamp(y + (GREEN_CB[cb] + GREEN_CR[cr] >> 16));
            samples[i + 2] = clamp(y + BLUE_CB[cb]);
        }
    }

    private static byte clamp(int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }

    /**
     * Files with inks hold how much light is left, as Adobe's programs write them, and PIL takes all for such. Red, green
     * and blue of YCCK are what is taken from the light, so that they are the inks already.
     */
    private static void toInk(byte[] samples, boolean ycck) {
        for (int i = 0; i < samples.length; i++) {
            if (!ycck || i % 4 == 3) {
                samples[i] = (byte) ~samples[i];
            }
        }
    }
}
