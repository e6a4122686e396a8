package dev.netwright.training.data;

import dev.netwright.training.transforms.Image;
import java.util.random.RandomGenerator;

/** What a thread that loads samples keeps for the data set: a generator and a picture to work on. */
public final class SampleContext {

    private final SampleRandom random = new SampleRandom();
    private final Image image = new Image();

    /** A context for one thread. */
    public SampleContext() {}

    /**
     * Begins a sample. Its random numbers depend on these two alone, not on the thread.
     *
     * @param epochSeed differs from epoch to epoch
     * @param place the sample's place in the epoch
     */
    public void begin(long epochSeed, long place) {
        random.begin(epochSeed, place);
    }

    /**
     * Draws what is random about the sample that was begun.
     *
     * @return the same object always
     */
    public RandomGenerator random() {
        return random;
    }

    /**
     * A picture whose buffers are kept.
     *
     * @return the same object always, with undefined content
     */
    public Image image() {
        return image;
    }
}
