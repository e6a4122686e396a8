package dev.netwright.training.transforms;

import java.util.random.RandomGenerator;

/** Makes pictures grey, with the weights of ITU-R 601-2 and the rounding of torchvision. Works on bytes. */
public final class Grayscale implements Transform {

    private final int channels;

    private Grayscale(int channels) {
        this.channels = channels;
    }

    /**
     * Pictures of one channel.
     *
     * @return the transform
     */
    public static Grayscale of() {
        return of(1);
    }

    /**
     * Pictures of one channel, or of three equal ones.
     *
     * @param outputChannels 1 or 3
     * @return the transform
     * @throws IllegalArgumentException for another number
     */
    public static Grayscale of(int outputChannels) {
        if (outputChannels != 1 && outputChannels != 3) {
            throw new IllegalArgumentException("Grayscale makes 1 or 3 channels, not " + outputChannels + ".");
        }
        return new Grayscale(outputChannels);
    }

    @Override
    public ImageSpec spec(ImageSpec input) {
        Colors.requireColors(input.requireBytes("Grayscale").channels(), "Grayscale");
        return new ImageSpec(channels, input.height(), input.width(), false);
    }

    @Override
    public void apply(Image image, RandomGenerator random) {
        if (image.channels() == channels && channels == 1) {
            return;
        }
        byte[] from = image.bytes();
        int first = image.offset();
        int plane = image.height() * image.width();
        boolean grey = image.channels() == 1;
        byte[] to = image.replace(channels, image.height(), image.width());
        for (int i = 0; i < plane; i++) {
            to[i] = grey ? from[first + i] : (byte) Colors.grey(from, first + i, plane);
        }
        for (int c = 1; c < channels; c++) {
            System.arraycopy(to, 0, to, c * plane, plane);
        }
    }
}
