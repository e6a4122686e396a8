package dev.netwright.training.decode;

import java.awt.color.ColorSpace;

/** Four inks, 1 being all of one, without a profile: the JDK has none that programs may use. */
final class CmykColorSpace extends ColorSpace {
    private static final long serialVersionUID = 1;

    static final CmykColorSpace INSTANCE = new CmykColorSpace();

    private CmykColorSpace() {
        super(TYPE_CMYK, 4);
    }

    @Override
    public float[] toRGB(float[] inks) {
        float light = 1 - inks[3];
        return new float[] {light * (1 - inks[0]), light * (1 - inks[1]), light * (1 - inks[2])};
    }

    @Override
    public float[] fromRGB(float[] rgb) {
        float black = 1 - Math.max(rgb[0], Math.max(rgb[1], rgb[2]));
        if (black == 1) {
            return new float[] {0, 0, 0, 1};
        }
        float[] inks = new float[4];
        for (int i = 0; i < 3; i++) {
            inks[i] = (1 - rgb[i] - black) / (1 - black);
        }
        inks[3] = black;
        return inks;
    }

    @Override
    public float[] toCIEXYZ(float[] inks) {
        return ColorSpace.getInstance(CS_sRGB).toCIEXYZ(toRGB(inks));
    }

    @Override
    public float[] fromCIEXYZ(float[] xyz) {
        return fromRGB(ColorSpace.getInstance(CS_sRGB).fromCIEXYZ(xyz));
    }
}
