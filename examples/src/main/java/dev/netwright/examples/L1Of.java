package dev.netwright.examples;

import dev.netwright.annotations.Identity;
import dev.netwright.annotations.L1Loss;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Network;

/** The mean of the absolute differences between the three numbers that come in and their targets. */
@Network(input = 3, inputGradient = true)
@L1Loss
class L1Of {
    // spotless:off
    @Identity Layer same;
    // spotless:on
}
