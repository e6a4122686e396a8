package dev.netwright.examples;

import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.MSELoss;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Normalize;
import dev.netwright.annotations.ReLU;

/** A regression: area, rooms, age and distance of a house in, its price out. Its first layer brings them to one scale. */
@Network(input = 4)
@MSELoss
class HouseNet {
    // spotless:off
    @Normalize(mean = {110, 4, 40, 10}, std = {45, 2, 25, 6}) Layer scale;
    @Linear(outFeatures = 32)                                 Layer fc1;
    @ReLU                                                     Layer relu1;
    @Linear(outFeatures = 32)                                 Layer fc2;
    @ReLU                                                     Layer relu2;
    @Linear(outFeatures = 1)                                  Layer price;
    // spotless:on
}
