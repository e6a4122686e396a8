package dev.netwright.benchmarks.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The steps of a compiled layer's programs, as {@link StepClock} times them.
 *
 * @param steps in the order of their numbers
 */
record LayerSteps(List<Profiled.Step> steps) {
    private static final String FILE = "steps";

    LayerSteps {
        steps = List.copyOf(steps);
    }

    static LayerSteps read(Path folder) throws IOException {
        return new LayerSteps(Files.readAllLines(folder.resolve(FILE)).stream()
                .map(line -> line.split("\t", 2))
                .map(fields -> new Profiled.Step(fields[0], fields[1]))
                .toList());
    }

    void write(Path folder) throws IOException {
        Files.writeString(
                folder.resolve(FILE),
                steps.stream()
                        .map(step -> step.method() + "\t" + step.label() + "\n")
                        .collect(Collectors.joining()));
    }

    /** Whether a step only moves data between the caller's arrays and the network's layout. */
    private boolean boundary(int step) {
        boolean first = step == 0
                || !steps.get(step - 1).method().equals(steps.get(step).method());
        return steps.get(step).boundary(first);
    }

    /** Seconds of all steps so far that only move data at the boundary. */
    double boundary() {
        double seconds = 0;
        for (int i = 0; i < steps.size(); i++) {
            seconds += boundary(i) ? StepClock.total(i) : 0;
        }
        return seconds;
    }

    /** Seconds of all steps so far that compute; of the forward pass alone if asked. */
    double kernels(boolean forwardOnly) {
        double seconds = 0;
        for (int i = 0; i < steps.size(); i++) {
            if (!boundary(i) && !(forwardOnly && steps.get(i).method().equals("backward"))) {
                seconds += StepClock.total(i);
            }
        }
        return seconds;
    }
}
