package dev.netwright.training.transforms;

import java.util.random.RandomGenerator;

/**
 * One step on a picture's way into a batch.
 *
 * <p>Implementations are immutable and serve many threads at once; what changes is in the picture and the generator.
 * They draw from the given generator alone: it belongs to the loader's seed, the epoch and the sample's place in it, so
 * that neither the number of workers nor resuming changes what is drawn.
 */
public interface Transform {

    /**
     * What becomes of pictures. Called once, before any is loaded.
     *
     * @param input what arrives
     * @return what leaves
     * @throws IllegalArgumentException if such pictures cannot be transformed, with what to change
     */
    ImageSpec spec(ImageSpec input);

    /**
     * Transforms one picture in place.
     *
     * @param image the picture, which has what {@link #spec} was asked about
     * @param random draws what is random
     * @throws IllegalArgumentException if this one picture cannot be transformed, such as for its size
     */
    void apply(Image image, RandomGenerator random);
}
