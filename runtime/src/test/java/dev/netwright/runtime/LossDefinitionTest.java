package dev.netwright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.runtime.LossDefinition.Reduction;
import org.junit.jupiter.api.Test;

class LossDefinitionTest {
    @Test
    void labelsAreReadUpToTheFirstEnd() {
        LossDefinition loss = LossDefinition.labels("MultiLabelMarginLoss", 3, 1, Reduction.MEAN);
        loss.check(2, null, new int[] {0, 2, -1, -1, 77, -5});
        assertThat(loss.hasIndices()).isTrue();
        assertThat(loss.lossesPerSample()).isEqualTo(1);
        assertThat(loss.divisor(2, new int[] {0, 2, -1, -1, 77, -5}, new float[0], null))
                .isEqualTo(2);
        assertThatThrownBy(() -> loss.check(2, null, new int[] {0, 2, -1, 1, 3, -1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The label 3 at position 4 of the target of MultiLabelMarginLoss is not one of the 3 classes,"
                                + " 0 to 2. Write -1 behind the last label of a sample.");
        assertThatThrownBy(() -> loss.check(2, null, new int[5])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whereNoLabelIsIgnoredNoneIsSuggested() {
        LossDefinition loss =
                LossDefinition.indices("MultiMarginLoss", 3, new int[0], 1, Reduction.MEAN, Integer.MIN_VALUE, false);
        assertThatThrownBy(() -> loss.check(1, null, new int[] {-1}))
                .hasMessage(
                        "The label -1 at position 0 of the target of MultiMarginLoss is not one of the 3 classes, 0 to"
                                + " 2.");
    }

    @Test
    void aLossWithoutTargetChecksNone() {
        LossDefinition loss = LossDefinition.withoutTarget("TripletMarginLoss", 4, 1, Reduction.MEAN);
        loss.check(2, null, null);
        assertThat(loss.hasTarget()).isFalse();
        assertThat(loss.divisor(2, null, new float[0], null)).isEqualTo(8);
    }

    @Test
    void stepsBeyondASamplesLengthDoNotCount() {
        int[] shape = {3, 4};
        int[] lengths = {1, 3};
        LossDefinition elements =
                LossDefinition.elements("MSELoss", shape, 1, Reduction.MEAN).lengths(1, 3);
        assertThat(elements.divisor(2, null, new float[0], lengths)).isEqualTo(16);
        LossDefinition labels = LossDefinition.indices("NLLLoss", 5, new int[] {3}, 1, Reduction.MEAN, -100, false)
                .lengths(1, 3);
        assertThat(labels.divisor(2, new int[] {0, 1, 2, -100, 3, 4}, new float[0], lengths))
                .isEqualTo(3);
        labels.checkLengths(2, new int[][] {null, lengths});
        assertThatThrownBy(() -> labels.checkLengths(2, new int[][] {null, {1, 4}}))
                .hasMessage("The length 4 of sample 1 for NLLLoss must be from 1 to 3, the steps of a sample.");
    }

    @Test
    void sumsAreDividedAsTheReductionSays() {
        int[] shape = {3, 4};
        assertThat(LossDefinition.elements("L", shape, 3, 1, Reduction.MEAN).divisor(2, null, new float[0], null))
                .isEqualTo(6);
        assertThat(LossDefinition.elements("L", shape, 1, Reduction.BATCHMEAN).divisor(2, null, new float[0], null))
                .isEqualTo(2);
        assertThat(LossDefinition.elements("L", shape, 3, 1, Reduction.NONE).lossesPerSample())
                .isEqualTo(3);
    }
}
