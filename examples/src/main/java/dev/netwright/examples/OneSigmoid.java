package dev.netwright.examples;

import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Sigmoid;

/** Squeezes every value between 0 and 1: pictures, which lie there already, lose their contrast. */
@Network(input = {3, 32, 32})
class OneSigmoid {
    // spotless:off
    @Sigmoid Layer sigmoid1;
    // spotless:on
}
