package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.generated.NetworkText;
import dev.netwright.testing.Skipped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user of each of the zoo's networks waits for, and what is generated for it, as a table. */
class ZooSizesTest {
    private static final boolean NIGHTLY = Boolean.getBoolean("netwright.nightly");

    /** Most seconds of CPU of a cold javac with the processor less one without, where one without takes {@link ColdJavac#ALONE}. */
    private static final Map<String, Double> BUDGETS =
            Map.of("Vgg16", 4.0, "ResNet50", 8.0, "DenseNet121", 15.0, "EfficientNetB0", 10.0);

    /** The least of several runs is nearest to a quiet machine's. */
    private static final int RUNS = 3;

    /** The networks looked at: {@code -Dnetwright.networks.zoo='Vgg16|ResNet50'} narrows them. */
    private static final Pattern ONLY = Pattern.compile(System.getProperty("netwright.networks.zoo", ".*"));

    private static final Pattern INPUT = Pattern.compile("@Network\\(input = (\\{[^}]*\\})\\)");
    private static final Pattern PARAMETERS = Pattern.compile("(?m)^in all +([\\d,]+) ");

    @Test
    void compileWithinTheirBudgets(@TempDir Path folder) throws Exception {
        Skipped.unless(NIGHTLY, "a cold javac of each of the zoo's networks takes minutes, -Pnightly runs it");
        Path zoo = Files.createDirectory(folder.resolve("zoo"));
        ColdJavac.seconds(
                zoo, List.of(), sources(NetworkText.zooFolder(), "module-info.java"), "-Anetwright.lints=off");
        SoftAssertions budgets = new SoftAssertions();
        System.out.println(
                "| network | parameters | lines | class bytes | largest method | javac, s | times javac alone | inference only, s |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (Path source : sources(NetworkText.zooFolder(), "module-info.java")) {
            Matcher input = INPUT.matcher(Files.readString(source));
            String name = source.getFileName().toString().replace(".java", "");
            if (input.find() && ONLY.matcher(name).matches()) {
                double ratio = row(folder, zoo, name, input.group(1));
                budgets.assertThat(ratio * ColdJavac.ALONE)
                        .as("seconds of CPU for %s, where javac alone takes %s", name, ColdJavac.ALONE)
                        .isLessThanOrEqualTo(BUDGETS.getOrDefault(name, Double.MAX_VALUE));
            }
        }
        budgets.assertAll();
    }

    /** @return how many times javac alone the processor and what it generated take */
    private static double row(Path folder, Path zoo, String name, String input) throws Exception {
        Path source = Files.createDirectory(folder.resolve(name)).resolve(name + "Net.java");
        Files.writeString(
                source,
                "package tested;\n\nimport dev.netwright.annotations.*;\n\n@Network(input = " + input
                        + ") @CrossEntropyLoss\nclass " + name + "Net extends dev.netwright.zoo." + name + " {}\n");
        Path out = Files.createDirectory(folder.resolve(name + "Out"));
        int runs = BUDGETS.containsKey(name) ? RUNS : 1;
        Path alone = Files.createDirectory(folder.resolve(name + "Alone"));
        double without = ColdJavac.least(runs, alone, List.of(zoo), source, "-proc:none");
        double seconds = ColdJavac.least(runs, out, List.of(zoo), source) - without;
        String figures = figures(out, name);
        Path predicting = Files.createDirectory(folder.resolve(name + "Inference"));
        double inference =
                ColdJavac.least(1, predicting, List.of(zoo), source, "-Anetwright.generate=inference") - without;
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.1f | %.1f | %.1f |\n",
                name,
                figures,
                seconds,
                seconds / without,
                inference);
        return seconds / without;
    }

    private static String figures(Path out, String name) throws IOException {
        long lines = 0;
        for (Path source : sources(out, "")) {
            lines += Files.readString(source).lines().count();
        }
        int bytes = 0;
        int longest = 0;
        String largest = "";
        for (Path file : files(out, ".class")) {
            byte[] code = Files.readAllBytes(file);
            bytes += code.length;
            for (Map.Entry<String, Integer> method :
                    ClassFile.of(code).codeLengths().entrySet()) {
                if (method.getValue() > longest) {
                    longest = method.getValue();
                    largest =
                            file.getFileName().toString().replace(".class", "").replace(name + "Net", "") + "."
                                    + method.getKey().replaceFirst("\\(.*", "");
                }
            }
        }
        Matcher parameters =
                PARAMETERS.matcher(Files.readString(files(out, "Model.txt").get(0)));
        assertThat(parameters.find()).isTrue();
        return String.format(
                Locale.ROOT, "%s | %,d | %,d | %s %,d", parameters.group(1), lines, bytes, largest, longest);
    }

    private static List<Path> sources(Path folder, String but) throws IOException {
        List<Path> sources = new ArrayList<>(files(folder, ".java"));
        sources.removeIf(source -> source.getFileName().toString().equals(but));
        return sources;
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }
}
