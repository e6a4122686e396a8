package dev.netwright.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.netwright.runtime.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DataLoaderStateTest {

    private static DataLoader loader(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) i;
        }
        List<String> names = Collections.nCopies(size, "number");
        return DataLoader.of(ImageDataset.of(bytes, bytes.clone(), new int[] {1, 1, 1}, names))
                .batchSize(4);
    }

    private static DataLoader shuffled() {
        return loader(22).shuffle(true).seed(3);
    }

    private static List<Integer> labels(Batch batch) {
        return IntStream.range(0, batch.size()).mapToObj(i -> batch.labels()[i]).toList();
    }

    private static List<List<Integer>> rest(Iterator<Batch> iterator) {
        List<List<Integer>> batches = new ArrayList<>();
        iterator.forEachRemaining(batch -> batches.add(labels(batch)));
        return batches;
    }

    private static DataLoader resumed(Map<String, Tensor> state) {
        // Another seed: the order must come from the state.
        DataLoader loader = loader(22).shuffle(true).seed(99);
        loader.prepareLoad(state).run();
        return loader;
    }

    @Test
    void aResumedLoaderGivesTheRestOfTheEpochAndThenTheOnesAfterIt() {
        for (int batches = 1; batches <= 6; batches++) {
            DataLoader whole = shuffled();
            rest(whole.iterator());
            Iterator<Batch> epoch = whole.iterator();
            for (int i = 0; i < batches; i++) {
                epoch.next();
            }
            DataLoader resumed = resumed(whole.stateDict());
            assertThat(resumed.epoch()).isEqualTo(1);
            List<List<Integer>> expected = rest(epoch);
            assertThat(expected).hasSize(6 - batches);
            assertThat(rest(resumed.iterator())).isEqualTo(expected);
            assertThat(resumed.epoch()).isEqualTo(whole.epoch());
            assertThat(rest(resumed.iterator())).isEqualTo(rest(whole.iterator()));
            assertThat(resumed.stateDict()).isEqualTo(whole.stateDict());
        }
    }

    @Test
    void betweenEpochsItGoesOnWithTheNext() {
        DataLoader whole = shuffled();
        assertThat(rest(resumed(whole.stateDict()).iterator()))
                .isEqualTo(rest(shuffled().iterator()));
        rest(whole.iterator());
        DataLoader resumed = resumed(whole.stateDict());
        assertThat(rest(resumed.iterator())).hasSize(6).isEqualTo(rest(whole.iterator()));
    }

    @Test
    void aStateThatWasLoadedCanBeSavedAgainBeforeItsFirstBatch() {
        DataLoader whole = shuffled();
        whole.iterator().next();
        Map<String, Tensor> state = whole.stateDict();
        assertThat(resumed(state).stateDict()).isEqualTo(state);
    }

    @Test
    void chosenEpochsBeginAtTheirFirstBatch() {
        DataLoader whole = shuffled();
        whole.iterator().next();
        DataLoader resumed = resumed(whole.stateDict());
        assertThat(rest(resumed.epoch(0).iterator())).hasSize(6);
    }

    @Test
    void anIteratorFromBeforeLoadingEnds() {
        DataLoader loader = shuffled();
        Iterator<Batch> old = loader.iterator();
        loader.prepareLoad(loader.stateDict()).run();
        loader.iterator();
        assertThatIllegalStateException().isThrownBy(old::next);
    }

    @Test
    void otherSettingsAreRefusedAndNothingChanges() {
        Map<String, Tensor> state = shuffled().stateDict();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loader(22).prepareLoad(state))
                .withMessage("The state is of a loader with 1 as shuffle, but this one has 0. Make it with the same"
                        + " settings.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loader(21).shuffle(true).prepareLoad(state))
                .withMessageContaining("22 samples in the data set, but this one has 21");
        DataLoader loader = shuffled().batchSize(5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loader.prepareLoad(state))
                .withMessageContaining("4 samples per batch, but this one has 5");
        Map<String, Tensor> beyond = new HashMap<>(state);
        beyond.put("batch", Tensor.ofLongs(new long[] {7}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shuffled().prepareLoad(beyond))
                .withMessage("The loader's state has \"batch\" from 0 to 6, but this one has 7.");
        Map<String, Tensor> without = new HashMap<>(state);
        without.remove("generator");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shuffled().prepareLoad(without))
                .withMessage("The loader's state has \"generator\" as I32[627], but this one has none.");
        // Still unused.
        loader.batchSize(4);
        assertThat(rest(loader.iterator())).isEqualTo(rest(shuffled().iterator()));
    }
}
