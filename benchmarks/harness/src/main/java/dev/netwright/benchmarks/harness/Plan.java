package dev.netwright.benchmarks.harness;

import java.nio.file.Path;

/**
 * How long a run takes.
 *
 * @param rounds bursts of each contestant in a fork
 * @param burst seconds of a burst
 * @param warm seconds of warm-up, at least
 * @param models folder of the ONNX files; null without
 * @param layers folder of the compiled single layers
 * @param log what the processes print
 */
record Plan(int rounds, double burst, double warm, Path models, Path layers, Path log) {
    /** A single layer has few kernels. */
    double warmUp(Row row) {
        return row.isLayer() ? warm / 2 : warm;
    }
}
