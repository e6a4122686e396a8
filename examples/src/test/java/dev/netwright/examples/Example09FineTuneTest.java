package dev.netwright.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.runtime.LoadResult;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.files.torch.TorchFile;
import dev.netwright.runtime.optim.Adam;
import dev.netwright.runtime.optim.SGD;
import dev.netwright.testing.Skipped;
import dev.netwright.training.data.DataLoader;
import dev.netwright.training.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Example09FineTuneTest {
    private static final boolean NIGHTLY = Boolean.getBoolean("netwright.nightly");

    @TempDir
    private Path folder;

    /** The example's steps, with a network that was trained here in the place of one that knows ImageNet. */
    @Test
    void aSmallNetworkIsFineTunedAsTheLargeOneIs() throws IOException {
        SmallNetModel trained = SmallNetModel.create(1);
        Trainer.of(trained)
                .optimizer(Adam.of(0.002f))
                .fit(DataLoader.of(Pictures.draw(4_000, 1)).batchSize(32).shuffle(true), 4);
        Path file = folder.resolve("small.pth");
        TorchFile.write(file, trained.stateDict());

        SmallFrozenModel net = SmallFrozenModel.create(2);
        DataLoader train = DataLoader.of(Pictures.draw(2_000, 2)).batchSize(32).shuffle(true);
        DataLoader test = DataLoader.of(Pictures.draw(500, 3)).batchSize(100);
        FineTuning tuning = new FineTuning(net, SGD.of(0.02f).momentum(0.9f), train, test);
        LoadResult loaded = tuning.load(file);
        assertThat(loaded.toString())
                .isEqualTo("missing classifier.add_linear.weight\nmissing classifier.add_linear.bias");

        assertThat(tuning.accuracy()).isLessThan(0.2);
        tuning.trainEpoch();
        // Guessing gives 10 %.
        assertThat(tuning.accuracy()).isGreaterThan(0.5);
        assertThat(features(net.stateDict())).isEqualTo(features(trained.stateDict()));
        FineTuning.Cost frozen = tuning.cost();

        SmallThawedModel thawed = SmallThawedModel.create(3);
        tuning.thaw(thawed, SGD.of(0.002f).momentum(0.9f));
        FineTuning.Cost all = tuning.cost();
        assertThat(features(net.stateDict())).isNotEqualTo(features(trained.stateDict()));
        assertThat(tuning.accuracy()).isGreaterThan(0.4);

        // 3 x 16 x 9 + 16 and 16 x 32 x 9 + 32 are those of the two convolutions.
        assertThat(all.trained() - frozen.trained()).isEqualTo(448 + 4_640);
        assertThat(all.gradients()).isGreaterThan(frozen.gradients());
        assertThat(all.activations()).isGreaterThan(frozen.activations());
        assertThat(FineTuning.table(frozen, all).lines()).hasSize(7).allMatch(line -> line.length() <= 80);
    }

    private static Map<String, Tensor> features(Map<String, Tensor> state) {
        Map<String, Tensor> features = new LinkedHashMap<>(state);
        features.keySet().removeIf(key -> !key.startsWith("features"));
        return features;
    }

    @Test
    void theLargeNetworkHasTheParametersOfTorchvisionsWithOneLayerMore() {
        assertThat(Vgg16CifarDefinition.DEFINITION.parameters().stream()
                        .mapToLong(spec -> spec.layout().elements())
                        .sum())
                .isEqualTo(138_367_554);
    }

    @Test
    void theLargeNetworkIsFineTunedFromAFile() throws IOException {
        Skipped.unless(NIGHTLY, "VGG-16 takes long and 4 GB of heap, -Pnightly fine-tunes it");
        Map<String, Tensor> state =
                new LinkedHashMap<>(Vgg16CifarModel.create(5).stateDict());
        state.keySet().removeIf(key -> key.startsWith("classifier.add_linear"));
        Path file = folder.resolve("vgg16.pth");
        TorchFile.write(file, state);
        Example09FineTune example = new Example09FineTune();
        assertThat(Commands.run(example, "--weights", file.toString(), "--pictures", "64", "--tests", "32"))
                .isZero();
        assertThat(example.loaded().toString())
                .isEqualTo("missing classifier.add_linear.weight\nmissing classifier.add_linear.bias");
        assertThat(example.frozen().trained()).isEqualTo(123_652_866);
        assertThat(example.thawed().trained()).isEqualTo(138_367_554);
        assertThat(example.frozen().stepSeconds()).isLessThan(example.thawed().stepSeconds());
    }

    @Test
    void mistakesAreAnsweredByAnExitCode() {
        assertThat(Commands.run(new Example09FineTune(), "--pictures", "0")).isEqualTo(1);
        assertThat(Commands.run(new Example09FineTune(), "--tests", "many")).isEqualTo(2);
        assertThat(Commands.run(new Example09FineTune(), "--weights", "absent.pth"))
                .isEqualTo(1);
    }
}
