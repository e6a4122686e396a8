package dev.netwright.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.annotations.CrossEntropyLoss;
import dev.netwright.annotations.Flatten;
import dev.netwright.annotations.InputType;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.MSELoss;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Normalize;
import dev.netwright.runtime.DType;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.optim.SGD;
import dev.netwright.training.data.DataLoader;
import dev.netwright.training.data.TensorDataset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a trainer says before its first step where samples and network do not fit. */
class TrainerLayoutTest {
    @Network(input = 31)
    @CrossEntropyLoss
    static class Columns {
        @Linear(outFeatures = 2)
        Layer fc;
    }

    @Network(input = {3, 4, 4})
    @CrossEntropyLoss
    static class Picture {
        @Flatten
        Layer flatten;

        @Linear(outFeatures = 2)
        Layer fc;
    }

    @Network(
            input = {3, 4, 4},
            type = InputType.UINT8)
    @CrossEntropyLoss
    static class BytePicture {
        @Normalize(mean = 0.5, std = 0.25)
        Layer normalize;

        @Flatten
        Layer flatten;

        @Linear(outFeatures = 2)
        Layer fc;
    }

    @Network(input = 4)
    @MSELoss
    static class Values {
        @Linear(outFeatures = 2)
        Layer fc;
    }

    @Network(input = 4)
    static class NoLoss {
        @Linear(outFeatures = 2)
        Layer fc;
    }

    private static Tensor floats(int... shape) {
        return Tensor.of(new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)], shape);
    }

    private static Tensor labels() {
        return Tensor.ofLongs(new long[2], 2);
    }

    private static DataLoader loader(Tensor inputs, Tensor... targets) {
        return DataLoader.of(TensorDataset.of(List.of(inputs), List.of(targets)));
    }

    private static DataLoader named(Tensor inputs, String... names) {
        return DataLoader.of(TensorDataset.of(inputs, labels()).classNames(List.of(names)));
    }

    static Stream<Arguments> misfits() {
        Model columns = TrainerLayoutTest_ColumnsModel.create(1);
        Model picture = TrainerLayoutTest_PictureModel.create(1);
        return Stream.of(
                Arguments.of(
                        columns,
                        loader(floats(2, 35), labels()),
                        "Columns takes an input of F32[31] (31 values), but the samples of the loader have F32[35]"
                                + " (35 values). Declare input = 35 in the network, or let the samples have 31 values:"
                                + " choose the columns."),
                Arguments.of(
                        picture,
                        loader(floats(2, 3, 8, 8), labels()),
                        "Picture takes an input of F32[3, 4, 4] (48 values), but the samples of the loader have"
                                + " F32[3, 8, 8] (192 values). Declare input = {3, 8, 8} in the network, or let the"
                                + " samples have 48 values, pictures by Resize or CenterCrop."),
                Arguments.of(
                        picture,
                        loader(floats(2, 4, 4, 3), labels()),
                        "These are the same sizes in another order, so every value would be taken for another one."),
                Arguments.of(
                        TrainerLayoutTest_BytePictureModel.create(1),
                        loader(floats(2, 3, 4, 4), labels()),
                        "takes an input of U8[3, 4, 4] (48 values), but the samples of the loader have F32[3, 4, 4]"
                                + " (48 values). Let the samples be bytes, as ImageDataset.bytes() gives them, or"
                                + " declare type = InputType.FLOAT32."),
                Arguments.of(
                        picture,
                        loader(Tensor.ofBytes(DType.U8, new byte[96], 2, 3, 4, 4), labels()),
                        "Let the samples be floats, by ToTensor or without bytes(), or declare type ="
                                + " InputType.UINT8, with @Normalize as the first layer"),
                Arguments.of(
                        TrainerLayoutTest_ValuesModel.create(1),
                        loader(floats(2, 4), floats(2, 3)),
                        "Values takes a target for MSELoss of F32[2] (2 values), but the samples of the loader have"
                                + " F32[3] (3 values)."),
                Arguments.of(
                        TrainerLayoutTest_ValuesModel.create(1),
                        loader(floats(2, 4), labels()),
                        "Let the targets be floats, such as CsvDataset's targets(...), or declare a loss of classes"),
                Arguments.of(
                        columns,
                        loader(floats(2, 31), floats(2)),
                        "Let the targets be integers, such as CsvDataset's label(...), or declare a loss of values"),
                Arguments.of(
                        columns,
                        loader(floats(2, 31)),
                        "Columns takes 1 target, [I32[]], but the samples of the loader have no target."),
                Arguments.of(
                        columns,
                        DataLoader.of(TensorDataset.of(List.of(floats(2, 31), floats(2, 4)), List.of(labels()))),
                        "Columns takes 1 input, [F32[31]], but the samples of the loader have 2 inputs,"
                                + " [F32[31], F32[4]]."),
                Arguments.of(
                        columns,
                        named(floats(2, 31), "a", "b", "c"),
                        "Columns tells 2 classes apart, but the samples of the loader are of 3: a, b, c. Give its last"
                                + " layer 3 outputs, or let the data set have the network's classes."));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void whatDoesNotFitIsToldBeforeTheFirstStep(Model model, DataLoader loader, String message) {
        Map<String, Tensor> before = model.stateDict();
        Trainer trainer = Trainer.of(model).optimizer(SGD.of(0.1f));
        assertThatThrownBy(() -> trainer.fit(loader, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message.replace("the loader", "the training loader"));
        assertThatThrownBy(() -> trainer.evaluate(loader)).hasMessageContaining(message);
        assertThatThrownBy(() -> trainer.findLearningRate(loader)).hasMessageContaining(message);
        assertThatThrownBy(() -> trainer.fitOneBatch(loader, 1)).hasMessageContaining(message);
        assertThat(model.stateDict()).isEqualTo(before);
    }

    @Test
    void theValidationIsComparedBeforeTheFirstStepToo() {
        TrainerLayoutTest_ColumnsModel model = TrainerLayoutTest_ColumnsModel.create(1);
        Map<String, Tensor> before = model.stateDict();
        Trainer trainer = Trainer.of(model).optimizer(SGD.of(0.1f)).validation(loader(floats(2, 30), labels()));
        assertThatThrownBy(() -> trainer.fit(loader(floats(2, 31), labels()), 1))
                .hasMessageContaining("the samples of the validation loader have F32[30] (30 values)");
        assertThat(model.stateDict()).isEqualTo(before);
    }

    @Test
    void aNetworkWithoutLossIsToldSo() {
        Trainer trainer = Trainer.of(TrainerLayoutTest_NoLossModel.create(1)).optimizer(SGD.of(0.1f));
        assertThatThrownBy(() -> trainer.fit(loader(floats(2, 4), labels()), 1))
                .hasMessage("NoLoss declares no loss, so there is nothing to train it by. Add one to its class:"
                        + " @CrossEntropyLoss for classes, @MSELoss for values.");
        assertThat(trainer.evaluate(loader(floats(2, 4))).metrics()).isEmpty();
    }

    @Test
    void whatLiesInMemoryAlikeFits() throws Exception {
        Trainer flat = Trainer.of(TrainerLayoutTest_PictureModel.create(1)).optimizer(SGD.of(0.1f));
        assertThat(flat.fit(loader(floats(2, 48), labels()), 1).epochs()).hasSize(1);
        Trainer values = Trainer.of(TrainerLayoutTest_ValuesModel.create(1)).optimizer(SGD.of(0.1f));
        assertThat(values.fit(loader(floats(2, 1, 4), floats(2, 2, 1)), 1).epochs())
                .hasSize(1);
    }
}
