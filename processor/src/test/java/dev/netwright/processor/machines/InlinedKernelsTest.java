package dev.netwright.processor.machines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.testing.Skipped;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kernels and programs so short that C2 would inline them into whoever predicts, where vectors are left to Java. */
class InlinedKernelsTest {
    private static final NetworkText SHORT = NetworkText.of("ShortNet", "@Network(input = {24, 52}) @MSELoss", """
            @ReLU Layer relu;
            """);

    /** C2's beginning with a method. */
    private static final Pattern COMPILED = Pattern.compile("^ *\\d+ +\\d+ .{5} +4 +([\\w.$/]+::\\S+) .*");

    /** What C2 tells of an operation whose species it does not know; it does not come back to it. */
    private static final String UNKNOWN = "missing constant: vclass=";

    @TempDir
    Path folder;

    @Test
    void everyVectorOperationIsOneOfTheProcessor() throws Exception {
        List<Path> path = CompiledFolder.of(folder, CompiledNetworks.of(SHORT));
        List<String> told = Jvm.here()
                .with("-Xbatch", "-XX:+UnlockDiagnosticVMOptions", "-XX:+PrintIntrinsics", "-XX:+PrintCompilation")
                .run(path, ManyPredictions.class, List.of(SHORT.name()));
        Skipped.unless(
                told.stream().anyMatch(line -> line.startsWith("kernels vector")),
                "kernels are scalar on this processor");
        Set<String> ours = new TreeSet<>();
        Set<String> unknown = new TreeSet<>();
        String method = "";
        for (String line : told) {
            Matcher compiled = COMPILED.matcher(line);
            method = compiled.matches() ? compiled.group(1) : method;
            // methods of Java's vectors are compiled for themselves, too, for any species
            if (method.startsWith("dev.netwright.") || method.contains("ShortNet")) {
                ours.add(method);
                if (line.contains(UNKNOWN)) {
                    unknown.add(method);
                }
            }
        }
        assertThat(ours).anyMatch(name -> name.contains("VectorKernels::relu"));
        assertThat(ours).anyMatch(name -> name.contains("PredictionRun::predict"));
        assertThat(unknown).isEmpty();
    }
}
