package dev.netwright.examples;

import dev.netwright.annotations.Layer;
import dev.netwright.annotations.MaxPool2d;
import dev.netwright.annotations.Network;

/** Only the largest of each 3 x 3 pixels stays; with {@code ceilMode} those at the edge too. */
@Network(input = {3, 32, 32})
class OneMaxPool {
    // spotless:off
    @MaxPool2d(kernelSize = 3, ceilMode = true) Layer maxpool1;
    // spotless:on
}
