package dev.netwright.benchmarks.harness;

import java.util.List;
import java.util.Map;

/** A framework in a process of its own. */
public interface Contestant {
    /**
     * What runs.
     *
     * @return name and versions
     */
    String version();

    /**
     * Reads weights and batches, and makes a row ready.
     *
     * @param request the row, threads and files
     * @return the settings to be measured, such as layouts
     * @throws UnsupportedOperationException if the framework has no such thing, with the reason
     * @throws Exception if the framework fails
     */
    List<String> prepare(Request request) throws Exception;

    /**
     * Facts about the row, for the table.
     *
     * @return such as {@code flops.step}
     */
    default Map<String, Double> facts() {
        return Map.of();
    }

    /**
     * What to repeat.
     *
     * @param task one of the row's tasks
     * @param setting one of those returned by {@link #prepare}
     * @return the same object for the same task and setting
     * @throws UnsupportedOperationException if the framework has no such thing, with the reason
     * @throws Exception if the framework fails
     */
    Job job(String task, String setting) throws Exception;
}
