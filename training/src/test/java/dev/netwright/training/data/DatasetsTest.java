package dev.netwright.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.runtime.DType;
import dev.netwright.runtime.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetsTest {

    private static final TensorDataset SIX = TensorDataset.of(
            Tensor.of(new float[] {0, 0, 1, 10, 2, 20, 3, 30, 4, 40, 5, 50}, 6, 2),
            Tensor.ofLongs(new long[] {0, 1, 2, 0, 1, 2}, 6));

    private static List<Float> firsts(Dataset dataset) throws IOException {
        Batch batch = new Batch(dataset.layout(), dataset.size());
        List<Float> firsts = new ArrayList<>();
        for (int i = 0; i < dataset.size(); i++) {
            dataset.read(i, batch, i, new SampleContext());
            firsts.add(batch.inputs()[2 * i]);
            assertThat(batch.inputs()[2 * i + 1]).isEqualTo(10 * batch.inputs()[2 * i]);
            assertThat(batch.labels()[i]).isEqualTo((int) batch.inputs()[2 * i] % 3);
        }
        return firsts;
    }

    @Test
    void tensorsKeepTheirTypesAndMayBeSeveral() {
        TensorDataset dataset = TensorDataset.of(
                List.of(
                        Tensor.ofBytes(DType.U8, new byte[] {1, 2, 3, (byte) 200}, 2, 2),
                        Tensor.ofLongs(new long[] {7, 8, 9, 10}, 2, 2)),
                List.of(Tensor.of(new float[] {0.5f, 1.5f}, 2), Tensor.ofLongs(new long[] {3, 4}, 2)));
        assertThat(dataset.layout().inputs()).containsExactly(Field.bytes(2), Field.ints(2));
        assertThat(dataset.layout().targets()).containsExactly(Field.floats(), Field.LABEL);
        Batch batch = DataLoader.of(dataset).batchSize(2).iterator().next();
        assertThat(batch.bytes()).containsExactly(1, 2, 3, (byte) 200);
        assertThat(batch.ints(1)).containsExactly(7, 8, 9, 10);
        assertThat(batch.targets()).containsExactly(0.5f, 1.5f);
        assertThat(batch.labels(1)).containsExactly(3, 4);
        assertThatIllegalStateException()
                .isThrownBy(batch::labels)
                .withMessage("The target 0 of these samples is F32[], not I32: ask for targets().");
        assertThatIllegalStateException().isThrownBy(() -> batch.inputs(2)).withMessageContaining("no input 2");
    }

    @Test
    void tensorsOfDifferentLengthsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TensorDataset.of(Tensor.of(new float[6], 3, 2), Tensor.of(new float[2], 2)))
                .withMessageContaining("the first is [3, 2] and number 2 is [2]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SIX.classNames(List.of("a", "b")))
                .withMessage("Sample 2 has the label 2, but there are 2 classes, 0 to 1.");
        assertThat(SIX.classNames(List.of("a", "b", "c")).classNames()).hasSize(3);
    }

    @Test
    void subsetsAndRowsOfDataSetsAreViews() throws IOException {
        Subset subset = Subset.of(SIX, 5, 0, 5);
        assertThat(firsts(subset)).containsExactly(5f, 0f, 5f);
        ConcatDataset row = ConcatDataset.of(subset, SIX, Subset.of(SIX, 3));
        assertThat(row.size()).isEqualTo(10);
        assertThat(firsts(row)).containsExactly(5f, 0f, 5f, 0f, 1f, 2f, 3f, 4f, 5f, 3f);
        assertThatThrownBy(() -> Subset.of(SIX, 6)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> Subset.of(SIX));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConcatDataset.of(SIX, SIX.classNames(List.of("a", "b", "c"))))
                .withMessageContaining("part 1 has the classes [a, b, c]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConcatDataset.of(SIX, FakeData.of()))
                .withMessageContaining("part 1 has samples of");
        Batch batch = new Batch(row.layout(), 1);
        assertThatThrownBy(() -> row.read(10, batch, 0, new SampleContext()))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> row.read(-1, batch, 0, new SampleContext()))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** The parts are those of PyTorch's random_split with torch.Generator().manual_seed(seed). */
    @Test
    void randomSplitIsPyTorchs() {
        FakeData ten = FakeData.of(10, new int[] {1, 1, 1}, 1, 0);
        assertThat(Subset.randomSplit(ten, 42, 5, 3, 2).stream().map(Subset::indices))
                .containsExactly(new int[] {2, 6, 1, 8, 4}, new int[] {5, 0, 9}, new int[] {3, 7});
        FakeData eleven = FakeData.of(11, new int[] {1, 1, 1}, 1, 0);
        assertThat(Subset.randomSplit(eleven, 1, 0.5, 0.3, 0.2).stream().map(Subset::indices))
                .containsExactly(new int[] {0, 10, 2, 3, 7, 6}, new int[] {4, 8, 1}, new int[] {9, 5});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Subset.randomSplit(ten, 42, 5, 3))
                .withMessage("The parts' sizes are at least 1 each and 10 together, but are [5, 3].");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Subset.randomSplit(ten, 42, 0.5, 0.6))
                .withMessageContaining("1 together, but are [0.5, 0.6]");
    }

    @Test
    void fakeDataDependsOnSeedAndIndexAlone() {
        FakeData data = FakeData.of(40, new int[] {3, 5, 5}, 4, 9);
        Batch all = DataLoader.of(data.bytes()).batchSize(40).iterator().next();
        Batch one = DataLoader.of(Subset.of(data.bytes(), 17)).iterator().next();
        assertThat(one.bytes()).containsExactly(Arrays.copyOfRange(all.bytes(), 17 * 75, 18 * 75));
        assertThat(one.labels()[0]).isEqualTo(all.labels()[17]).isEqualTo(data.label(17));
        assertThat(Arrays.stream(all.labels()).distinct().count()).isEqualTo(4);
        Batch other = DataLoader.of(FakeData.of(40, new int[] {3, 5, 5}, 4, 10).bytes())
                .batchSize(40)
                .iterator()
                .next();
        assertThat(other.bytes()).isNotEqualTo(all.bytes());
    }
}
