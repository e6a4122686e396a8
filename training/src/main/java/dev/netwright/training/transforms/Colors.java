package dev.netwright.training.transforms;

/** Changes of colour with Pillow's arithmetic, which torchvision uses for decoded pictures. */
final class Colors {

    private Colors() {}

    static void requireColors(int channels, String transform) {
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException(
                    transform + " works on pictures of 1 or 3 channels, but these have " + channels + ".");
        }
    }

    /** The grey value of a pixel whose channels are planes. */
    static int grey(byte[] pixels, int at, int plane) {
        int red = pixels[at] & 0xff;
        int green = pixels[at + plane] & 0xff;
        int blue = pixels[at + 2 * plane] & 0xff;
        return red * 19595 + green * 38470 + blue * 7471 + 0x8000 >> 16;
    }

    static void brightness(Image image, float factor) {
        byte[] from = image.bytes();
        int first = image.offset();
        byte[] to = image.replace(image.channels(), image.height(), image.width());
        for (int i = 0; i < image.size(); i++) {
            to[i] = blend(0, from[first + i] & 0xff, factor);
        }
    }

    static void contrast(Image image, float factor) {
        byte[] from = image.bytes();
        int first = image.offset();
        int plane = image.height() * image.width();
        long sum = 0;
        for (int i = 0; i < plane; i++) {
            sum += image.channels() == 1 ? from[first + i] & 0xff : grey(from, first + i, plane);
        }
        int mean = (int) ((double) sum / plane + 0.5);
        byte[] to = image.replace(image.channels(), image.height(), image.width());
        for (int i = 0; i < image.size(); i++) {
            to[i] = blend(mean, from[first + i] & 0xff, factor);
        }
    }

    static void saturation(Image image, float factor) {
        if (image.channels() == 1) {
            return;
        }
        byte[] from = image.bytes();
        int first = image.offset();
        int plane = image.height() * image.width();
        byte[] to = image.replace(3, image.height(), image.width());
        for (int i = 0; i < plane; i++) {
            int grey = grey(from, first + i, plane);
            for (int c = 0; c < 3; c++) {
                to[c * plane + i] = blend(grey, from[first + c * plane + i] & 0xff, factor);
            }
        }
    }

    private static byte blend(int from, int to, float factor) {
        float value = from + factor * (to - from);
        return (byte) (value <= 0 ? 0 : value >= 255 ? 255 : (int) value);
    }

    static void hue(Image image, double factor) {
        if (image.channels() == 1) {
            return;
        }
        int shift = (int) (factor * 255) & 0xff;
        byte[] from = image.bytes();
        int first = image.offset();
        int plane = image.height() * image.width();
        byte[] to = image.replace(3, image.height(), image.width());
        for (int i = 0; i < plane; i++) {
            int at = first + i;
            shiftHue(from[at] & 0xff, from[at + plane] & 0xff, from[at + 2 * plane] & 0xff, shift, to, i, plane);
        }
    }

    /** Mixes float and double where Pillow does. */
    private static void shiftHue(int red, int green, int blue, int shift, byte[] to, int at, int plane) {
        int value = Math.max(red, Math.max(green, blue));
        int least = Math.min(red, Math.min(green, blue));
        int hue = 0;
        int saturation = 0;
        if (value > least) {
            float range = value - least;
            float r = (value - red) / range;
            float g = (value - green) / range;
            float b = (value - blue) / range;
            float sixth = red == value ? b - g : (float) (green == value ? 2.0 + r - b : 4.0 + g - r);
            hue = (int) ((float) ((sixth / 6.0 + 1) % 1) * 255.0);
            saturation = (int) (range / value * 255.0);
        }
        fromHue(hue + shift & 0xff, saturation, value, to, at, plane);
    }

    private static void fromHue(int hue, int saturation, int value, byte[] to, int at, int plane) {
        double angle = hue * 6.0 / 255;
        int sector = (int) angle;
        float rest = (float) (angle - sector);
        float s = (float) (saturation / 255.0);
        byte v = (byte) value;
        byte p = (byte) Math.round(value * (1.0 - s));
        byte q = (byte) Math.round(value * (1.0 - s * rest));
        byte t = (byte) Math.round(value * (1.0 - s * (1.0 - rest)));
        switch (sector % 6) {
            case 0 -> put(v, t, p, to, at, plane);
            case 1 -> put(q, v, p, to, at, plane);
            case 2 -> put(p, v, t, to, at, plane);
            case 3 -> put(p, q, v, to, at, plane);
            case 4 -> put(t, p, v, to, at, plane);
            default -> put(v, p, q, to, at, plane);
        }
    }

    private static void put(byte red, byte green, byte blue, byte[] to, int at, int plane) {
        to[at] = red;
        to[at + plane] = green;
        to[at + 2 * plane] = blue;
    }
}
