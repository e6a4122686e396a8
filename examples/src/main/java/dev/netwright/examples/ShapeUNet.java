package dev.netwright.examples;

import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.CrossEntropyLoss;
import dev.netwright.annotations.Init;
import dev.netwright.annotations.InitMethod;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Network;
import dev.netwright.zoo.DoubleConv;
import dev.netwright.zoo.UNet;
import dev.netwright.zoo.UNetUp;

/**
 * The zoo's U-Net, an eighth as wide, with a score for each of four classes at each pixel. A field with the name of one of
 * the zoo's takes that layer's place; what is not named here, the pools, stays.
 */
@Network(input = {3, Scenes.SIDE, Scenes.SIDE})
// Of scores of 4 x 64 x 64 it takes a class for each of the 64 x 64 places.
@CrossEntropyLoss
@Init(value = InitMethod.KAIMING_NORMAL, layers = Conv2d.class)
class ShapeUNet extends UNet {
    // spotless:off
    @DoubleConv(width = 8)   Layer down1;
    @DoubleConv(width = 16)  Layer down2;
    @DoubleConv(width = 32)  Layer down3;
    @DoubleConv(width = 64)  Layer down4;
    @DoubleConv(width = 128) Layer bottom;

    @UNetUp(width = 64, from = {"bottom", "down4"}) Layer up4;
    @UNetUp(width = 32, from = {"up4", "down3"})    Layer up3;
    @UNetUp(width = 16, from = {"up3", "down2"})    Layer up2;
    @UNetUp(width = 8, from = {"up2", "down1"})     Layer up1;
    @Conv2d(outChannels = Scenes.CLASSES, kernelSize = 1) Layer head;
    // spotless:on
}
