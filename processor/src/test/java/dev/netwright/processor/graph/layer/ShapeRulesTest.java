package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.layer.LayerMaking.layer;
import static dev.netwright.processor.graph.layer.LayerMaking.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Shapes that PyTorch would give, and what is said where it would refuse or silently do another thing. */
class ShapeRulesTest {
    private static final Shape IMAGE = Shape.of(3, 5, 6);

    @Test
    void batchesOfRowsAreNormalisedByFeatureOrChannel() {
        assertThat(layer("BatchNorm1d", Map.of(), Shape.of(7)).output()).isEqualTo(Shape.of(7));
        assertThat(layer("BatchNorm1d", Map.of(), Shape.of(7, 3)).output()).isEqualTo(Shape.of(7, 3));
        assertThat(refused("BatchNorm1d", Map.of(), IMAGE))
                .hasMessage("%s (BatchNorm1d) needs features, or channels x places, but receives 3 x 5 x 6");
        assertThat(refused("BatchNorm1d", Map.of("numFeatures", 3), Shape.of(7)).attribute())
                .isEqualTo("numFeatures");
    }

    @Test
    void reductionsNameDimensionsOfTheSample() {
        assertThat(layer("Mean", Map.of("dim", List.of(2, -1)), IMAGE).output()).isEqualTo(Shape.of(3));
        assertThat(layer("Max", Map.of("dim", 2, "keepdim", true), IMAGE).output())
                .isEqualTo(Shape.of(3, 1, 6));
        assertThat(refused("Sum", Map.of("dim", List.of(2, -2)), IMAGE))
                .hasMessage("dim of %s is {2, -2}, which names one twice");
        assertThat(refused("Sum", Map.of("dim", List.of()), IMAGE))
                .hasMessage("dim of %s is {}, which names no dimension");
        assertThat(refused("Min", Map.of("dim", List.of(0, 1)), IMAGE).problem())
                .isEqualTo(Problem.BATCH_DIMENSION);
        assertThat(refused("Max", Map.of("dim", 2, "lengths", "length"), IMAGE, Shape.of(1)))
                .hasMessage("lengths of %s are of dimension 1, the steps of a sample, but dim is 2");
        assertThat(refused("Mean", Map.of("dim", 4), IMAGE))
                .hasMessage("dim of %s is 4, but the sample (3 x 5 x 6) has the dimensions 1 to 3");
    }

    @Test
    void functionsOfTwoTakeTwo() {
        assertThat(layer("Sub", Map.of(), IMAGE, Shape.of(3, 1, 1)).output()).isEqualTo(IMAGE);
        assertThat(refused("Div", Map.of(), IMAGE, IMAGE, IMAGE)).hasMessage("%s takes two inputs but is given 3");
        assertThat(refused("Maximum", Map.of(), IMAGE)).hasMessage("%s joins two or more inputs but is given 1");
        assertThat(refused("Minimum", Map.of(), IMAGE, Shape.of(3, 4, 6)).attribute())
                .isEqualTo("from");
        assertThat(layer("CosineSimilarity", Map.of("dim", -1), IMAGE, Shape.of(3, 1, 6))
                        .output())
                .isEqualTo(Shape.of(3, 5));
        assertThat(refused("CosineSimilarity", Map.of(), IMAGE, Shape.of(1, 5, 6)))
                .hasMessage("%s compares vectors along dimension 1, but input 1 is 3 x 5 x 6 and input 2 is 1 x 5 x 6");
        assertThat(layer("PairwiseDistance", Map.of("keepdim", true), Shape.of(7), Shape.of(7))
                        .output())
                .isEqualTo(Shape.of(1));
        assertThat(refused("PairwiseDistance", Map.of("p", 0.5), IMAGE, IMAGE))
                .hasMessage("p of %s is 0.5, but must be at least 1");
        assertThat(refused("LpNormalize", Map.of("eps", 0.0), IMAGE).attribute())
                .isEqualTo("eps");
    }

    @Test
    void elementsHaveBoundsAndPlaces() {
        assertThat(refused("Clamp", Map.of(), IMAGE)).hasMessage("%s has neither min nor max");
        assertThat(refused("Clamp", Map.of("max", Double.NaN), IMAGE).attribute())
                .isEqualTo("max");
        assertThat(refused("Power", Map.of("exponent", Double.POSITIVE_INFINITY), IMAGE)
                        .attribute())
                .isEqualTo("exponent");
        assertThat(layer("OneHot", Map.of("numClasses", 4), Shape.of(2, 3)).output())
                .isEqualTo(Shape.of(2, 3, 4));
        assertThat(refused("OneHot", Map.of("numClasses", 0), IMAGE))
                .hasMessage("numClasses is 0, but must be at least 1");
    }

    @Test
    void normalizationTakesOneValueOrOneForEachChannel() {
        LayerException e = refused("Normalize", Map.of("mean", List.of(0.5, 0.5), "std", 1.0), IMAGE);
        assertThat(e.attribute()).isEqualTo("mean");
        assertThat(e).hasMessage("mean of %s has 2 values, but its input has 3 channels");
        assertThat(e.fix()).isEqualTo("Write one value for each of the 3, or a single one for all.");
        assertThat(refused("Normalize", Map.of("mean", 0.5, "std", List.of()), IMAGE))
                .hasMessage("std of %s has 0 values, but its input has 3 channels");
    }

    @Test
    void normalizationDoesNotDivideByZero() {
        LayerException e = refused("Normalize", Map.of("mean", 0.5, "std", List.of(1.0, 1e-60, 1.0)), IMAGE);
        assertThat(e.attribute()).isEqualTo("std");
        assertThat(e).hasMessage("std of %s is 1.0E-60 for channel 1, but is divided by and may not be 0");
        assertThat(refused("Normalize", Map.of("mean", Double.NaN, "std", 1.0), IMAGE))
                .hasMessage("mean of %s is NaN, but must be finite as a float");
    }

    @Test
    void dimensionsCountTheBatchWhichMayNotBeNamed() {
        for (int batch : new int[] {0, -4}) {
            LayerException e = refused("Softmax", Map.of("dim", batch), IMAGE);
            assertThat(e.problem()).isEqualTo(Problem.BATCH_DIMENSION);
            assertThat(e.attribute()).isEqualTo("dim");
            assertThat(e).hasMessage("dim of %s is " + batch + ", the batch, but samples never mix");
        }
        assertThat(refused("LogSoftmax", Map.of("dim", 4), IMAGE))
                .hasMessage("dim of %s is 4, but the sample (3 x 5 x 6) has the dimensions 1 to 3");
        assertThat(((Softmax) layer("Softmax", Map.of("dim", -3), IMAGE)).dimension())
                .isZero();
        assertThat(((Softmax) layer("Softmax", Map.of("dim", 3), IMAGE)).dimension())
                .isEqualTo(2);
    }

    @Test
    void gluHalvesAnEvenDimension() {
        assertThat(layer("GLU", Map.of("dim", 3), IMAGE).output()).isEqualTo(Shape.of(3, 5, 3));
        LayerException e = refused("GLU", Map.of("dim", 1), IMAGE);
        assertThat(e.attribute()).isEqualTo("dim");
        assertThat(e).hasMessage("%s halves dimension 1 of 3 x 5 x 6, but its size is 3");
        assertThat(refused("GLU", Map.of("dim", 0), IMAGE).problem()).isEqualTo(Problem.BATCH_DIMENSION);
    }

    @Test
    void softmax2dTakesImages() {
        assertThat(refused("Softmax2d", Map.of(), Shape.of(4)))
                .hasMessage("%s (Softmax2d) needs channels x rows x columns but receives 4");
    }

    @Test
    void flattenJoinsDimensionsAndTellsWhich() {
        Layer all = layer("Flatten", Map.of(), IMAGE);
        assertThat(all.output()).isEqualTo(Shape.of(90));
        assertThat(all.describeOutput()).isEqualTo("3 x 5 x 6, flattened");
        assertThat(layer("Flatten", Map.of("startDim", 2), IMAGE).output()).isEqualTo(Shape.of(3, 30));
        assertThat(layer("Flatten", Map.of("endDim", 2), IMAGE).output()).isEqualTo(Shape.of(15, 6));
        assertThat(layer("Flatten", Map.of(), Shape.of(90)).describeOutput()).isEmpty();
        assertThat(refused("Flatten", Map.of("startDim", 0), IMAGE).problem()).isEqualTo(Problem.BATCH_DIMENSION);
        assertThat(refused("Flatten", Map.of("startDim", 3, "endDim", 1), IMAGE))
                .hasMessage("startDim of %s is 3, which lies behind endDim, 1");
    }

    @Test
    void slopesAreOneOrAsManyAsChannels() {
        LayerException e = refused("PReLU", Map.of("numParameters", 2), IMAGE);
        assertThat(e.attribute()).isEqualTo("numParameters");
        assertThat(e).hasMessage("numParameters of %s is 2, but its input has 3 channels");
    }

    @Test
    void cumulativeAveragesHaveNoMomentum() {
        LayerException e = refused("BatchNorm2d", Map.of("cumulativeAverage", true, "momentum", 0.1), IMAGE);
        assertThat(e.attribute()).isEqualTo("momentum");
        assertThat(refused("BatchNorm2d", Map.of("eps", 0.0), IMAGE))
                .hasMessage("eps of %s is 0.0, but must be above 0");
    }

    @Test
    void aFlattenIsProposedWhereItIsWhatIsMissing() {
        LayerException e = refused("Linear", Map.of("outFeatures", 2, "inFeatures", IMAGE.elements()), IMAGE);
        assertThat(e.fix()).isEqualTo("Put @Flatten before it.");
    }

    @Test
    void groupsDivideTheChannelsAndHoldSeveralValues() {
        LayerException e = refused("GroupNorm", Map.of("numGroups", 2), IMAGE);
        assertThat(e.attribute()).isEqualTo("numGroups");
        assertThat(e).hasMessage("2 groups do not divide the 3 channels of %s");
        assertThat(refused("GroupNorm", Map.of("numGroups", 4), Shape.of(4)))
                .hasMessage("each of the 4 groups of %s holds one value, which has no variance");
    }

    @Test
    void shufflesHaveGroupsThatDivideAndSomethingBehindTheChannels() {
        assertThat(layer("ChannelShuffle", Map.of("groups", 3), IMAGE).output()).isEqualTo(IMAGE);
        LayerException e = refused("ChannelShuffle", Map.of("groups", 2), IMAGE);
        assertThat(e.attribute()).isEqualTo("groups");
        assertThat(e).hasMessage("2 groups do not divide the 3 channels of %s");
        assertThat(refused("ChannelShuffle", Map.of("groups", 0), IMAGE))
                .hasMessage("groups of %s is 0, but must be at least 1");
        assertThat(refused("ChannelShuffle", Map.of("groups", 3), Shape.of(3)))
                .hasMessage("%s needs channels and a dimension behind them but receives 3");
    }

    @Test
    void permutationsNameEachDimensionOnceAndTheBatchFirst() {
        assertThat(layer("Permute", Map.of("dims", List.of(0, 2, 3, 1)), IMAGE).output())
                .isEqualTo(Shape.of(5, 6, 3));
        assertThat(layer("Permute", Map.of("dims", List.of(-4, -1, 1, 2)), IMAGE)
                        .output())
                .isEqualTo(Shape.of(6, 3, 5));
        LayerException batch = refused("Permute", Map.of("dims", List.of(1, 0, 2, 3)), IMAGE);
        assertThat(batch.problem()).isEqualTo(Problem.BATCH_DIMENSION);
        assertThat(batch.attribute()).isEqualTo("dims");
        assertThat(batch).hasMessage("dims of %s puts 0, the batch, in place 1, but samples never mix");
        for (List<Integer> wrong : List.of(List.of(0, 1, 2), List.of(0, 1, 2, 2), List.of(0, 1, 2, 4))) {
            LayerException e = refused("Permute", Map.of("dims", wrong), IMAGE);
            assertThat(e.attribute()).isEqualTo("dims");
            assertThat(e)
                    .hasMessageStartingWith("dims of %s is {0, 1, 2")
                    .hasMessageEndingWith("but the batch and the sample (3 x 5 x 6) have the dimensions 0 to 3, each to"
                            + " be named once");
            assertThat(e.fix()).isEqualTo("Write the numbers {0, 1, 2, 3} in another order, 0 first.");
        }
    }

    @Test
    void slicesLieWithinTheirInputAndHoldSomething() {
        assertThat(layer("Slice", Map.of("start", -2), IMAGE).output()).isEqualTo(Shape.of(2, 5, 6));
        assertThat(layer("Slice", Map.of("dim", -1, "start", 1, "end", -1), IMAGE)
                        .output())
                .isEqualTo(Shape.of(3, 5, 4));
        assertThat(refused("Slice", Map.of("end", 4), IMAGE))
                .hasMessage("end of %s is 4, but dimension 1 has 3 elements");
        assertThat(refused("Slice", Map.of("dim", 2, "start", -6), IMAGE).attribute())
                .isEqualTo("start");
        LayerException none = refused("Slice", Map.of("start", 2, "end", -1), IMAGE);
        assertThat(none.attribute()).isEqualTo("end");
        assertThat(none).hasMessage("%s takes elements 2 up to, not including, 2 of dimension 1, which are none");
        assertThat(refused("Slice", Map.of("start", 3), IMAGE).fix()).isEqualTo("Write a start of less than 3.");
        assertThat(refused("Slice", Map.of("dim", 0), IMAGE).problem()).isEqualTo(Problem.BATCH_DIMENSION);
    }

    @Test
    void chunksHaveTheSizesOfPyTorch() {
        Shape five = Shape.of(5, 2);
        assertThat(layer("Chunk", Map.of("chunks", 4, "index", 0), five).output())
                .isEqualTo(Shape.of(2, 2));
        assertThat(layer("Chunk", Map.of("chunks", 4, "index", 2), five).output())
                .isEqualTo(Shape.of(1, 2));
        LayerException e = refused("Chunk", Map.of("chunks", 4, "index", 3), five);
        assertThat(e.attribute()).isEqualTo("index");
        assertThat(e).hasMessage("index of %s is 3, but 5 elements in 4 chunks are 3 of up to 2");
        assertThat(refused("Chunk", Map.of("chunks", 9, "index", -1, "dim", -1), five))
                .hasMessage("index of %s is -1, but 2 elements in 9 chunks are 2 of up to 1");
        assertThat(refused("Chunk", Map.of("chunks", 0, "index", 0), five).attribute())
                .isEqualTo("chunks");
    }

    @Test
    void layerNormsTakeTheLastDimensionsOrTheChannels() {
        assertThat(layer("LayerNorm", Map.of("normalizedShape", List.of(5, 6)), IMAGE)
                        .output())
                .isEqualTo(IMAGE);
        for (List<Integer> wrong : List.of(List.of(5), List.of(3, 5), List.of(1, 3, 5, 6))) {
            LayerException e = refused("LayerNorm", Map.of("normalizedShape", wrong), IMAGE);
            assertThat(e.problem()).isEqualTo(Problem.SHAPE);
            assertThat(e.attribute()).isEqualTo("normalizedShape");
            assertThat(e)
                    .hasMessageStartingWith("%s normalises the last dimensions, of ")
                    .hasMessageEndingWith(", but receives 3 x 5 x 6");
            assertThat(e.fix()).isEqualTo("Write normalizedShape = 6, or more of the last sizes of 3 x 5 x 6.");
        }
        assertThat(refused("LayerNorm", Map.of("normalizedShape", List.of()), IMAGE)
                        .attribute())
                .isEqualTo("normalizedShape");
        assertThat(refused("LayerNorm", Map.of("normalizedShape", 1), Shape.of(4, 1)))
                .hasMessage("%s normalises single values of 4 x 1, which have no variance");
        assertThat(refused("RMSNorm", Map.of("normalizedShape", 5), IMAGE))
                .hasMessage("%s normalises the last dimensions, of 5, but receives 3 x 5 x 6");
        assertThat(refused("RMSNorm", Map.of("normalizedShape", 6, "eps", 0.0), IMAGE)
                        .attribute())
                .isEqualTo("eps");
        assertThat(refused("InstanceNorm2d", Map.of(), Shape.of(4, 1, 1)))
                .hasMessage("%s normalises single values of 4 x 1 x 1, which have no variance");
        assertThat(refused("InstanceNorm1d", Map.of(), IMAGE))
                .hasMessage("%s (InstanceNorm1d) needs channels x places but receives 3 x 5 x 6");
        assertThat(refused("InstanceNorm2d", Map.of("numFeatures", 4), IMAGE).attribute())
                .isEqualTo("numFeatures");
        assertThat(refused("LayerNorm2d", Map.of(), Shape.of(1, 5, 5)))
                .hasMessage("%s normalises single values of 1 x 5 x 5, which have no variance");
        LayerException channels = refused("LayerNorm2d", Map.of("normalizedShape", 4), IMAGE);
        assertThat(channels.attribute()).isEqualTo("normalizedShape");
        assertThat(channels).hasMessage("%s expects 4 input channels but receives 3");
        assertThat(refused("LayerNorm2d", Map.of("eps", 0.0), IMAGE))
                .hasMessage("eps of %s is 0.0, but must be above 0");
    }

    @Test
    void layersOverTimeReadStepsAndBeginWithARowForEachLayer() {
        Shape steps = Shape.of(5, 3);
        assertThat(layer("LSTM", Map.of("hiddenSize", 4, "bidirectional", true), steps)
                        .output())
                .isEqualTo(Shape.of(5, 8));
        assertThat(layer("LSTM", Map.of("hiddenSize", 4, "projSize", 2), steps).further())
                .containsOnly(Map.entry("hn", Shape.of(1, 2)), Map.entry("cn", Shape.of(1, 4)));
        LayerException vector = refused("GRU", Map.of("hiddenSize", 4), Shape.of(7));
        assertThat(vector).hasMessage("%s goes over steps of features but receives 7");
        assertThat(vector.fix()).contains("@Unflatten", "a cell");
        assertThat(refused("LSTM", Map.of("hiddenSize", 4, "inputSize", 8), steps))
                .hasMessage("%s expects 8 features but receives 3");
        assertThat(refused("LSTM", Map.of("hiddenSize", 4, "projSize", 4), steps))
                .hasMessage("projSize of %s is 4, but its state has 4 features");
        assertThat(refused("RNNCell", Map.of("hiddenSize", 4), steps))
                .hasMessage("%s reads a vector but receives 5 x 3");
        Map<String, Object> begun = Map.of("hiddenSize", 4, "initialState", List.of("h", "c"));
        assertThat(refused("LSTM", begun, steps, Shape.of(1, 4), Shape.of(1, 5)))
                .hasMessage("%s begins with c0 of 1 x 4 but is given 1 x 5");
        assertThat(refused("LSTM", begun, steps, Shape.of(1, 4))).hasMessage("%s takes 3 values but is given 2");
        Map<String, Object> ended = Map.of("hiddenSize", 4, "lengths", "length");
        assertThat(refused("GRU", ended, steps, Shape.of(2)))
                .hasMessage("lengths of %s are one number for each sample, but receive 2");
        assertThat(refused("RNN", Map.of("hiddenSize", 4, "truncate", -1), steps))
                .hasMessage("truncate of %s is -1, but must be 0 or more");
    }

    @Test
    void theLastStepHasTheShapeOfOne() {
        assertThat(layer("LastStep", Map.of(), IMAGE).output()).isEqualTo(Shape.of(5, 6));
        assertThat(layer("LastStep", Map.of("lengths", "length"), IMAGE, Shape.of(1))
                        .output())
                .isEqualTo(Shape.of(5, 6));
        assertThat(refused("LastStep", Map.of(), Shape.of()))
                .hasMessage("%s takes the last of several steps but receives a single number");
        assertThat(refused("LastStep", Map.of("lengths", "length"), IMAGE, Shape.of(3)))
                .hasMessage("lengths of %s are one number for each sample, but receive 3");
        assertThat(refused("LastStep", Map.of(), IMAGE, IMAGE)).hasMessage("%s takes one input but is given 2");
    }

    @Test
    void localResponsesHaveADivisorAboveZero() {
        assertThat(refused("LocalResponseNorm", Map.of("size", 5, "alpha", -1.0), IMAGE))
                .hasMessage("alpha of %s is -1.0, but must be 0 or more");
        assertThat(refused("LocalResponseNorm", Map.of("size", 5, "k", 0.0), IMAGE))
                .hasMessage("k of %s is 0.0, but must be above 0");
        assertThat(refused("LocalResponseNorm", Map.of("size", 0), IMAGE).attribute())
                .isEqualTo("size");
        assertThat(refused("LocalResponseNorm", Map.of("size", 5), Shape.of(8)))
                .hasMessage("%s needs channels and a dimension behind them but receives 8");
    }

    @Test
    void sumsAndProductsStretchSizesOfOne() {
        Shape gate = Shape.of(64, 1, 1);
        assertThat(layer("Mul", Map.of(), Shape.of(64, 14, 14), gate).output()).isEqualTo(Shape.of(64, 14, 14));
        assertThat(layer("Mul", Map.of(), gate, Shape.of(64, 14, 14)).output()).isEqualTo(Shape.of(64, 14, 14));
        assertThat(layer("Add", Map.of(), Shape.of(3, 1, 6), Shape.of(1, 5, 1)).output())
                .isEqualTo(IMAGE);
        assertThat(layer("Add", Map.of(), Shape.of(1), Shape.of(7), Shape.of(1)).output())
                .isEqualTo(Shape.of(7));
    }

    @Test
    void sumsAndProductsRefuseOtherSizes() {
        LayerException e = refused("Add", Map.of(), IMAGE, Shape.of(3, 1, 1), Shape.of(3, 5, 5));
        assertThat(e.problem()).isEqualTo(Problem.SHAPE);
        assertThat(e.attribute()).isEqualTo("from");
        assertThat(e)
                .hasMessage("%s needs inputs whose sizes are equal or 1, but input 1 is 3 x 5 x 6"
                        + " and input 3 is 3 x 5 x 5");
        assertThat(e.fix())
                .isEqualTo("Give it layers of equal shape, but for sizes of 1: a 1 x 1 convolution changes channels,"
                        + " padding and stride rows and columns.");
        assertThat(refused("Add", Map.of(), Shape.of(3), Shape.of(4)).fix())
                .isEqualTo("Give it layers of equal shape, but for sizes of 1.");
        assertThat(refused("Mul", Map.of(), Shape.of(3, 1, 1), Shape.of(1, 5, 6), Shape.of(2, 5, 6)))
                .hasMessage("%s needs inputs whose sizes are equal or 1, but input 1 is 3 x 1 x 1"
                        + " and input 3 is 2 x 5 x 6");
        // (n, 5, 6) and (n, 3, 5, 6): PyTorch would align the batch of the one with the channels of the other
        assertThat(refused("Mul", Map.of(), IMAGE, Shape.of(5, 6)))
                .hasMessage("%s needs inputs with the same number of dimensions, but input 1 is 3 x 5 x 6"
                        + " and input 2 is 5 x 6");
        assertThat(refused("Mul", Map.of(), IMAGE)).hasMessage("%s joins two or more inputs but is given 1");
    }

    @Test
    void matricesMeetInTheirInnerSizes() {
        Shape heads = Shape.of(12, 197, 64);
        assertThat(layer("MatMul", Map.of("transposeB", true), heads, heads).output())
                .isEqualTo(Shape.of(12, 197, 197));
        assertThat(layer("MatMul", Map.of(), Shape.of(4, 1, 2, 3), Shape.of(1, 5, 3, 6))
                        .output())
                .isEqualTo(Shape.of(4, 5, 2, 6));
        assertThat(layer("MatMul", Map.of("transposeA", true), Shape.of(3, 2), Shape.of(3, 7))
                        .output())
                .isEqualTo(Shape.of(2, 7));
        LayerException e = refused("MatMul", Map.of(), heads, heads);
        assertThat(e)
                .hasMessage("%s needs as many columns in the first matrix as rows in the second, but they are"
                        + " 12 x 197 x 64 and 12 x 197 x 64");
        assertThat(e.fix()).isEqualTo("Write transposeB = true.");
        assertThat(refused("MatMul", Map.of(), Shape.of(3, 2), Shape.of(3, 7)).fix())
                .isEqualTo("Write transposeA = true.");
        assertThat(refused("MatMul", Map.of(), Shape.of(3, 2), Shape.of(4, 5)).fix())
                .isEqualTo("Give it matrices that share a size.");
        assertThat(refused("MatMul", Map.of(), Shape.of(2, 3, 4), Shape.of(3, 4, 5)))
                .hasMessage("%s needs leading dimensions whose sizes are equal or 1, but input 1 is 2 x 3 x 4"
                        + " and input 2 is 3 x 4 x 5");
        assertThat(refused("MatMul", Map.of(), IMAGE, Shape.of(6, 2)))
                .hasMessage("%s needs inputs with the same number of dimensions, but input 1 is 3 x 5 x 6"
                        + " and input 2 is 6 x 2");
        assertThat(refused("MatMul", Map.of(), Shape.of(6), Shape.of(6, 2)))
                .hasMessage("%s needs matrices, but input 1 is 6 and input 2 is 6 x 2");
        assertThat(refused("MatMul", Map.of(), IMAGE)).hasMessage("%s multiplies two inputs but is given 1");
    }

    @Test
    void unflattenDividesADimension() {
        assertThat(layer("Unflatten", Map.of("dim", 1, "unflattenedSize", List.of(3, 1)), IMAGE)
                        .output())
                .isEqualTo(Shape.of(3, 1, 5, 6));
        assertThat(layer("Unflatten", Map.of("dim", -1, "unflattenedSize", List.of(2, -1)), IMAGE)
                        .output())
                .isEqualTo(Shape.of(3, 5, 2, 3));
        for (List<Integer> wrong : List.of(
                List.of(2, 2), List.of(-1, 4), List.of(-1, -1), List.of(0, 6), List.<Integer>of(), List.of(-2, -3))) {
            assertThat(refused("Unflatten", Map.of("dim", 3, "unflattenedSize", wrong), IMAGE)
                            .attribute())
                    .isEqualTo("unflattenedSize");
        }
        assertThat(refused("Unflatten", Map.of("dim", 3, "unflattenedSize", List.of(65536, 65536)), IMAGE))
                .hasMessage("unflattenedSize of %s is {65536, 65536}, which does not make 6 elements of dimension 3");
        assertThat(refused("Unflatten", Map.of("dim", 0, "unflattenedSize", List.of(2)), IMAGE)
                        .problem())
                .isEqualTo(Problem.BATCH_DIMENSION);
    }

    @Test
    void onlySizesOfOneAreExpanded() {
        assertThat(layer("Expand", Map.of("sizes", List.of(-1, 4, 6)), Shape.of(3, 1, 6))
                        .output())
                .isEqualTo(Shape.of(3, 4, 6));
        assertThat(refused("Expand", Map.of("sizes", List.of(3, 10, 6)), IMAGE))
                .hasMessage("%s makes dimension 2 of the sample (3 x 5 x 6) 10, but it has the size 5");
        assertThat(refused("Expand", Map.of("sizes", List.of(0)), Shape.of(1)).fix())
                .isEqualTo("Write 1 or more, or -1 to keep it.");
        assertThat(refused("Expand", Map.of("sizes", List.of(2, 3, 5, 6)), IMAGE))
                .hasMessage("sizes of %s are 4, but the sample (3 x 5 x 6) has 3 dimensions");
    }

    @Test
    void bilinearTakesEqualRows() {
        Layer form = layer("Bilinear", Map.of("outFeatures", 4), Shape.of(7, 2), Shape.of(7, 3));
        assertThat(form.output()).isEqualTo(Shape.of(7, 4));
        assertThat(form.parameters().get(0).shape()).isEqualTo(Shape.of(4, 2, 3));
        assertThat(refused("Bilinear", Map.of("outFeatures", 4, "in2Features", 2), Shape.of(2), Shape.of(3)))
                .hasMessage("%s expects 2 input features but receives 3");
        assertThat(refused("Bilinear", Map.of("outFeatures", 4), Shape.of(7, 2), Shape.of(6, 2)))
                .hasMessage("%s needs features behind equal dimensions, but input 1 is 7 x 2 and input 2 is 6 x 2");
        assertThat(refused("Bilinear", Map.of("outFeatures", 4), Shape.of(2)))
                .hasMessage("%s takes two inputs but is given 1");
        assertThat(refused("Bilinear", Map.of("outFeatures", 0), Shape.of(2), Shape.of(2))
                        .attribute())
                .isEqualTo("outFeatures");
    }

    @Test
    void concatAddsSizesAlongItsDimension() {
        assertThat(layer("Concat", Map.of(), IMAGE, Shape.of(4, 5, 6)).output()).isEqualTo(Shape.of(7, 5, 6));
        assertThat(layer("Concat", Map.of("dim", -1), IMAGE, IMAGE).output()).isEqualTo(Shape.of(3, 5, 12));
        assertThat(refused("Concat", Map.of(), IMAGE, Shape.of(4, 5, 5)))
                .hasMessage("%s joins along dimension 1, but input 1 is 3 x 5 x 6 and input 2 is 4 x 5 x 5");
        assertThat(refused("Concat", Map.of("dim", 0), IMAGE, IMAGE).problem()).isEqualTo(Problem.BATCH_DIMENSION);
    }

    @Test
    void frequenciesScaleDenseGradientsOfSumsAndMeansAlone() {
        Map<String, Object> both =
                Map.of("numEmbeddings", 10, "embeddingDim", 3, "scaleGradByFreq", true, "sparse", true);
        for (String annotation : List.of("Embedding", "EmbeddingBag")) {
            assertThat(refused(annotation, both, Shape.of(4)))
                    .hasMessage("scaleGradByFreq of %s is true and so is sparse, but PyTorch scales dense gradients"
                            + " alone");
        }
        assertThat(refused(
                        "EmbeddingBag",
                        Map.of("numEmbeddings", 10, "embeddingDim", 3, "mode", "MAX", "scaleGradByFreq", true),
                        Shape.of(4)))
                .hasMessage("scaleGradByFreq of %s is true and mode MAX, whose gradient PyTorch does not scale");
    }

    @Test
    void weightsOfSamplesAreOneForEachIndexOfASum() {
        Map<String, Object> bag =
                Map.of("numEmbeddings", 10, "embeddingDim", 3, "mode", "SUM", "perSampleWeights", "weights");
        assertThat(layer("EmbeddingBag", bag, Shape.of(4), Shape.of(4)).output())
                .isEqualTo(Shape.of(3));
        LayerException shape = refused("EmbeddingBag", bag, Shape.of(4), Shape.of(5));
        assertThat(shape).hasMessage("perSampleWeights of %s are 5, but its indices are 4");
        assertThat(shape.attribute()).isEqualTo("perSampleWeights");
        assertThat(refused("EmbeddingBag", bag, Shape.of(4)))
                .hasMessage("%s takes indices and perSampleWeights but is given 1 input");
        Map<String, Object> mean = Map.of("numEmbeddings", 10, "embeddingDim", 3, "perSampleWeights", "weights");
        assertThat(refused("EmbeddingBag", mean, Shape.of(4), Shape.of(4)))
                .hasMessage("perSampleWeights of %s are written and mode MEAN, but they are weights of a sum");
        assertThat(refused("EmbeddingBag", Map.of("numEmbeddings", 10, "embeddingDim", 3), Shape.of(4), Shape.of(4)))
                .hasMessage("%s takes one input but is given 2");
    }

    @Test
    void realAttributesStayInTheirRange() {
        assertThat(refused("Dropout", Map.of("p", 1.5), IMAGE)).hasMessage("p of %s is 1.5, but must be from 0 to 1");
        assertThat(refused("StochasticDepth", Map.of("p", -0.1, "mode", "ROW"), IMAGE))
                .hasMessage("p of %s is -0.1, but must be from 0 to 1");
        Map<String, Object> rows = Map.of("numEmbeddings", 10, "embeddingDim", 3);
        assertThat(layer("Embedding", rows, IMAGE).output()).isEqualTo(Shape.of(3, 5, 6, 3));
        assertThat(refused("Embedding", Map.of("numEmbeddings", 0, "embeddingDim", 3), IMAGE))
                .hasMessage("numEmbeddings of %s is 0, but must be at least 1");
        assertThat(refused("Embedding", Map.of("numEmbeddings", 10, "embeddingDim", 3, "paddingIdx", 10), IMAGE))
                .hasMessage("paddingIdx of %s is 10, but there are 10 rows");
        assertThat(refused("Embedding", Map.of("numEmbeddings", 10, "embeddingDim", 3, "maxNorm", 1.0), IMAGE)
                        .attribute())
                .isEqualTo("maxNorm");
        assertThat(refused("EmbeddingBag", rows, IMAGE))
                .hasMessage("%s (EmbeddingBag) needs one row of indices but receives 3 x 5 x 6");
        assertThat(refused(
                                "EmbeddingBag",
                                Map.of("numEmbeddings", 10, "embeddingDim", 3, "mode", "MAX", "sparse", true),
                                Shape.of(4))
                        .attribute())
                .isEqualTo("sparse");
        assertThat(refused("AlphaDropout", Map.of("p", 1.5), IMAGE).attribute()).isEqualTo("p");
        assertThat(refused("Dropout1d", Map.of(), IMAGE))
                .hasMessage("%s (Dropout1d) needs channels x places but receives 3 x 5 x 6");
        assertThat(refused("Dropout2d", Map.of("p", 1.5), IMAGE)).hasMessage("p of %s is 1.5, but must be from 0 to 1");
        assertThat(refused("RReLU", Map.of("lower", 0.5), IMAGE))
                .hasMessage(
                        "lower of %s is 0.5 and upper 0.3333333333333333, but slopes are drawn from lower to upper");
        assertThat(refused("Dropout", Map.of("p", Double.NaN), IMAGE).attribute())
                .isEqualTo("p");
        assertThat(refused("CELU", Map.of("alpha", 0.0), IMAGE))
                .hasMessage("alpha of %s is 0.0, but something is divided by it");
        assertThat(refused("CELU", Map.of("alpha", 1e-40), IMAGE))
                .hasMessage("alpha of %s is 1.0E-40, but something is divided by it");
        assertThat(refused("Softplus", Map.of("beta", 1e-60), IMAGE))
                .hasMessage("beta of %s is 1.0E-60, which is 0 as a float, but something is divided by it");
        assertThat(refused("Softshrink", Map.of("lambd", -0.5), IMAGE))
                .hasMessage("lambd of %s is -0.5, but must be at least 0");
        assertThat(refused("Hardtanh", Map.of("minVal", 1.0), IMAGE))
                .hasMessage("minVal of %s is 1.0 and maxVal 1.0, but minVal must be below maxVal");
        assertThat(refused("LeakyReLU", Map.of("negativeSlope", Double.POSITIVE_INFINITY), IMAGE)
                        .attribute())
                .isEqualTo("negativeSlope");
    }

    @Test
    void emptySizesAreRefused() {
        assertThat(refused("MaxPool2d", Map.of("kernelSize", List.of()), IMAGE).fix())
                .isEqualTo("Write kernelSize = 1, or 2 values.");
    }
}
