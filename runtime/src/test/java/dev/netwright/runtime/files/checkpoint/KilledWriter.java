package dev.netwright.runtime.files.checkpoint;

import dev.netwright.runtime.StateReader;
import dev.netwright.runtime.StateWriter;
import dev.netwright.runtime.Stateful;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.generated.LineModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * Writes checkpoints of more than 50 MB without end, to be killed at it. Each value follows from the number of the
 * checkpoint. Where it stands is told through a mapped file, which outlives the process.
 */
final class KilledWriter {
    /** Where the process stands. */
    enum Moment {
        STARTING,
        BEFORE,
        DURING,
        AFTER
    }

    /** What is saved: floats and a number, both of which must be of one checkpoint. */
    static final class Content implements Stateful {
        private static final int LENGTH = 13_500_000;
        private final float[] values = new float[LENGTH];
        private long number;

        static float value(long number, int index) {
            return Float.intBitsToFloat((int) ((number * 0x9E3779B9L + index * 0x85EBCA6BL) & 0x3FFFFFFF));
        }

        void fill(long checkpoint) {
            number = checkpoint;
            for (int i = 0; i < LENGTH; i++) {
                values[i] = value(checkpoint, i);
            }
        }

        long number() {
            return number;
        }

        /** The first value that is not of this checkpoint, or -1. */
        int firstWrong() {
            for (int i = 0; i < LENGTH; i++) {
                if (Float.floatToRawIntBits(values[i]) != Float.floatToRawIntBits(value(number, i))) {
                    return i;
                }
            }
            return -1;
        }

        @Override
        public Map<String, Tensor> stateDict() {
            return new StateWriter()
                    .putAll(Map.of("values", Tensor.of(values, LENGTH)))
                    .put("number", number)
                    .stateDict();
        }

        @Override
        public Runnable prepareLoad(Map<String, Tensor> state) {
            long loaded = new StateReader("The content", state).integer("number", 1, Integer.MAX_VALUE);
            float[] from = state.get("values").toArray();
            return () -> {
                number = loaded;
                System.arraycopy(from, 0, values, 0, LENGTH);
            };
        }
    }

    private KilledWriter() {}

    static Checkpoints checkpoints(Path folder) {
        return Checkpoints.in(folder).keepLast(2);
    }

    static Checkpoint checkpoint(Content content) {
        return Checkpoint.of(LineModel.create()).add("content", content);
    }

    static ByteBuffer status(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, 16);
        }
    }

    static void tell(ByteBuffer status, Moment moment, long completed) {
        status.putLong(8, completed);
        status.putInt(0, moment.ordinal());
    }

    /**
     * Runs until it is killed.
     *
     * @param arguments the folder, and the file of the status
     * @throws Exception if something fails, which ends the process with a code other than that of a kill
     */
    public static void main(String[] arguments) throws Exception {
        Checkpoints checkpoints = checkpoints(Path.of(arguments[0]));
        ByteBuffer status = status(Path.of(arguments[1]));
        Content content = new Content();
        Checkpoint checkpoint = checkpoint(content);
        checkpoints.resume(checkpoint);
        long completed = content.number();
        while (true) {
            tell(status, Moment.BEFORE, completed);
            content.fill(completed + 1);
            tell(status, Moment.DURING, completed);
            checkpoints.save(checkpoint, new Progress((int) content.number(), 0));
            completed++;
            tell(status, Moment.AFTER, completed);
            // As training would go on until the next one.
            Thread.sleep(30);
        }
    }
}
