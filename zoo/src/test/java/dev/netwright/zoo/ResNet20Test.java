package dev.netwright.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.runtime.optim.SGD;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResNet20Test {
    private static final int SAMPLES = 8;

    @Test
    void learnsAHandfulOfPicturesByHeart() {
        Random random = new Random(1);
        float[] pictures = new float[SAMPLES * 3 * 32 * 32];
        for (int i = 0; i < pictures.length; i++) {
            pictures[i] = (float) random.nextGaussian();
        }
        int[] labels = IntStream.range(0, SAMPLES).map(i -> i % 10).toArray();
        CifarModel net = CifarModel.create(1);
        SGD optimizer = SGD.of(0.05f).momentum(0.9f);

        float loss = net.trainStep(pictures, labels, SAMPLES, optimizer);
        // Ten classes guessed at random cost ln 10 = 2.3, and more where the guesses are sure of themselves.
        assertThat(loss).isBetween(1.8f, 8f);
        for (int step = 0; step < 20; step++) {
            loss = net.trainStep(pictures, labels, SAMPLES, optimizer);
        }
        assertThat(loss).isLessThan(0.5f);
    }
}
