package dev.netwright.benchmarks.harness;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Layers over the steps of a sample: recurrent ones, and encoder layers of transformers. */
final class SequenceRows {
    private static final int FEED_FORWARD = 2048;

    private SequenceRows() {}

    static List<Row> list() {
        return List.of(
                recurrent("LSTM", 4, 64, 50, 1, 32),
                recurrent("LSTM", 4, 128, 100, 1, 32),
                recurrent("LSTM", 4, 256, 64, 16),
                recurrent("GRU", 3, 64, 50, 1, 32),
                recurrent("RNN", 1, 64, 50, 32),
                encoder(128, 4, 64, 1, 16),
                encoder(192, 3, 197, 1));
    }

    /** As many features as the state has; {@code gates} blocks of rows in each weight. */
    private static Row recurrent(String type, int gates, int size, int steps, int... batches) {
        return row(
                type.toLowerCase(Locale.ROOT) + "-" + size + "x" + steps,
                type + "(" + size + ", " + size + "), " + steps + " steps",
                size,
                steps,
                type + "(hiddenSize = " + size + ")",
                type + "(" + size + ", " + size + ", batch_first=True)",
                2L * steps * gates * size * 2 * size,
                batches);
    }

    private static Row encoder(int size, int heads, int steps, int... batches) {
        long weights = 4L * size * size + 2L * size * FEED_FORWARD;
        long attention = 2L * steps * size;
        return row(
                "encoder-" + size + "x" + steps,
                "TransformerEncoderLayer, " + size + " features, " + heads + " heads, " + steps + " steps",
                size,
                steps,
                "TransformerEncoderLayer(nhead = " + heads + ", dimFeedforward = " + FEED_FORWARD + ", dropout = 0)",
                "TransformerEncoderLayer(" + size + ", " + heads + ", " + FEED_FORWARD
                        + ", dropout=0, batch_first=True)",
                2 * steps * (weights + attention),
                batches);
    }

    private static Row row(
            String id,
            String title,
            int size,
            int steps,
            String annotation,
            String python,
            long flops,
            int... batches) {
        List<String> tasks = IntStream.of(batches)
                .boxed()
                .flatMap(n -> Stream.of("forward-" + n, "gradients-" + n))
                .toList();
        return new Row(
                id,
                title,
                Kind.SEQUENCE,
                id,
                batches[batches.length - 1],
                List.of(steps, size),
                0,
                0,
                null,
                new Module(annotation, steps + ", " + size, python, steps * size, flops, 0),
                tasks);
    }
}
