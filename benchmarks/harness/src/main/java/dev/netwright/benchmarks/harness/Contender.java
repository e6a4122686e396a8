package dev.netwright.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a contestant's process is started.
 *
 * @param label what the tables call it
 * @param ours whether it is Netwright
 * @param kinds which rows it takes part in
 * @param command the command line
 * @param environment additional variables
 * @param threadsByVariable whether OMP_NUM_THREADS tells it its threads
 */
record Contender(
        String label,
        boolean ours,
        Set<Kind> kinds,
        List<String> command,
        Map<String, String> environment,
        boolean threadsByVariable) {

    WorkerProcess start(int threads, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        if (threadsByVariable) {
            builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
            builder.environment().put("OPENBLAS_NUM_THREADS", Integer.toString(threads));
        }
        return new WorkerProcess(this, builder, log);
    }
}
