package dev.netwright.examples;

import dev.netwright.annotations.CrossEntropyLoss;
import dev.netwright.annotations.Identity;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Network;

/** What three scores cost, when one of them is the right one: log(sum of exp(scores)) minus its score. */
@Network(input = 3, inputGradient = true)
@CrossEntropyLoss
class CrossEntropyOf {
    // spotless:off
    @Identity Layer same;
    // spotless:on
}
