package dev.netwright.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes {@code results.md} and {@code results.json}. */
final class Reports {
    private Reports() {}

    static void write(Path folder, Results results, List<Row> rows, List<Integer> threads) throws IOException {
        Files.writeString(folder.resolve("results.md"), MarkdownReport.of(results, rows, threads));
        Files.writeString(folder.resolve("results.json"), json(results, threads) + "\n");
    }

    private static String json(Results results, List<Integer> threads) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("machine", Machine.describe());
        all.put("versions", results.versions());
        Map<String, Object> limits = new LinkedHashMap<>();
        for (int count : threads) {
            limits.put("fma-" + count, results.limit("fma", count));
            limits.put("copy-" + count, results.limit("copy", count));
        }
        all.put("limits", limits);
        List<Object> series = new ArrayList<>();
        for (Series one : results.measured()) {
            Series.Key key = one.key();
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("row", key.row());
            entry.put("task", key.task());
            entry.put("threads", key.threads());
            entry.put("contestant", key.contestant());
            entry.put("setting", key.setting());
            entry.put("median", one.median());
            entry.put("min", one.min());
            entry.put("max", one.max());
            entry.put("forks", one.forks());
            Series best = results.bestPeer(key.row(), key.task(), key.threads());
            if (one.ours() && best != null) {
                entry.put("ratio", one.median() / best.median());
            }
            double flops = results.fact(key.row(), "flops." + key.task());
            if (!Double.isNaN(flops)) {
                entry.put("flops", flops);
                entry.put("fmaPeak", results.limit("fma", key.row(), key.threads()));
            }
            series.add(entry);
        }
        all.put("series", series);
        all.put("notes", results.notes());
        return Json.write(all);
    }
}
