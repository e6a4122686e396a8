package dev.netwright.benchmarks.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The kernels of a compiled layer that have tiles.
 *
 * @param names of the kernels by the numbers of their clocks
 * @param rows form and lanes of a kernel's row in the table, by its name
 */
record TileKernels(List<String> names, Map<String, String> rows) {
    private static final String FILE = "calls";
    private static final String REPORT = "WeightsModel.txt";
    private static final Pattern CALL = Pattern.compile("kernels\\.(?!brief)(\\w+)\\([^;]*\\);");
    private static final Pattern TILE = Pattern.compile(" {2}(\\w+) +sum of .*\\n {4}rows (\\S+/\\d+ lanes)/.*");

    /** The source of a program with a clock around each call of a kernel, for a single worker. */
    static String clocks(String program, List<String> names) {
        Matcher call = CALL.matcher(program);
        StringBuilder result = new StringBuilder();
        while (call.find()) {
            String clock = "dev.netwright.benchmarks.subject.StepClock.";
            call.appendReplacement(
                    result,
                    Matcher.quoteReplacement(clock + "begin(worker);\n" + call.group() + "\n" + clock + "mark(worker, "
                            + names.size() + ");"));
            // what training computes otherwise than inference has the same row
            names.add(call.group(1).replace("Training", ""));
        }
        return call.appendTail(result).toString();
    }

    static void write(Path folder, List<String> names) throws IOException {
        Files.write(folder.resolve(FILE), names);
    }

    /** Which row a kernel's tile has is what the compiler's report says. */
    static TileKernels read(Path folder) throws IOException {
        Map<String, String> rows = new LinkedHashMap<>();
        Matcher tile = TILE.matcher(Files.readString(report(folder)));
        while (tile.find()) {
            rows.put(tile.group(1), tile.group(2));
        }
        return new TileKernels(Files.readAllLines(folder.resolve(FILE)), rows);
    }

    private static Path report(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith(REPORT))
                    .findFirst()
                    .orElseThrow(() -> new IOException("There is no " + REPORT + " in " + folder + "."));
        }
    }

    /** Seconds of each kernel with a row since the last reset of the clocks. */
    Map<String, Double> seconds() {
        List<Integer> clocks = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            clocks.add(i);
        }
        return clocks.stream()
                .filter(i -> rows.containsKey(names.get(i)))
                .collect(Collectors.groupingBy(names::get, Collectors.summingDouble(StepClock::total)));
    }
}
