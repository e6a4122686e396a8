package dev.netwright.processor.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The rules of windows along one axis, against windows that are laid one by one. */
class WindowTest {
    /** Windows whose taps lie within the padded input. */
    private static int laid(int extent, int kernel, int stride, int dilation, int padding) {
        int windows = 0;
        while (windows * stride + dilation * (kernel - 1) < extent + 2 * padding) {
            windows++;
        }
        return windows;
    }

    @Test
    void asManyAsFitThePaddedInput() {
        for (int extent = 1; extent < 8; extent++) {
            for (int kernel = 1; kernel < 5; kernel++) {
                for (int stride = 1; stride < 4; stride++) {
                    for (int dilation = 1; dilation < 3; dilation++) {
                        for (int padding = 0; padding < 3; padding++) {
                            Window window = new Window(extent, kernel, stride, dilation, padding, padding);
                            assertThat(Math.max(0, window.count()))
                                    .as(window.toString())
                                    .isEqualTo(laid(extent, kernel, stride, dilation, padding));
                        }
                    }
                }
            }
        }
    }

    /** PyTorch's pooling_output_shape. */
    private static int ceiled(int extent, int kernel, int stride, int dilation, int padding) {
        int room = extent + 2 * padding - dilation * (kernel - 1) - 1;
        int windows = Math.floorDiv(room + stride - 1, stride) + 1;
        return (windows - 1) * stride >= extent + padding ? windows - 1 : windows;
    }

    @Test
    void theLastOfAPoolMayOverhang() {
        for (int extent = 1; extent < 12; extent++) {
            for (int kernel = 1; kernel < 6; kernel++) {
                for (int stride = 1; stride < 6; stride++) {
                    for (int dilation = 1; dilation < 3; dilation++) {
                        for (int padding = 0; 2 * padding <= dilation * (kernel - 1) + 1; padding++) {
                            Window window = Window.overhanging(extent, kernel, stride, dilation, padding);
                            assertThat(window.count())
                                    .as(window.toString())
                                    .isEqualTo(ceiled(extent, kernel, stride, dilation, padding));
                        }
                    }
                }
            }
        }
    }

    @Test
    void aTransposedOnesGiveWhatItTakes() {
        for (int input = 1; input < 6; input++) {
            for (int kernel = 1; kernel < 4; kernel++) {
                for (int stride = 1; stride < 4; stride++) {
                    for (int dilation = 1; dilation < 4; dilation++) {
                        for (int added = 0; added < Math.max(stride, dilation); added++) {
                            for (int padding = 0; padding < 2; padding++) {
                                Window window = Window.transposed(input, kernel, stride, dilation, padding, added);
                                if (window.extent() > 0) {
                                    assertThat(window.output())
                                            .as(window.toString())
                                            .isEqualTo(input);
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    @Test
    void samePaddingKeepsTheExtent() {
        assertThat(Window.same(7, 3, 1, 1)).isEqualTo(new Window(7, 3, 1, 1, 1, 1));
        assertThat(Window.same(7, 4, 1, 1)).isEqualTo(new Window(7, 4, 1, 1, 1, 2));
        assertThat(Window.same(2, 4, 1, 3).output()).isEqualTo(2);
    }

    @Test
    void someAreAPartitionOrPairs() {
        assertThat(Window.blocks(9, 3).isPartition()).isTrue();
        assertThat(Window.blocks(10, 3).isPartition()).isFalse();
        assertThat(Window.blocks(5, 2).isPairs()).isTrue();
        assertThat(Window.overhanging(5, 2, 2, 1, 0).isPairs()).isFalse();
        assertThat(new Window(5, 2, 2, 1, 1, 0).isPairs()).isFalse();
    }

    @Test
    void adaptiveOnesAreEvenWhereTheyDivideTheInput() {
        assertThat(PoolWindow.adaptive(12, 4)).isEqualTo(Window.blocks(12, 3));
        assertThat(PoolWindow.adaptive(7, 3)).isEqualTo(new AdaptiveWindow(7, 3, 4));
    }
}
