package dev.netwright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.testing.SharedData;
import org.junit.jupiter.api.Test;

class Example03FashionTest {

    @Test
    void tenEpochsRecogniseNinetyOnePercentOfTheTestPictures() {
        Example03Fashion example = new Example03Fashion();
        String data = SharedData.require("fashion-mnist").toString();
        assertThat(Commands.run(example, "--data", data)).isZero();
        assertThat(example.testAccuracy()).isGreaterThanOrEqualTo(0.91);
    }
}
