package dev.netwright.training.decode;

import java.io.IOException;
import javax.imageio.stream.ImageInputStream;

/** What a JPEG file says before its pixels about the colours in which they are stored. */
final class JpegHeader {

    /** In which colours a JPEG file stores its pixels. */
    enum Colours {
        GREY,
        RGB,
        YCBCR,
        CMYK,
        YCCK
    }

    private static final int START = 0xd8;
    private static final int SCAN = 0xda;
    private static final int JFIF = 0xe0;
    private static final int ADOBE = 0xee;

    private boolean jfif;
    private int adobeTransform = -1;
    private int[] components = {};

    private JpegHeader() {}

    /** Reads up to the first scan, and puts the stream back to where it was. */
    static JpegHeader read(ImageInputStream in) throws IOException {
        JpegHeader header = new JpegHeader();
        long begin = in.getStreamPosition();
        in.readUnsignedShort();
        int marker = next(in);
        while (marker != SCAN) {
            // Markers without a segment: the start again, and restarts.
            if (marker < 0xd0 || marker > START) {
                header.segment(marker, in);
            }
            marker = next(in);
        }
        in.seek(begin);
        return header;
    }

    private static int next(ImageInputStream in) throws IOException {
        int value = in.readUnsignedByte();
        while (value != 0xff) {
            value = in.readUnsignedByte();
        }
        while (value == 0xff) {
            value = in.readUnsignedByte();
        }
        return value;
    }

    private void segment(int marker, ImageInputStream in) throws IOException {
        long begin = in.getStreamPosition();
        int length = in.readUnsignedShort();
        if (marker == JFIF && length >= 16 && text(in, 5).equals("JFIF\0")) {
            jfif = true;
        } else if (marker == ADOBE && length >= 14 && text(in, 5).equals("Adobe")) {
            in.skipBytes(6);
            adobeTransform = in.readUnsignedByte();
        } else if (isFrame(marker)) {
            in.skipBytes(5);
            components = new int[in.readUnsignedByte()];
            for (int i = 0; i < components.length; i++) {
                components[i] = in.readUnsignedByte();
                in.skipBytes(2);
            }
        }
        in.seek(begin + length);
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static String text(ImageInputStream in, int length) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) in.readUnsignedByte());
        }
        return text.toString();
    }

    /** The colours, by the rules of libjpeg, which PIL goes by; the JDK's own rules differ from them. */
    Colours colours() throws IOException {
        switch (components.length) {
            case 1:
                return Colours.GREY;
            case 3:
                if (jfif) {
                    return Colours.YCBCR;
                }
                if (adobeTransform >= 0) {
                    return adobeTransform == 0 ? Colours.RGB : Colours.YCBCR;
                }
                return components[0] == 'R' && components[1] == 'G' && components[2] == 'B'
                        ? Colours.RGB
                        : Colours.YCBCR;
            case 4:
                return adobeTransform <= 0 ? Colours.CMYK : Colours.YCCK;
            default:
                throw new IOException("JPEG pictures have 1, 3 or 4 components, not " + components.length);
        }
    }
}
