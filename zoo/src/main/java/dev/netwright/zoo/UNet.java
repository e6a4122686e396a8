package dev.netwright.zoo;

import dev.netwright.annotations.Conv2d;
import dev.netwright.annotations.Init;
import dev.netwright.annotations.InitMethod;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.MaxPool2d;
import dev.netwright.annotations.Network;

/**
 * U-Net, which tells what each pixel belongs to (Ronneberger et al. 2015, "U-Net: Convolutional Networks for Biomedical
 * Image Segmentation", figure 1): pictures of 3 x 256 x 256 in, say, two scores for each pixel out, 31,037,698
 * parameters.
 *
 * <p>As most have it now, and not as in the paper, its convolutions are padded, so that the scores have the picture's
 * size and nothing is cropped, and are followed by batch normalisation. Height and width are multiples of 16; any
 * number of channels will do. Convolutions of 3 x 3 begin as the paper says, normal with the deviation {@code sqrt(2 /
 * inputs)}. Keys are the fields' names; torchvision has no such network.
 *
 * <p>Other widths are other {@code down} and {@code up} layers. For 21 kinds of things:
 *
 * <pre>{@code
 * @Network(input = {3, 256, 256})
 * @CrossEntropyLoss
 * class Segmenter extends UNet {
 *     @Conv2d(outChannels = 21, kernelSize = 1) Layer head;  // in the place of the layer with two scores
 * }
 * }</pre>
 */
@Network
@Init(value = InitMethod.KAIMING_NORMAL, layers = Conv2d.class)
public class UNet {
    // spotless:off
    // down
    @DoubleConv(width = 64)    Layer down1;
    @MaxPool2d(kernelSize = 2) Layer pool1;
    @DoubleConv(width = 128)   Layer down2;
    @MaxPool2d(kernelSize = 2) Layer pool2;
    @DoubleConv(width = 256)   Layer down3;
    @MaxPool2d(kernelSize = 2) Layer pool3;
    @DoubleConv(width = 512)   Layer down4;
    @MaxPool2d(kernelSize = 2) Layer pool4;
    @DoubleConv(width = 1024)  Layer bottom;

    // and up again
    @UNetUp(width = 512, from = {"bottom", "down4"}) Layer up4;
    @UNetUp(width = 256, from = {"up4", "down3"})    Layer up3;
    @UNetUp(width = 128, from = {"up3", "down2"})    Layer up2;
    @UNetUp(width = 64, from = {"up2", "down1"})     Layer up1;
    @Conv2d(outChannels = 2, kernelSize = 1)         Layer head;
    // spotless:on

    /** For classes that extend the network; nothing is instantiated. */
    protected UNet() {}
}
