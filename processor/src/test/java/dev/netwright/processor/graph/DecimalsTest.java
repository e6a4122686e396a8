package dev.netwright.processor.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts of numbers are the same on every JDK, and read back as the same number. */
class DecimalsTest {
    /** The last three are longer on JDK 17, where they are written by themselves. */
    @ParameterizedTest
    @CsvSource({
        "0.0",
        "-0.0",
        "1.0",
        "-1.5",
        "0.1",
        "0.001",
        "9.999E-4",
        "1234567.0",
        "1.0E7",
        "-1.25E-5",
        "3.4028235E38",
        "1.4E-45",
        "2.2E-44",
        "8.41E21",
        "2.0E10"
    })
    void floatsHaveTheirShortestText(String text) {
        assertThat(Decimals.of(Float.parseFloat(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0.0", "-0.0", "0.1", "1.0E-5", "1.0E23", "123456.789", "1.7976931348623157E308", "4.9E-324", "2.0E23"})
    void doublesHaveTheirShortestText(String text) {
        assertThat(Decimals.of(Double.parseDouble(text))).isEqualTo(text);
    }

    @Test
    void everyNumberIsReadBackAndIsNoLongerThanTheJdksText() {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            float number = Float.intBitsToFloat(random.nextInt());
            if (Float.isFinite(number)) {
                String text = Decimals.of(number);
                assertThat(Float.parseFloat(text)).isEqualTo(number);
                assertThat(text).hasSizeLessThanOrEqualTo(Float.toString(number).length());
            }
            double real = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(real)) {
                String text = Decimals.of(real);
                assertThat(Double.parseDouble(text)).isEqualTo(real);
                assertThat(text).hasSizeLessThanOrEqualTo(Double.toString(real).length());
            }
        }
    }
}
