package dev.netwright.examples;

import dev.netwright.runtime.Stateful;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.files.checkpoint.Checkpoint;
import dev.netwright.runtime.files.checkpoint.Checkpoints;
import dev.netwright.runtime.files.checkpoint.Progress;
import dev.netwright.runtime.optim.Adam;
import dev.netwright.runtime.optim.schedule.CosineAnnealingLR;
import dev.netwright.runtime.optim.schedule.LRScheduler;
import dev.netwright.training.data.Batch;
import dev.netwright.training.data.DataLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Trains {@link ResumedNet}, from the newest checkpoint on if there is one. */
final class ResumedTraining {
    static final int EPOCHS = 3;
    static final int SAVE_EVERY = 5;

    /** The losses of all steps, which are a part of the checkpoint too. */
    private static final class Losses implements Stateful {
        private float[] values = {};

        void add(float loss) {
            values = Arrays.copyOf(values, values.length + 1);
            values[values.length - 1] = loss;
        }

        @Override
        public Map<String, Tensor> stateDict() {
            return Map.of("values", Tensor.of(values, values.length));
        }

        @Override
        public Runnable prepareLoad(Map<String, Tensor> state) {
            float[] loaded = state.get("values").toArray();
            return () -> values = loaded;
        }
    }

    private ResumedTraining() {}

    /**
     * Trains, and writes everything that it ends with.
     *
     * @param arguments the file for the result; then, where training is to be resumed, the folder of checkpoints, and
     *     the epoch and batch after which to wait to be killed
     * @throws Exception if a file cannot be read or written
     */
    public static void main(String[] arguments) throws Exception {
        Path result = Path.of(arguments[0]);
        boolean saving = arguments.length > 1;
        Checkpoints checkpoints = Checkpoints.in(saving ? Path.of(arguments[1]) : result.resolveSibling("none"));
        Progress waitAt = arguments.length > 2
                ? new Progress(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]))
                : new Progress(EPOCHS, 0);

        ResumedNetModel net = ResumedNetModel.create(1);
        // The last batch of an epoch has 8 samples.
        DataLoader loader =
                DataLoader.of(Pictures.draw(200, 2)).batchSize(16).shuffle(true).seed(3);
        Adam optimizer = Adam.of(0.01f);
        LRScheduler schedule = CosineAnnealingLR.of(EPOCHS).attach(optimizer);
        Losses losses = new Losses();
        Checkpoint checkpoint = Checkpoint.of(net)
                .add("optimizer", optimizer)
                .add("schedule", schedule)
                .add("loader", loader)
                .add("losses", losses);

        Progress start = checkpoints.resume(checkpoint).orElse(Progress.START);
        System.out.println(start);
        int batches = start.batch();
        for (int epoch = start.epoch(); epoch < EPOCHS; epoch++) {
            for (Batch batch : loader) {
                losses.add(net.trainStep(batch.inputs(), batch.labels(), batch.size(), optimizer));
                batches++;
                if (saving && batches % SAVE_EVERY == 0) {
                    checkpoints.save(checkpoint, new Progress(epoch, batches));
                }
                if (waitAt.equals(new Progress(epoch, batches))) {
                    System.out.println("waiting");
                    Thread.sleep(Long.MAX_VALUE);
                }
            }
            schedule.step();
            batches = 0;
        }
        checkpoint.save(result, new Progress(EPOCHS, 0));
    }
}
