package dev.netwright.processor.graph.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Taps;
import dev.netwright.processor.graph.Taps.Tap;
import dev.netwright.processor.reference.AnnotationAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which inputs PyTorch 1.13 reads for each output, in floats, and what it multiplies them with. */
class UpsampleTest {
    private static Taps columns(int in, Object size, Object scaleFactor, String mode, boolean alignCorners) {
        Map<String, Object> written = new HashMap<>(Map.of("mode", mode));
        if (alignCorners) {
            written.put("alignCorners", true);
        }
        if (size != null) {
            written.put("size", List.of(1, size));
        } else {
            written.put("scaleFactor", List.of(1.0, scaleFactor));
        }
        Upsample layer = (Upsample) Layers.factory("Upsample")
                .create(AnnotationAttributes.of("Upsample", written), List.of(Shape.of(1, 1, in)));
        return layer.taps(1);
    }

    private static List<Integer> nearest(int in, Object size, Object scaleFactor) {
        return columns(in, size, scaleFactor, "NEAREST", false).outputs().stream()
                .map(taps -> taps.get(0).input())
                .toList();
    }

    @Test
    void theNearestInputIsFoundByAProductOfFloats() {
        // 11 * 26 / 22 is 13, in floats less
        assertThat(nearest(26, 22, null))
                .containsExactly(0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 14, 15, 16, 17, 18, 20, 21, 22, 23, 24);
    }

    @Test
    void aWrittenFactorIsUsedAsItIs() {
        assertThat(nearest(3, null, 2.3)).containsExactly(0, 0, 0, 1, 1, 2);
        assertThat(nearest(3, 6, null)).containsExactly(0, 0, 1, 1, 2, 2);
        assertThat(nearest(5, null, 1.1)).containsExactly(0, 0, 1, 2, 3);
        assertThat(nearest(10, null, 0.7)).containsExactly(0, 1, 2, 4, 5, 7, 8);
        assertThat(nearest(7, null, 0.3)).containsExactly(0, 3);
    }

    @Test
    void weightsHavePyTorchsBits() {
        assertThat(columns(5, 3, null, "BILINEAR", false).outputs())
                .containsExactly(
                        List.of(new Tap(0, 0.6666666865348816f), new Tap(1, 0.3333333134651184f)),
                        List.of(new Tap(1, 5.960464477539063e-08f), new Tap(2, 0.9999999403953552f)),
                        List.of(new Tap(3, 0.33333343267440796f), new Tap(4, 0.666666567325592f)));
        assertThat(columns(3, null, 2.01, "BILINEAR", false).outputs())
                .containsExactly(
                        List.of(new Tap(0, 1)),
                        List.of(new Tap(0, 0.753731369972229f), new Tap(1, 0.2462686449289322f)),
                        List.of(new Tap(0, 0.25621891021728516f), new Tap(1, 0.7437810897827148f)),
                        List.of(new Tap(1, 0.7587065100669861f), new Tap(2, 0.2412935048341751f)),
                        List.of(new Tap(1, 0.26119405031204224f), new Tap(2, 0.7388059496879578f)),
                        List.of(new Tap(2, 1)));
        assertThat(columns(3, 7, null, "BILINEAR", true).outputs().subList(2, 5))
                .containsExactly(
                        List.of(new Tap(0, 0.3333333134651184f), new Tap(1, 0.6666666865348816f)),
                        List.of(new Tap(1, 1), new Tap(2, 2.9802322387695312e-08f)),
                        List.of(new Tap(1, 0.6666666269302368f), new Tap(2, 0.3333333730697632f)));
        assertThat(columns(3, 1, null, "BILINEAR", true).outputs()).containsExactly(List.of(new Tap(0, 1)));
        assertThat(columns(4, 1, null, "BILINEAR", false).outputs())
                .containsExactly(List.of(new Tap(1, 0.5f), new Tap(2, 0.5f)));
    }
}
