package dev.netwright.training.decode;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Set;
import javax.imageio.stream.ImageInputStream;

/**
 * What a TIFF file says of its first picture that the JDK's reader passes over.
 *
 * @param orientation of its rows and columns, from 1 to 8
 * @param signed whether its values have a sign
 * @param jpegInks whether it is inks, compressed as JPEG
 */
record TiffHeader(int orientation, boolean signed, boolean jpegInks) {

    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC_INTERPRETATION = 262;
    private static final int ORIENTATION = 274;
    private static final int SAMPLE_FORMAT = 339;

    /**
     * Without one of these there are other pixels: bits, offsets and sizes of strips and tiles, colours, what values mean,
     * tables of JPEG.
     */
    private static final Set<Integer> OF_PIXELS = Set.of(258, 273, 279, 320, 324, 325, 338, SAMPLE_FORMAT, 347);

    /** Bytes of one value, by type. */
    private static final int[] SIZES = {1, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};

    private static final int SHORT = 3;
    private static final int JPEG = 7;
    private static final int SEPARATED = 5;
    private static final int SIGNED = 2;

    /** Reads the first directory, and puts the stream back to where it was. */
    static TiffHeader read(ImageInputStream in) throws IOException {
        long begin = in.getStreamPosition();
        ByteOrder order = in.getByteOrder();
        in.setByteOrder(in.readByte() == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        in.seek(begin + 4);
        long directory = begin + in.readUnsignedInt();
        in.seek(directory);
        int entries = in.readUnsignedShort();
        int orientation = 1;
        int compression = 1;
        int interpretation = 0;
        int format = 1;
        for (int i = 0; i < entries; i++) {
            in.seek(directory + 2 + 12L * i);
            int tag = in.readUnsignedShort();
            if (OF_PIXELS.contains(tag)) {
                requireWhole(in, begin);
                in.seek(directory + 2 + 12L * i + 2);
            }
            switch (tag) {
                case COMPRESSION -> compression = value(in, begin);
                case PHOTOMETRIC_INTERPRETATION -> interpretation = value(in, begin);
                case ORIENTATION -> orientation = value(in, begin);
                case SAMPLE_FORMAT -> format = value(in, begin);
                default -> {}
            }
        }
        in.seek(begin);
        in.setByteOrder(order);
        return new TiffHeader(orientation, format == SIGNED, compression == JPEG && interpretation == SEPARATED);
    }

    /** @throws EOFException if the values of an entry go beyond the end, where the JDK's reader takes what it has */
    private static void requireWhole(ImageInputStream in, long begin) throws IOException {
        int type = in.readUnsignedShort();
        long bytes = in.readUnsignedInt() * (type < SIZES.length ? SIZES[type] : 1);
        if (bytes > 4) {
            in.seek(begin + in.readUnsignedInt() + bytes - 1);
            in.readByte();
        }
    }

    /** The first of an entry's values, which lie elsewhere where they need more than 4 bytes. */
    private static int value(ImageInputStream in, long begin) throws IOException {
        int type = in.readUnsignedShort();
        long count = in.readUnsignedInt();
        if (type != SHORT) {
            return 0;
        }
        if (count > 2) {
            in.seek(begin + in.readUnsignedInt());
        }
        return in.readUnsignedShort();
    }
}
