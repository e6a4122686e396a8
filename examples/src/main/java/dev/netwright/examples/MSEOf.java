package dev.netwright.examples;

import dev.netwright.annotations.Identity;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.MSELoss;
import dev.netwright.annotations.Network;

/** The mean of the squared differences between the three numbers that come in and their targets. */
@Network(input = 3, inputGradient = true)
@MSELoss
class MSEOf {
    // spotless:off
    @Identity Layer same;
    // spotless:on
}
