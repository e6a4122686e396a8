package dev.netwright.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DataLoaderTest {

    /** Sample i has the label i, and two pixels of value i. */
    private static ImageDataset numbered(int size) {
        byte[] pixels = new byte[2 * size];
        byte[] labels = new byte[size];
        for (int i = 0; i < size; i++) {
            labels[i] = pixels[2 * i] = pixels[2 * i + 1] = (byte) i;
        }
        List<String> names = Collections.nCopies(size, "number");
        return ImageDataset.of(pixels, labels, new int[] {1, 1, 2}, names);
    }

    private static List<List<Integer>> epoch(DataLoader loader) {
        List<List<Integer>> batches = new ArrayList<>();
        for (Batch batch : loader) {
            batches.add(IntStream.range(0, batch.size())
                    .mapToObj(i -> batch.labels()[i])
                    .toList());
        }
        return batches;
    }

    @Test
    void shuffledOrderEqualsPyTorchs() {
        DataLoader seed0 =
                DataLoader.of(numbered(10)).batchSize(4).shuffle(true).seed(0);
        assertThat(epoch(seed0)).isEqualTo(List.of(List.of(6, 7, 1, 4), List.of(2, 0, 9, 8), List.of(3, 5)));
        assertThat(epoch(seed0)).isEqualTo(List.of(List.of(2, 4, 7, 0), List.of(8, 9, 5, 3), List.of(6, 1)));

        DataLoader seed1 =
                DataLoader.of(numbered(10)).batchSize(4).shuffle(true).seed(1);
        assertThat(epoch(seed1)).isEqualTo(List.of(List.of(4, 2, 0, 6), List.of(8, 7, 9, 1), List.of(5, 3)));
        assertThat(epoch(seed1)).isEqualTo(List.of(List.of(4, 8, 1, 5), List.of(0, 2, 3, 6), List.of(9, 7)));
    }

    @Test
    void unshuffledOrderIsThatOfTheDataset() {
        DataLoader loader = DataLoader.of(numbered(5)).batchSize(2);
        assertThat(epoch(loader)).isEqualTo(List.of(List.of(0, 1), List.of(2, 3), List.of(4)));
        assertThat(epoch(loader)).isEqualTo(List.of(List.of(0, 1), List.of(2, 3), List.of(4)));
    }

    @Test
    void aLaterEpochCanBeLoadedFirst() {
        DataLoader whole =
                DataLoader.of(numbered(50)).batchSize(7).shuffle(true).seed(9);
        epoch(whole);
        epoch(whole);
        DataLoader resumed =
                DataLoader.of(numbered(50)).batchSize(7).shuffle(true).seed(9).epoch(2);
        assertThat(resumed.epoch()).isEqualTo(whole.epoch());
        assertThat(epoch(resumed)).isEqualTo(epoch(whole));
        assertThat(epoch(resumed.epoch(0)))
                .isEqualTo(epoch(
                        DataLoader.of(numbered(50)).batchSize(7).shuffle(true).seed(9)));
    }

    @Test
    void aPartialLastBatchIsKeptOrDropped() {
        DataLoader kept = DataLoader.of(numbered(10)).batchSize(4);
        assertThat(kept.batches()).isEqualTo(3);
        assertThat(kept.samples()).isEqualTo(10);
        DataLoader dropped = DataLoader.of(numbered(10)).batchSize(4).dropLast(true);
        assertThat(dropped.batches()).isEqualTo(2);
        assertThat(dropped.samples()).isEqualTo(8);
        assertThat(epoch(dropped)).hasSize(2);
        assertThat(epoch(DataLoader.of(numbered(3)).batchSize(4).dropLast(true)))
                .isEmpty();
        assertThat(epoch(DataLoader.of(numbered(3)).batchSize(4))).isEqualTo(List.of(List.of(0, 1, 2)));
    }

    @Test
    void inputsBelongToTheirLabels() {
        for (Batch batch : DataLoader.of(numbered(10)).batchSize(3).shuffle(true)) {
            for (int i = 0; i < batch.size(); i++) {
                assertThat(batch.inputs()[2 * i]).isEqualTo(batch.labels()[i] / 255f);
                assertThat(batch.inputs()[2 * i + 1]).isEqualTo(batch.labels()[i] / 255f);
            }
        }
    }

    @Test
    void oneBatchServesAllSteps() {
        DataLoader loader = DataLoader.of(numbered(4)).batchSize(2);
        Batch first = loader.iterator().next();
        loader.forEach(batch -> assertThat(batch).isSameAs(first));
    }

    @Test
    void settingsAreFixedOnceInUse() {
        DataLoader loader = DataLoader.of(numbered(4));
        loader.iterator();
        assertThatIllegalStateException().isThrownBy(() -> loader.batchSize(2)).withMessageContaining("already in use");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataLoader.of(numbered(4)).batchSize(0))
                .withMessage("a batch holds at least 1 sample, not 0");
    }

    @Test
    void anIteratorEndsWithItsEpoch() {
        DataLoader loader = DataLoader.of(numbered(4)).batchSize(4);
        Iterator<Batch> first = loader.iterator();
        Iterator<Batch> second = loader.iterator();
        assertThatIllegalStateException().isThrownBy(first::next).withMessageContaining("later one");
        second.next();
        assertThatThrownBy(second::next).isInstanceOf(NoSuchElementException.class);
    }
}
