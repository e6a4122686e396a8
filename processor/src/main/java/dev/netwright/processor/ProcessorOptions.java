package dev.netwright.processor;

import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.diagnostic.SimilarNames;
import dev.netwright.processor.lint.LintLevels;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code -Anetwright.*} asks for.
 *
 * @param dump stages whose text is written beside the generated code; none by default
 * @param kernels which kernels are generated
 * @param generate which programs are generated
 * @param report which reports are written beside the generated code
 * @param graph texts of the graph that are written beside it; none by default
 * @param lints as what lints are told
 * @param weights the folder with the files of {@code @Weights} that the compiler does not see, or null
 */
record ProcessorOptions(
        Set<Dump> dump,
        Kernels kernels,
        Generate generate,
        Report report,
        Set<GraphFormat> graph,
        LintLevels lints,
        String weights) {
    private static final String PREFIX = "netwright.";
    private static final String DUMP = PREFIX + "dump";
    private static final String KERNELS = PREFIX + "kernels";
    private static final String GENERATE = PREFIX + "generate";
    private static final String GRAPH = PREFIX + "graph";
    private static final String REPORT = PREFIX + "report";
    private static final String LINTS = PREFIX + "lints";

    /** Of the folder with the files of {@code @Weights}. */
    static final String WEIGHTS = PREFIX + "weights";

    /** The options' names, as the compiler wants them. */
    public static final Set<String> NAMES =
            Collections.unmodifiableSet(new TreeSet<>(List.of(DUMP, KERNELS, GENERATE, REPORT, GRAPH, LINTS, WEIGHTS)));

    /** Stages that have a text. */
    public enum Dump {
        GRAPH,
        PLAN
    }

    /** Kernels to generate. */
    public enum Kernels {
        /** Vector kernels where the compiled module sees the Vector API, and scalar ones. */
        AUTO,
        SCALAR,
        VECTOR
    }

    /** Programs to generate. */
    public enum Generate {
        ALL,
        /** Predictions and the evaluation loss: no gradients, no methods that train. */
        INFERENCE
    }

    /** Which reports to write. */
    public enum Report {
        /** A text and a page. */
        HTML,
        TEXT,
        OFF
    }

    /** Texts of the graph for other tools. */
    public enum GraphFormat {
        DOT,
        MERMAID
    }

    public ProcessorOptions {
        dump = Collections.unmodifiableSet(dump);
        graph = Collections.unmodifiableSet(graph);
    }

    /**
     * Reads the compiler's options; those of other processors are left alone. A value that is not known is reported,
     * and the default holds.
     */
    static ProcessorOptions parse(Map<String, String> options, ProblemReport report) {
        new TreeSet<>(options.keySet())
                .stream()
                        .filter(name -> name.startsWith(PREFIX) && !NAMES.contains(name))
                        .forEach(name ->
                                report.add(Problem.OPTION_NAME, null, name, SimilarNames.suggestion(name, NAMES)));
        return new ProcessorOptions(
                several(options, DUMP, EnumSet.noneOf(Dump.class), Dump.values(), report),
                value(options, KERNELS, Kernels.values(), report),
                value(options, GENERATE, Generate.values(), report),
                value(options, REPORT, Report.values(), report),
                several(options, GRAPH, EnumSet.noneOf(GraphFormat.class), GraphFormat.values(), report),
                options.containsKey(LINTS)
                        ? LintLevels.parse(LINTS, String.valueOf(options.get(LINTS)), report)
                        : LintLevels.DEFAULT,
                options.get(WEIGHTS));
    }

    /** The written constants, with commas between them. */
    private static <E extends Enum<E>> Set<E> several(
            Map<String, String> options, String name, Set<E> found, E[] constants, ProblemReport report) {
        if (options.get(name) != null) {
            for (String text : options.get(name).split(",", -1)) {
                E constant = constant(name, text, constants, report);
                if (constant != null) {
                    found.add(constant);
                }
            }
        }
        return found;
    }

    /** The written constant, or the first. */
    private static <E extends Enum<E>> E value(
            Map<String, String> options, String name, E[] constants, ProblemReport report) {
        if (!options.containsKey(name)) {
            return constants[0];
        }
        E found = constant(name, options.get(name), constants, report);
        return found == null ? constants[0] : found;
    }

    private static <E extends Enum<E>> E constant(String name, String text, E[] constants, ProblemReport report) {
        for (E constant : constants) {
            if (lowerCase(constant).equals(text)) {
                return constant;
            }
        }
        List<String> known =
                Arrays.stream(constants).map(ProcessorOptions::lowerCase).toList();
        report.add(
                Problem.OPTION,
                null,
                name,
                text == null ? "" : text,
                String.join(" or ", known) + SimilarNames.didYouMean(text == null ? "" : text, known));
        return null;
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
