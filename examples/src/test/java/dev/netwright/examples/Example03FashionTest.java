package dev.netwright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.testing.SharedData;
import org.junit.jupiter.api.Test;

class Example03FashionTest {

    private static final boolean NIGHTLY = Boolean.getBoolean("netwright.nightly");

    /** Two epochs give 0.8837, with the same bits on every machine that has fused multiply-add. */
    @Test
    void recognisesTheTestPictures() {
        Example03Fashion example = new Example03Fashion();
        String data = SharedData.require("fashion-mnist").toString();
        assertThat(Commands.run(example, "--data", data, "--epochs", NIGHTLY ? "10" : "2"))
                .isZero();
        assertThat(example.testAccuracy()).isGreaterThanOrEqualTo(NIGHTLY ? 0.91 : 0.87);
    }
}
