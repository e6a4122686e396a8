package dev.netwright.runtime;

import dev.netwright.runtime.generated.LineModel;
import dev.netwright.runtime.optim.SGD;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** An application that a server starts in a class loader of its own: it trains, predicts, saves and loads. */
public final class Deployment implements Consumer<Path> {
    @Override
    public void accept(Path folder) {
        for (Options options :
                new Options[] {Options.defaults(), Options.defaults().threads(3).predictionThreads(2)}) {
            LineModel model = LineModel.of(LineModel.MSE, options);
            for (int i = 0; i < 3; i++) {
                model.trainStep(LineModel.samples(20), LineModel.targets(20), 20, SGD.of(0.1f));
            }
            model.predict(LineModel.samples(5), 5);
            model.newPredictor().predict(LineModel.samples(5), 5);
            Path file = folder.resolve("model.safetensors");
            try {
                model.save(file);
                model.loadStateDict(file);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
    }
}
