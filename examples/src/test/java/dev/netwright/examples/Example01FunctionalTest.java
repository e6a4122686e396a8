package dev.netwright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Example01FunctionalTest {

    @Test
    void theConvolutionsAreThoseOfPyTorch() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Example01Functional.run(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "stride 1",
                        "  10  12  12",
                        "  18  16  16",
                        "  13   9   3",
                        "stride 2",
                        "  10  12",
                        "  13   3",
                        "stride 1, padding 1",
                        "   1   3   4  10   8",
                        "   5  10  12  12   6",
                        "   7  18  16  16   8",
                        "  11  13   9   3   4",
                        "  14  13   9   7   4");
    }
}
