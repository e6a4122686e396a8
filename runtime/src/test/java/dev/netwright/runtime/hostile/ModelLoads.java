package dev.netwright.runtime.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.runtime.DType;
import dev.netwright.runtime.MalformedFileException;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.generated.LineModel;
import dev.netwright.runtime.hostile.MutationRun.Mutant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Loads mutated files into a model, which takes over all that a reading of the file finds, or stays as it was. */
public final class ModelLoads {
    private static final int FILES = 3_000;

    private ModelLoads() {}

    /** How the state of a mutant is read beside the model. */
    @FunctionalInterface
    public interface Reading {
        /**
         * Reads the state that the model has loaded.
         *
         * @param mutant the file's content
         * @return tensors by key
         * @throws IOException if it cannot be read
         */
        Map<String, Tensor> of(Mutant mutant) throws IOException;
    }

    /**
     * Loads 3,000 mutants.
     *
     * @param run draws them
     * @param file is written with each, and named in messages
     * @param reading of what was loaded
     * @param least files that are loaded, malformed and of another model each, and one more
     * @throws IOException if the file cannot be written
     */
    public static void check(MutationRun<?> run, Path file, Reading reading, int least) throws IOException {
        LineModel model = LineModel.create();
        int loaded = 0;
        int malformed = 0;
        int unfit = 0;
        for (int i = 0; i < FILES; i++) {
            Map<String, Tensor> before = model.everything();
            Mutant mutant = run.next();
            Files.write(file, mutant.content());
            try {
                model.loadStateDict(file);
                loaded++;
                for (Map.Entry<String, Tensor> entry : reading.of(mutant).entrySet()) {
                    Tensor value = model.stateDict().get(entry.getKey());
                    assertThat(value)
                            .as(mutant.history())
                            .isEqualTo(
                                    value.dtype() == DType.F32
                                            ? entry.getValue().toFloat()
                                            : counter(entry.getValue()));
                }
            } catch (MalformedFileException refused) {
                malformed++;
                assertThat(refused).hasMessageStartingWith(file.getFileName() + " cannot be read at byte ");
                assertThat(model.everything()).as(mutant.history()).isEqualTo(before);
            } catch (IllegalArgumentException refused) {
                unfit++;
                assertThat(refused).hasMessageStartingWith(file.getFileName() + ": The state does not fit the model");
                assertThat(model.everything()).as(mutant.history()).isEqualTo(before);
            }
        }
        System.out.printf("%d files loaded into a model, %d malformed, %d unfit\n", loaded, malformed, unfit);
        assertThat(Math.min(loaded, Math.min(malformed, unfit))).isGreaterThan(least);
    }

    private static Tensor counter(Tensor found) {
        long value = found.dtype() == DType.I64
                ? found.toLongArray()[0]
                : (long) found.toFloat().toArray()[0];
        return Tensor.ofLongs(new long[] {value});
    }
}
