package dev.netwright.examples;

import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.MSELoss;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.ReLU;

/** A regression: eight numbers about a house in, its price out. */
@Network(input = 8)
@MSELoss
class HouseNet {
    // spotless:off
    @Linear(outFeatures = 32) Layer fc1;
    @ReLU                     Layer relu1;
    @Linear(outFeatures = 32) Layer fc2;
    @ReLU                     Layer relu2;
    @Linear(outFeatures = 1)  Layer price;
    // spotless:on
}
