package dev.netwright.examples;

import dev.netwright.annotations.BCEWithLogitsLoss;
import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.Init;
import dev.netwright.annotations.InitMethod;
import dev.netwright.annotations.Input;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.Mul;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Nonlinearity;
import dev.netwright.annotations.Shared;

/**
 * Says whether two pictures show the same kind of thing: above 0 they do. Both go through one tower, so that what it has
 * learnt from pictures on the left it knows of those on the right.
 */
@Network
@Input(
        name = "left",
        shape = {1, 28, 28})
@Input(
        name = "right",
        shape = {1, 28, 28})
@BCEWithLogitsLoss
@Init(value = InitMethod.KAIMING_NORMAL, layers = Conv2d.class, nonlinearity = Nonlinearity.RELU)
class SiameseNet {
    // spotless:off
    @Tower(size = 64, from = "left")          Layer towerA;
    @Shared(value = "towerA", from = "right") Layer towerB;   // no weights of its own
    @Mul(from = {"towerA", "towerB"})         Layer product;  // large where both agree, whichever is on the left
    @Linear(outFeatures = 1)                  Layer score;
    // spotless:on
}
