package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.layer.LayerMaking.layer;
import static dev.netwright.processor.graph.layer.LayerMaking.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Shape;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** As {@link ShapeRulesTest}, of layers whose windows go over sequences, images and volumes. */
class WindowShapeRulesTest {
    private static final Shape IMAGE = Shape.of(3, 5, 6);

    @Test
    void ceilModeKeepsTheLastRowUnlessItsWindowWouldStartInThePadding() {
        Map<String, Object> three = Map.of("kernelSize", 3, "ceilMode", true);
        assertThat(layer("MaxPool2d", three, Shape.of(1, 5, 5)).output()).isEqualTo(Shape.of(1, 2, 2));
        Map<String, Object> padded = Map.of("kernelSize", 2, "stride", 2, "padding", 1, "ceilMode", true);
        assertThat(layer("AvgPool2d", padded, Shape.of(1, 5, 4)).output()).isEqualTo(Shape.of(1, 3, 3));
        // PyTorch pools even what is smaller than the window
        assertThat(layer("MaxPool2d", three, Shape.of(1, 2, 1)).output()).isEqualTo(Shape.of(1, 1, 1));
    }

    @Test
    void poolsNeedAWindowWithinThePaddedInput() {
        LayerException e = refused("MaxPool2d", Map.of("kernelSize", List.of(1, 7)), IMAGE);
        assertThat(e.problem()).isEqualTo(Problem.SHAPE);
        assertThat(e.attribute()).isEqualTo("kernelSize");
        assertThat(e).hasMessage("%s needs 7 columns, but its padded input has 6");
    }

    @Test
    void layersOfOneAxisSayPlaces() {
        Shape sequence = Shape.of(3, 6);
        assertThat(layer("Conv1d", Map.of("outChannels", 2, "kernelSize", 3, "stride", 2, "padding", 1), sequence)
                        .output())
                .isEqualTo(Shape.of(2, 3));
        assertThat(layer("ConvTranspose1d", Map.of("outChannels", 2, "kernelSize", 3, "stride", 2), sequence)
                        .output())
                .isEqualTo(Shape.of(2, 13));
        assertThat(refused("Conv1d", Map.of("outChannels", 2, "kernelSize", 7), sequence))
                .hasMessage("%s needs 7 places (kernel and dilation), but its padded input has 6");
        assertThat(refused("MaxPool1d", Map.of("kernelSize", 7), sequence))
                .hasMessage("%s needs 7 places, but its padded input has 6");
        LayerException e = refused("AvgPool1d", Map.of("kernelSize", 2), IMAGE);
        assertThat(e).hasMessage("%s (AvgPool1d) needs channels x places but receives 3 x 5 x 6");
        assertThat(e.fix())
                .isEqualTo(
                        "Give it an input with two dimensions. If 3 is the batch, leave it out: a shape is that of one"
                                + " sample, 5 x 6.");
        assertThat(refused("AdaptiveAvgPool1d", Map.of("outputSize", List.of(1, 2)), sequence)
                        .attribute())
                .isEqualTo("outputSize");
        assertThat(refused("AdaptiveAvgPool1d", Map.of("outputSize", 0), sequence)
                        .fix())
                .isEqualTo("Write outputSize = 1 or more, or AdaptiveAvgPool1d.KEEP for the size of the input.");
        assertThat(refused("Conv1d", Map.of("outChannels", 2, "kernelSize", List.of(3, 3)), sequence))
                .hasMessage("kernelSize has 2 values, but takes one");
        assertThat(refused("ConvTranspose1d", Map.of("outChannels", 2, "kernelSize", 1, "padding", 3), sequence))
                .hasMessage("padding of %s cuts 3 places off each side, which leaves 0 of 6");
    }

    @Test
    void layersOfThreeAxesSayPlanes() {
        Shape volume = Shape.of(3, 4, 5, 6);
        Map<String, Object> strided =
                Map.of("outChannels", 2, "kernelSize", List.of(2, 3, 1), "stride", 2, "padding", List.of(1, 0, 0));
        assertThat(layer("Conv3d", strided, volume).output()).isEqualTo(Shape.of(2, 3, 2, 3));
        assertThat(layer("ConvTranspose3d", Map.of("outChannels", 2, "kernelSize", 3, "stride", 2), volume)
                        .output())
                .isEqualTo(Shape.of(2, 9, 11, 13));
        assertThat(layer("AdaptiveMaxPool3d", Map.of("outputSize", List.of(-1_000_003, 1, 2)), volume)
                        .output())
                .isEqualTo(Shape.of(3, 4, 1, 2));
        assertThat(refused("Conv3d", Map.of("outChannels", 2, "kernelSize", 5), volume))
                .hasMessage("%s needs 5 planes (kernel and dilation), but its padded input has 4");
        assertThat(refused("MaxPool3d", Map.of("kernelSize", List.of(1, 6, 1)), volume))
                .hasMessage("%s needs 6 rows, but its padded input has 5");
        LayerException e = refused("BatchNorm3d", Map.of(), IMAGE);
        assertThat(e).hasMessage("%s (BatchNorm3d) needs channels x planes x rows x columns but receives 3 x 5 x 6");
        assertThat(e.fix()).isEqualTo("Give it an input with four dimensions.");
        assertThat(refused("AvgPool3d", Map.of("kernelSize", List.of(2, 2)), volume))
                .hasMessage("kernelSize has 2 values, but takes one, or one for each of 3 dimensions");
    }

    @Test
    void poolsPadAtMostHalfTheWindow() {
        LayerException e = refused("AvgPool2d", Map.of("kernelSize", 3, "padding", 2), IMAGE);
        assertThat(e.attribute()).isEqualTo("padding");
        assertThat(e).hasMessage("padding of %s is 2, but can be at most half the window of 3 rows");
        assertThat(e.fix()).isEqualTo("Write padding = 1 or less.");
        assertThat(layer("MaxPool2d", Map.of("kernelSize", 2, "dilation", 3, "padding", 2), IMAGE)
                        .output())
                .isEqualTo(Shape.of(3, 3, 4));
    }

    @Test
    void maxPoolsRefuseAWindowWhoseTapsAllMissTheInput() {
        LayerException e =
                refused("MaxPool2d", Map.of("kernelSize", 2, "dilation", 4, "padding", 2), Shape.of(1, 1, 1));
        assertThat(e.attribute()).isEqualTo("dilation");
        assertThat(e).hasMessageStartingWith("window 0 of the rows of %s sees padding alone");
    }

    @Test
    void averagePoolsDoNotDivideByZero() {
        assertThat(refused("AvgPool2d", Map.of("kernelSize", 2, "divisorOverride", 0), IMAGE)
                        .attribute())
                .isEqualTo("divisorOverride");
    }

    @Test
    void adaptivePoolsKeepASize() {
        assertThat(layer("AdaptiveAvgPool2d", Map.of("outputSize", List.of(7, -1_000_003)), IMAGE)
                        .output())
                .isEqualTo(Shape.of(3, 7, 6));
        assertThat(refused("AdaptiveAvgPool2d", Map.of("outputSize", 0), IMAGE))
                .hasMessage("outputSize of %s is 0, but must be at least 1");
        assertThat(refused("AdaptiveMaxPool2d", Map.of("outputSize", -1), IMAGE).fix())
                .isEqualTo("Write outputSize = 1 or more, or AdaptiveMaxPool2d.KEEP for the size of the input.");
    }

    @Test
    void adaptivePoolsEnlarge() {
        for (String pool : List.of("AdaptiveAvgPool2d", "AdaptiveMaxPool2d")) {
            assertThat(layer(pool, Map.of("outputSize", 7), Shape.of(512, 1, 1)).output())
                    .isEqualTo(Shape.of(512, 7, 7));
            assertThat(layer(pool, Map.of("outputSize", List.of(7, 2)), IMAGE).output())
                    .isEqualTo(Shape.of(3, 7, 2));
        }
    }

    @Test
    void padCountsFromTheLastDimensionAndCrops() {
        assertThat(layer("Pad", Map.of("padding", List.of(1, 2, 3, 4, 0, 1)), IMAGE)
                        .output())
                .isEqualTo(Shape.of(4, 12, 9));
        assertThat(layer("Pad", Map.of("padding", List.of(-2, -3)), IMAGE).output())
                .isEqualTo(Shape.of(3, 5, 1));
        assertThat(refused("Pad", Map.of("padding", List.of(-3, -3)), IMAGE))
                .hasMessage("padding of %s by -3 and -3 leaves nothing of dimension 3, whose size is 6");
        assertThat(refused("Pad", Map.of("padding", List.of(1)), IMAGE))
                .hasMessageStartingWith("padding of %s has 1 amounts");
    }

    @Test
    void padRepeatsNoMoreThanThereIs() {
        Map<String, Object> six = Map.of("padding", List.of(6, 0), "mode", "CIRCULAR");
        assertThat(layer("Pad", six, IMAGE).output()).isEqualTo(Shape.of(3, 5, 12));
        assertThat(refused("Pad", Map.of("padding", List.of(0, 6), "mode", "REFLECT"), IMAGE))
                .hasMessage("padding of %s is 6, but mode REFLECT can add at most 5 to dimension 3, whose size is 6");
        assertThat(refused("Pad", Map.of("padding", List.of(-1, 0), "mode", "CIRCULAR"), IMAGE))
                .hasMessage("padding of %s is -1, but mode CIRCULAR cannot cut");
        assertThat(refused(
                        "Pad", Map.of("padding", Collections.nCopies(8, 1), "mode", "CIRCULAR"), Shape.of(1, 2, 2, 2)))
                .hasMessageStartingWith("padding of %s has 8 amounts");
        assertThat(refused("Pad", Map.of("padding", List.of(1, 1), "mode", "CIRCULAR", "value", 1.0), IMAGE)
                        .attribute())
                .isEqualTo("value");
    }

    @Test
    void modulesThatPadAreForSoManyAxes() {
        assertThat(layer("ReflectionPad2d", Map.of("padding", 2), IMAGE).output())
                .isEqualTo(Shape.of(3, 9, 10));
        assertThat(layer("ZeroPad2d", Map.of("padding", List.of(1, -2, 0, 3)), Shape.of(5, 6))
                        .output())
                .isEqualTo(Shape.of(8, 5));
        assertThat(layer("CircularPad3d", Map.of("padding", List.of(1, 0, 2, 1, 0, 3)), Shape.of(2, 3, 4, 5))
                        .output())
                .isEqualTo(Shape.of(2, 6, 7, 6));
        assertThat(refused("ReflectionPad1d", Map.of("padding", 1), IMAGE))
                .hasMessage("%s (ReflectionPad1d) needs channels x places but receives " + IMAGE);
        assertThat(refused("ConstantPad3d", Map.of("padding", 1, "value", 2.0), Shape.of(5, 6)))
                .hasMessage("%s pads 3 dimensions but receives 5 x 6");
        assertThat(refused("ZeroPad2d", Map.of("padding", List.of(1, 2)), IMAGE))
                .hasMessage("padding of %s has 2 amounts, but ZeroPad2d takes one, or 4");
        LayerException cut = refused("ReflectionPad2d", Map.of("padding", -1), IMAGE);
        assertThat(cut).hasMessage("padding of %s is -1, but ReflectionPad2d cannot cut");
        assertThat(cut.fix()).isEqualTo("Write amounts of at least 0, or cut with @ZeroPad2d.");
        assertThat(refused("ReflectionPad2d", Map.of("padding", 5), IMAGE))
                .hasMessage(
                        "padding of %s is 5, but ReflectionPad2d can add at most 4 to dimension 2, whose size is 5");
        assertThat(refused("ReplicationPad2d", Map.of("padding", -3), IMAGE))
                .hasMessage("padding of %s by -3 and -3 leaves nothing of dimension 2, whose size is 5");
    }

    @Test
    void sizesThatNoImageHasAreRefused() {
        LayerException e =
                refused("Conv2d", Map.of("outChannels", 1, "kernelSize", 3, "padding", 2_000_000_000), IMAGE);
        assertThat(e.attribute()).isEqualTo("padding");
        assertThat(e).hasMessage("padding is 2000000000, but can be at most 20000");
    }

    @Test
    void transposedConvolutionsUndoTheSizesOfConvolutions() {
        Map<String, Object> twice = Map.of("outChannels", 2, "kernelSize", 2, "stride", 2);
        assertThat(layer("ConvTranspose2d", twice, IMAGE).output()).isEqualTo(Shape.of(2, 10, 12));
        Map<String, Object> added =
                Map.of("outChannels", 2, "kernelSize", 3, "stride", 2, "padding", 1, "outputPadding", 1);
        assertThat(layer("ConvTranspose2d", added, IMAGE).output()).isEqualTo(Shape.of(2, 10, 12));
        LayerException e = refused(
                "ConvTranspose2d",
                Map.of("outChannels", 2, "kernelSize", 3, "stride", 2, "dilation", List.of(3, 1), "outputPadding", 2),
                IMAGE);
        assertThat(e.attribute()).isEqualTo("outputPadding");
        assertThat(e)
                .hasMessage("outputPadding of %s is 2 columns, but must be smaller than the stride of 2"
                        + " or the dilation of 1");
        assertThat(e.fix()).isEqualTo("Write outputPadding = 1 or less.");
        LayerException cut =
                refused("ConvTranspose2d", Map.of("outChannels", 2, "kernelSize", 1, "padding", 3), Shape.of(3, 7, 6));
        assertThat(cut.problem()).isEqualTo(Problem.SHAPE);
        assertThat(cut.attribute()).isEqualTo("padding");
        assertThat(cut).hasMessage("padding of %s cuts 3 columns off each side, which leaves 0 of 6");
        assertThat(refused("ConvTranspose2d", Map.of("outChannels", 2, "kernelSize", 1, "groups", 2), IMAGE))
                .hasMessage("2 groups do not divide 3 input channels of %s");
    }

    @Test
    void imagesAreResampledToASizeOrByAFactor() {
        assertThat(layer("Upsample", Map.of("size", List.of(2, 9)), IMAGE).output())
                .isEqualTo(Shape.of(3, 2, 9));
        assertThat(layer("Upsample", Map.of("scaleFactor", List.of(2.0, 1.1)), IMAGE)
                        .output())
                .isEqualTo(Shape.of(3, 10, 6));
        // a product of doubles: 0.7f * 10 is less than 7
        assertThat(layer("Upsample", Map.of("scaleFactor", 0.7), Shape.of(1, 10, 10))
                        .output())
                .isEqualTo(Shape.of(1, 7, 7));
        LayerException both = refused("Upsample", Map.of("size", 4, "scaleFactor", 2.0), IMAGE);
        assertThat(both.attribute()).isEqualTo("scaleFactor");
        assertThat(both)
                .hasMessage("size and scaleFactor of %s are both written, but either says how large its output is");
        assertThat(refused("Upsample", Map.of(), IMAGE)).hasMessage("%s (Upsample) has neither size nor scaleFactor");
        assertThat(refused("Upsample", Map.of("scaleFactor", List.of(1.0, 0.1)), IMAGE))
                .hasMessage("scaleFactor of %s is 0.1, which makes nothing of 6 columns");
        assertThat(refused("Upsample", Map.of("scaleFactor", 5000.0), IMAGE))
                .hasMessage("scaleFactor of %s is 5000.0, which makes 25000 rows of 5, but there can be at most 20000");
        assertThat(refused("Upsample", Map.of("scaleFactor", -1.0), IMAGE))
                .hasMessage("scaleFactor of %s is -1.0, but must be above 0");
        assertThat(refused("Upsample", Map.of("scaleFactor", List.of(1.0, 1.0, 2.0)), IMAGE))
                .hasMessage("scaleFactor has 3 values, but takes one, or one for each of 2 dimensions");
        assertThat(refused("Upsample", Map.of("size", 4, "alignCorners", false), IMAGE))
                .hasMessage("alignCorners of %s is written, but mode NEAREST has no use for it");
    }

    @Test
    void modesOfResamplingAreForSoManyDimensions() {
        Map<String, Object> sizes = Map.of("size", List.of(4, 2, 9), "mode", "TRILINEAR");
        assertThat(layer("Upsample", sizes, Shape.of(3, 2, 5, 6)).output()).isEqualTo(Shape.of(3, 4, 2, 9));
        assertThat(layer("Upsample", Map.of("scaleFactor", 1.5), Shape.of(3, 5)).output())
                .isEqualTo(Shape.of(3, 7));
        LayerException linear = refused("Upsample", Map.of("size", 4, "mode", "LINEAR"), IMAGE);
        assertThat(linear.attribute()).isEqualTo("mode");
        assertThat(linear)
                .hasMessage(
                        "mode of %s is LINEAR, which is of 1 dimension behind the channels, but it receives 3 x 5 x 6");
        assertThat(linear.fix()).isEqualTo("Write mode = Upsample.Mode.BILINEAR.");
        assertThat(refused("Upsample", Map.of("size", 4, "mode", "BICUBIC"), Shape.of(3, 5))
                        .fix())
                .isEqualTo("Write mode = Upsample.Mode.LINEAR.");
        assertThat(refused("Upsample", Map.of("size", 4), Shape.of(3)))
                .hasMessage("%s (Upsample) needs channels and one, two or three dimensions behind them but receives 3");
        assertThat(refused("UpsamplingNearest2d", Map.of(), IMAGE))
                .hasMessage("%s (UpsamplingNearest2d) has neither size nor scaleFactor");
        assertThat(refused("UpsamplingBilinear2d", Map.of("size", 4), Shape.of(3, 5)))
                .hasMessage("%s (UpsamplingBilinear2d) needs channels x rows x columns but receives 3 x 5");
    }

    @Test
    void pixelsAndChannelsAreExchangedByWholeFactors() {
        assertThat(layer("PixelShuffle", Map.of("upscaleFactor", 3), Shape.of(18, 5, 6))
                        .output())
                .isEqualTo(Shape.of(2, 15, 18));
        assertThat(layer("PixelUnshuffle", Map.of("downscaleFactor", 2), Shape.of(3, 4, 6))
                        .output())
                .isEqualTo(Shape.of(12, 2, 3));
        LayerException channels = refused("PixelShuffle", Map.of("upscaleFactor", 2), IMAGE);
        assertThat(channels.attribute()).isEqualTo("upscaleFactor");
        assertThat(channels).hasMessage("upscaleFactor of %s is 2, whose square 4 does not divide the 3 channels");
        assertThat(refused("PixelShuffle", Map.of("upscaleFactor", 65_536), IMAGE))
                .hasMessage("upscaleFactor of %s is 65536, whose square 4294967296 does not divide the 3 channels");
        assertThat(refused("PixelUnshuffle", Map.of("downscaleFactor", 2), IMAGE))
                .hasMessage("downscaleFactor of %s is 2, which does not divide the 5 rows");
        assertThat(refused("PixelUnshuffle", Map.of("downscaleFactor", 0), IMAGE))
                .hasMessage("downscaleFactor of %s is 0, but must be at least 1");
    }

    @Test
    void patchesAreCutFromWhatIsThereAndAddedUpToTheSame() {
        Map<String, Object> windows = Map.of("kernelSize", List.of(3, 2), "stride", 2, "padding", List.of(1, 0));
        assertThat(layer("Unfold", windows, IMAGE).output()).isEqualTo(Shape.of(18, 9));
        assertThat(refused("Unfold", Map.of("kernelSize", 4, "dilation", 2), IMAGE))
                .hasMessage("%s needs 7 rows, but its padded image has 5");
        Map<String, Object> back = Map.of("outputSize", List.of(5, 6), "kernelSize", 2, "stride", List.of(1, 2));
        assertThat(layer("Fold", back, Shape.of(12, 12)).output()).isEqualTo(IMAGE);
        assertThat(refused("Fold", back, Shape.of(12, 11)))
                .hasMessage("%s makes 5 x 6 of 12 patches but receives 12 x 11");
        assertThat(refused("Fold", back, Shape.of(10, 12)))
                .hasMessage("patches of %s have 4 cells, which do not divide the 10 of 10 x 12");
        assertThat(refused("Fold", back, IMAGE)).hasMessage("%s (Fold) needs cells x patches but receives 3 x 5 x 6");
    }

    @Test
    void whatIsUnpooledGoesWhereItsMaxPoolTookIt() {
        Layer pool = layer("MaxPool2d", Map.of("kernelSize", 2), IMAGE);
        Shape small = pool.output();
        Map<String, Object> sized = Map.of("kernelSize", 2, "outputSize", List.of(5, 6), "indices", pool);
        assertThat(layer("MaxUnpool2d", sized, small, IMAGE).output()).isEqualTo(IMAGE);
        LayerException size = refused("MaxUnpool2d", Map.of("kernelSize", 2, "indices", pool), small, IMAGE);
        assertThat(size.attribute()).isEqualTo("outputSize");
        assertThat(size).hasMessage("%s makes 4 x 6, but the max pool whose indices it takes reads 5 x 6");
        assertThat(size.fix()).isEqualTo("Write outputSize = {5, 6}.");
        assertThat(refused("MaxUnpool2d", Map.of("kernelSize", 3, "indices", pool), small, IMAGE))
                .hasMessage("kernelSize of %s is 3 x 3, but that of the max pool whose indices it takes is 2 x 2");
        assertThat(refused("MaxUnpool2d", Map.of("kernelSize", 2, "indices", "relu"), small, IMAGE))
                .hasMessage("indices of %s name no MaxPool2d");
        assertThat(refused("MaxUnpool2d", sized, IMAGE, IMAGE))
                .hasMessage("%s receives 3 x 5 x 6, but the max pool whose indices it takes makes 3 x 2 x 3");
        Layer overlapping = layer("MaxPool2d", Map.of("kernelSize", 2, "stride", 1), IMAGE);
        Map<String, Object> twice = Map.of("kernelSize", 2, "stride", 1, "indices", overlapping);
        LayerException overlap = refused("MaxUnpool2d", twice, overlapping.output(), IMAGE);
        assertThat(overlap.attribute()).isEqualTo("indices");
        assertThat(overlap)
                .hasMessage(
                        "indices of %s are of a max pool whose windows overlap, so that two of them may have one place");
    }

    @Test
    void drawnWindowsMakeOutputsOfAnySmallerSize() {
        Layer ratio = layer("FractionalMaxPool2d", Map.of("kernelSize", 2, "outputRatio", 0.7), IMAGE);
        assertThat(ratio.output()).isEqualTo(Shape.of(3, 3, 4));
        assertThat(ratio.attributes())
                .containsExactly(
                        LayerAttribute.unprinted("kernel_size", List.of(2, 2)),
                        LayerAttribute.unprinted("output_size", null),
                        LayerAttribute.unprinted("output_ratio", List.of(0.7, 0.7)));
        Map<String, Object> sized = Map.of("kernelSize", List.of(1, 2, 3), "outputSize", List.of(4, 2, 1));
        assertThat(layer("FractionalMaxPool3d", sized, Shape.of(2, 4, 3, 3)).output())
                .isEqualTo(Shape.of(2, 4, 2, 1));
    }

    @Test
    void drawnWindowsNeedOneSizeAndRoom() {
        LayerException both =
                refused("FractionalMaxPool2d", Map.of("kernelSize", 2, "outputSize", 2, "outputRatio", 0.5), IMAGE);
        assertThat(both.attribute()).isEqualTo("outputRatio");
        assertThat(both)
                .hasMessage(
                        "outputSize and outputRatio of %s are both written, but either says how large its output is");
        assertThat(refused("FractionalMaxPool2d", Map.of("kernelSize", 2), IMAGE))
                .hasMessage("%s (FractionalMaxPool2d) has neither outputSize nor outputRatio");
        for (double ratio : new double[] {0, 1, -0.5, 1.5}) {
            assertThat(refused("FractionalMaxPool2d", Map.of("kernelSize", 2, "outputRatio", ratio), IMAGE))
                    .hasMessage("outputRatio of %s is " + ratio + ", but must be above 0 and below 1");
        }
        LayerException nothing =
                refused("FractionalMaxPool2d", Map.of("kernelSize", 2, "outputRatio", List.of(0.5, 0.1)), IMAGE);
        assertThat(nothing).hasMessage("outputRatio of %s is 0.1, which makes nothing of 6 columns");
        LayerException many =
                refused("FractionalMaxPool2d", Map.of("kernelSize", 3, "outputSize", List.of(4, 4)), IMAGE);
        assertThat(many.attribute()).isEqualTo("outputSize");
        assertThat(many).hasMessage("%s makes 4 rows, but of 5 there are at most 3 windows of 3");
        assertThat(many.fix()).isEqualTo("Write a smaller kernelSize, or outputSize = 3 or less.");
        assertThat(refused("FractionalMaxPool2d", Map.of("kernelSize", 6, "outputSize", 1), IMAGE))
                .hasMessage("%s needs 6 rows, but its input has 5");
        assertThat(refused("FractionalMaxPool3d", Map.of("kernelSize", 1, "outputSize", 1), IMAGE))
                .hasMessage("%s (FractionalMaxPool3d) needs channels x planes x rows x columns but receives " + IMAGE);
        Layer drawn = layer("FractionalMaxPool2d", Map.of("kernelSize", 2, "outputSize", 3), IMAGE);
        LayerException indices =
                refused("MaxUnpool2d", Map.of("kernelSize", 2, "indices", drawn), drawn.output(), IMAGE);
        assertThat(indices.attribute()).isEqualTo("indices");
        assertThat(indices)
                .hasMessage("indices of %s are of a FractionalMaxPool2d, whose windows may overlap, so that two of them"
                        + " may have one place");
    }

    @Test
    void normsOfWindowsNeedAPower() {
        assertThat(layer("LPPool2d", Map.of("normType", 2.0, "kernelSize", 3, "ceilMode", true), IMAGE)
                        .output())
                .isEqualTo(Shape.of(3, 2, 2));
        assertThat(refused("LPPool2d", Map.of("normType", 0.0, "kernelSize", 3), IMAGE))
                .hasMessage("normType of %s is 0.0, but something is divided by it");
        assertThat(refused("LPPool1d", Map.of("normType", 2.0, "kernelSize", 7), Shape.of(3, 6)))
                .hasMessage("%s needs 7 places, but its padded input has 6");
    }
}
