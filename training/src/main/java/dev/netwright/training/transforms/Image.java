package dev.netwright.training.transforms;

import dev.netwright.runtime.MalformedFileException;
import dev.netwright.training.decode.PictureFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/**
 * The picture that transforms work on: planes of unsigned bytes, one channel after the other, until
 * {@link ToTensor} makes them floats. It keeps its buffers, so that one object serves a worker for all its pictures
 * without allocating.
 *
 * <p>For transforms of your own: the values begin at {@link #offset()} of {@link #bytes()} or {@link #floats()}, row-major
 * (channel, row, column). Floats may be changed in place. Bytes may not, since they can be the data set's own: write
 * what you make into the array that {@link #replace} gives.
 */
public final class Image {

    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private byte[] bytes = {};
    private byte[] spare = {};
    private byte[] current = {};
    private float[] floats = {};
    private float[] ownFloats = {};
    private float[] target;
    private int targetOffset;
    private int offset;
    private int channels;
    private int height;
    private int width;
    private boolean isFloat;

    /** An empty picture, to be filled by {@link #show}, {@link #replace} or {@link #read}. */
    public Image() {}

    /**
     * A picture of given pixels.
     *
     * @param pixels unsigned bytes, row-major (channel, row, column); kept, and not changed
     * @param channels the channels
     * @param height the rows
     * @param width the columns
     * @return the picture
     * @throws IndexOutOfBoundsException if there are fewer pixels
     */
    public static Image of(byte[] pixels, int channels, int height, int width) {
        Image image = new Image();
        image.show(pixels, 0, channels, height, width);
        return image;
    }

    /**
     * A picture decoded by {@code javax.imageio}, in red, green and blue, whatever it is made of. Its values are taken as
     * they are stored; what their colour space is called decides, never how many there are:
     *
     * <table>
     * <caption>What becomes of a decoded picture</caption>
     * <tr><th>stored</th><th>becomes</th></tr>
     * <tr><td>red, green and blue</td><td>the same</td></tr>
     * <tr><td>grey</td><td>three equal channels</td></tr>
     * <tr><td>a palette</td><td>the colours that it lists; the JDK makes those of a TIFF
     *     file up to 1 darker than PIL</td></tr>
     * <tr><td>transparency, as a channel, a colour or in a palette</td><td>dropped; what lay under it is seen</td></tr>
     * <tr><td>16 bits a value, without a sign</td><td>the upper 8; PIL does so, but makes grey above 255 white</td></tr>
     * <tr><td>1, 2 or 4 bits</td><td>stretched to 0 to 255</td></tr>
     * <tr><td>5 or 6 bits</td><td>{@code value * 255 / 31}, or 63, rounded down</td></tr>
     * <tr><td>cyan, magenta, yellow, black</td><td>{@code n = 255 - k}, {@code v = c * n + 128},
     *     {@code red = n - (((v >> 8) + v) >> 8)}, green and blue likewise</td></tr>
     * <tr><td>colours multiplied by their transparency, other colour spaces</td><td>what
     *     {@link BufferedImage#getRGB(int, int)} makes of it</td></tr>
     * <tr><td>floats, or values with a sign</td><td>refused</td></tr>
     * </table>
     *
     * <p>Colour profiles are not applied. All this, but for 16 bits of grey, is as PIL and with it torchvision does it.
     *
     * @param decoded the picture; copied
     * @return a picture of three channels
     * @throws IllegalArgumentException if its values are floats or have a sign, or it has too many pixels for an array
     */
    public static Image of(BufferedImage decoded) {
        Image image = new Image();
        image.read(decoded);
        return image;
    }

    /**
     * Decodes a file: png, jpg, bmp, gif or tif. What becomes of colours is told at {@link #of(BufferedImage)}.
     *
     * @param file the picture
     * @return a picture of three channels
     * @throws MalformedFileException if it is damaged, too large or of another format
     * @throws IOException if it cannot be read
     */
    public static Image read(Path file) throws IOException {
        Image image = new Image();
        image.readFile(file);
        return image;
    }

    /**
     * Decodes a file's content, as {@link #read(Path)}.
     *
     * @param content all bytes of the file, such as a request brings
     * @return a picture of three channels
     * @throws MalformedFileException if it is damaged, too large or of another format
     */
    public static Image read(byte[] content) throws MalformedFileException {
        Image image = new Image();
        PictureFile.read(content, image::read);
        return image;
    }

    /**
     * Takes over a file's picture, as {@link #read(Path)} decodes it.
     *
     * @param file the picture
     * @throws MalformedFileException if it is damaged, too large or of another format
     * @throws IOException if it cannot be read
     */
    public void readFile(Path file) throws IOException {
        PictureFile.read(file, this::read);
    }

    /**
     * Shows pixels that lie elsewhere, without copying them.
     *
     * @param pixels unsigned bytes, which no transform changes
     * @param from where the picture begins
     * @param newChannels the channels
     * @param newHeight the rows
     * @param newWidth the columns
     * @throws IndexOutOfBoundsException if there are fewer pixels
     * @throws IllegalArgumentException if the picture has too many pixels for an array
     */
    public void show(byte[] pixels, int from, int newChannels, int newHeight, int newWidth) {
        Objects.checkFromIndexSize(from, length(newChannels, newHeight, newWidth), pixels.length);
        bytes = pixels;
        offset = from;
        shape(newChannels, newHeight, newWidth);
    }

    /**
     * Takes over a decoded picture in red, green and blue, as {@link #of(BufferedImage)} does.
     *
     * @param decoded the picture; copied
     * @throws IllegalArgumentException if its values are floats or have a sign, or it has too many pixels for an array
     */
    public void read(BufferedImage decoded) {
        byte[] to = replace(3, decoded.getHeight(), decoded.getWidth());
        DecodedPixels.copy(decoded, to);
    }

    /**
     * An array for the picture's new bytes. What {@link #bytes()} gave before stays as it is until the next call, so
     * that the new picture can be computed from the old one.
     *
     * @param newChannels the channels
     * @param newHeight the rows
     * @param newWidth the columns
     * @return to be written, row-major from its start; it may be longer, and its content is undefined
     * @throws IllegalArgumentException if the picture has too many pixels for an array
     */
    public byte[] replace(int newChannels, int newHeight, int newWidth) {
        int size = length(newChannels, newHeight, newWidth);
        byte[] next = spare;
        if (next.length < size) {
            next = new byte[size];
        }
        spare = current;
        current = next;
        bytes = next;
        offset = 0;
        shape(newChannels, newHeight, newWidth);
        return next;
    }

    /**
     * Makes later floats lie in an array of the caller's, such as a batch's. It holds for one conversion.
     *
     * @param array receives the floats of the next conversion
     * @param from where
     */
    public void floatsInto(float[] array, int from) {
        target = array;
        targetOffset = from;
    }

    /** From now on the values are floats; what was in bytes must be written into the array returned. */
    float[] toFloats() {
        int size = size();
        if (target != null) {
            Objects.checkFromIndexSize(targetOffset, size, target.length);
            floats = target;
            offset = targetOffset;
            target = null;
        } else {
            if (ownFloats.length < size) {
                ownFloats = new float[size];
            }
            floats = ownFloats;
            offset = 0;
        }
        isFloat = true;
        return floats;
    }

    private static int length(int channels, int height, int width) {
        long plane = Math.multiplyFull(height, width);
        if (plane > LONGEST_ARRAY / channels) {
            throw new IllegalArgumentException("A picture of " + channels + " x " + height + " x " + width
                    + " values is too large: an array holds " + LONGEST_ARRAY + ".");
        }
        return channels * height * width;
    }

    private void shape(int newChannels, int newHeight, int newWidth) {
        channels = newChannels;
        height = newHeight;
        width = newWidth;
        isFloat = false;
    }

    /**
     * The channels.
     *
     * @return 1 for grey, 3 for red, green and blue
     */
    public int channels() {
        return channels;
    }

    /**
     * The rows.
     *
     * @return at least 1
     */
    public int height() {
        return height;
    }

    /**
     * The columns.
     *
     * @return at least 1
     */
    public int width() {
        return width;
    }

    /**
     * How many values there are.
     *
     * @return channels times height times width
     */
    public int size() {
        return channels * height * width;
    }

    /**
     * Whether the values are floats.
     *
     * @return false before {@link ToTensor}
     */
    public boolean isFloat() {
        return isFloat;
    }

    /**
     * The live bytes, not to be written.
     *
     * @return an array in which the picture begins at {@link #offset()}
     * @throws IllegalStateException if the values are floats
     */
    public byte[] bytes() {
        if (isFloat) {
            throw new IllegalStateException("The picture has floats, since it has passed ToTensor; ask for floats().");
        }
        return bytes;
    }

    /**
     * The live floats, which may be written.
     *
     * @return an array in which the picture begins at {@link #offset()}
     * @throws IllegalStateException if the values are bytes
     */
    public float[] floats() {
        if (!isFloat) {
            throw new IllegalStateException(
                    "The picture has bytes, since it has not passed ToTensor; ask for bytes().");
        }
        return floats;
    }

    /**
     * Where the picture begins in {@link #bytes()} or {@link #floats()}.
     *
     * @return an index
     */
    public int offset() {
        return offset;
    }

    /**
     * The bytes alone.
     *
     * @return a copy, row-major (channel, row, column)
     * @throws IllegalStateException if the values are floats
     */
    public byte[] toBytes() {
        return Arrays.copyOfRange(bytes(), offset, offset + size());
    }

    /**
     * The floats alone.
     *
     * @return a copy, row-major (channel, row, column)
     * @throws IllegalStateException if the values are bytes
     */
    public float[] toFloatArray() {
        return Arrays.copyOfRange(floats(), offset, offset + size());
    }

    /**
     * As {@link ImageSpec} has it.
     *
     * @return such as {@code 3 x 32 x 32 bytes}
     */
    @Override
    public String toString() {
        return new ImageSpec(channels, height, width, isFloat).toString();
    }
}
