package dev.netwright.training.transforms;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** A step of your own that changes values and keeps shape and type; implement {@link Transform} for any other. */
public final class Lambda implements Transform {

    private final BiConsumer<Image, RandomGenerator> step;

    private Lambda(BiConsumer<Image, RandomGenerator> step) {
        this.step = step;
    }

    /**
     * A step without chance.
     *
     * @param step changes the picture; called by many threads at once, each with a picture of its own
     * @return the transform
     */
    public static Lambda of(Consumer<Image> step) {
        return new Lambda((image, random) -> step.accept(image));
    }

    /**
     * A step with chance.
     *
     * @param step changes the picture and draws from the generator alone; called by many threads at once
     * @return the transform
     */
    public static Lambda of(BiConsumer<Image, RandomGenerator> step) {
        return new Lambda(step);
    }

    @Override
    public ImageSpec spec(ImageSpec input) {
        return input;
    }

    @Override
    public void apply(Image image, RandomGenerator random) {
        int channels = image.channels();
        int height = image.height();
        int width = image.width();
        boolean isFloat = image.isFloat();
        step.accept(image, random);
        if (image.channels() != channels
                || image.height() != height
                || image.width() != width
                || image.isFloat() != isFloat) {
            throw new IllegalArgumentException("A Lambda keeps shape and type, but this one made "
                    + image + " of " + new ImageSpec(channels, height, width, isFloat)
                    + ": implement Transform, whose spec says so.");
        }
    }
}
