package dev.netwright.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The orders are those of PyTorch 1.13 after {@code torch.manual_seed(5)}, over two epochs. */
class SamplersTest {

    private static final FakeData TEN = FakeData.of(10, new int[] {1, 1, 1}, 1, 0);
    private static final double[] WEIGHTS = {0.1, 2, 0, 3, 1, 1, 0.5, 0.25, 7, 1};

    /** Its label is its index. */
    private static final Dataset NUMBERED = new Dataset() {
        @Override
        public int size() {
            return 10;
        }

        @Override
        public SampleLayout layout() {
            return SampleLayout.labelled(Field.floats(1));
        }

        @Override
        public void read(int index, Batch batch, int position, SampleContext context) {
            batch.labels()[position] = index;
        }
    };

    private static DataLoader loader(Sampler sampler) {
        return DataLoader.of(NUMBERED).batchSize(4).sampler(sampler).seed(5);
    }

    private static List<Integer> epoch(DataLoader loader) {
        List<Integer> order = new ArrayList<>();
        for (Batch batch : loader) {
            for (int i = 0; i < batch.size(); i++) {
                order.add(batch.labels()[i]);
            }
        }
        return order;
    }

    private static void check(Sampler sampler, List<Integer> first, List<Integer> second) {
        DataLoader loader = loader(sampler);
        assertThat(loader.samples()).isEqualTo(first.size());
        assertThat(epoch(loader)).isEqualTo(first);
        assertThat(epoch(loader)).isEqualTo(second);
        assertThat(epoch(loader(sampler).epoch(1)))
                .as("an epoch that is chosen")
                .isEqualTo(second);
    }

    @Test
    void weightedOrderWithReplacementIsPyTorchs() {
        check(
                WeightedRandomSampler.of(WEIGHTS, 12),
                List.of(3, 4, 3, 3, 8, 8, 8, 8, 6, 4, 4, 8),
                List.of(1, 4, 4, 4, 8, 8, 8, 5, 1, 4, 8, 3));
    }

    @Test
    void subsetOrderIsPyTorchs() {
        check(SubsetRandomSampler.of(9, 3, 5, 1, 7, 0), List.of(3, 9, 7, 5, 1, 0), List.of(7, 0, 9, 3, 5, 1));
    }

    @Test
    void randomOrderWithReplacementIsPyTorchs() {
        List<Integer> first = List.of(
                8, 2, 4, 9, 7, 5, 8, 0, 7, 6, 9, 3, 2, 5, 6, 1, 9, 0, 1, 9, 5, 1, 8, 6, 6, 1, 4, 4, 0, 8, 6, 4, 3, 7, 4,
                0, 7, 5, 1, 9);
        List<Integer> second = List.of(
                5, 7, 3, 0, 1, 5, 5, 7, 0, 1, 0, 5, 9, 0, 3, 4, 1, 3, 7, 3, 3, 2, 0, 7, 7, 7, 1, 5, 8, 9, 4, 4, 4, 1, 0,
                4, 7, 1, 9, 0);
        check(RandomSampler.of(TEN).replacement(true).samples(40), first, second);
    }

    @Test
    void longRandomOrderIsPyTorchs() {
        check(
                RandomSampler.of(TEN).samples(23),
                List.of(8, 3, 0, 5, 9, 1, 6, 2, 4, 7, 6, 8, 5, 2, 3, 0, 9, 4, 1, 7, 1, 2, 9),
                List.of(5, 8, 9, 7, 2, 0, 4, 1, 3, 6, 1, 6, 3, 8, 2, 4, 0, 7, 9, 5, 7, 2, 0));
    }

    @Test
    void weightedOrderWithoutReplacementFollowsTheWeights() {
        WeightedRandomSampler sampler = WeightedRandomSampler.of(WEIGHTS, 9).replacement(false);
        DataLoader loader = loader(sampler);
        int heaviestFirst = 0;
        for (int i = 0; i < 1_000; i++) {
            List<Integer> order = epoch(loader);
            assertThat(order).doesNotHaveDuplicates().doesNotContain(2).hasSize(9);
            heaviestFirst += order.get(0) == 8 ? 1 : 0;
        }
        // 7 of 15.85, with four deviations to each side.
        assertThat(heaviestFirst).isBetween(379, 505);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeightedRandomSampler.of(WEIGHTS, 10).replacement(false))
                .withMessageContaining("10 samples without replacement needs as many weights above 0, but there are 9");
    }

    @Test
    void samplersThatDoNotFitAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loader(WeightedRandomSampler.of(new double[] {1, 1}, 4)))
                .withMessageContaining("2 weights, but the data set has 10 samples");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeightedRandomSampler.of(new double[] {1, -1}, 4))
                .withMessageContaining("that of sample 1 is -1.0");
        assertThatIllegalArgumentException().isThrownBy(() -> WeightedRandomSampler.of(new double[2], 4));
        assertThatIllegalArgumentException().isThrownBy(SubsetRandomSampler::of);
        DataLoader beyond = DataLoader.of(TEN).sampler(SubsetRandomSampler.of(10));
        assertThatThrownBy(() -> epoch(beyond)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
