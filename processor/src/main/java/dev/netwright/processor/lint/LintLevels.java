package dev.netwright.processor.lint;

import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.diagnostic.SimilarNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.Diagnostic.Kind;

/**
 * As what lints are told.
 *
 * @param general of those that have no level of their own
 * @param own by lint
 */
public record LintLevels(Level general, Map<Problem, Level> own) {
    /** What {@code -Anetwright.lints} names. */
    public enum Level {
        OFF,
        NOTE,
        WARN,
        ERROR;

        private String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where nothing is asked for. */
    public static final LintLevels DEFAULT = new LintLevels(Level.WARN, Map.of());

    public LintLevels {
        own = Map.copyOf(own);
    }

    /**
     * Reads {@code warn,softmax-loss=off}: a level, levels of single lints, or both. What is not known is reported, and
     * left out.
     */
    public static LintLevels parse(String option, String text, ProblemReport report) {
        Level general = Level.WARN;
        Map<Problem, Level> own = new EnumMap<>(Problem.class);
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            Optional<Level> level = level(option, part.substring(equals + 1), report);
            if (equals < 0) {
                general = level.orElse(general);
                continue;
            }
            String name = part.substring(0, equals);
            Optional<Problem> lint =
                    Problem.lints().filter(each -> each.lintName().equals(name)).findFirst();
            if (lint.isEmpty()) {
                List<String> names = Problem.lints().map(Problem::lintName).toList();
                report.add(Problem.LINT, null, option, name, SimilarNames.suggestion(name, names));
            } else if (level.isPresent()) {
                own.put(lint.get(), level.get());
            }
        }
        return new LintLevels(general, own);
    }

    private static Optional<Level> level(String option, String text, ProblemReport report) {
        Optional<Level> level = Stream.of(Level.values())
                .filter(each -> each.text().equals(text))
                .findFirst();
        if (level.isEmpty()) {
            List<String> names = new ArrayList<>(
                    Arrays.stream(Level.values()).map(Level::text).toList());
            report.add(
                    Problem.OPTION,
                    null,
                    option,
                    text,
                    String.join(" or ", names) + SimilarNames.didYouMean(text, names));
        }
        return level;
    }

    /**
     * As what a lint is told; nothing where it is not. What is only to be noted stays a note, unless it is to be an error:
     * it never breaks a build that takes warnings for errors.
     */
    public Optional<Kind> kind(Problem lint) {
        return switch (own.getOrDefault(lint, general)) {
            case OFF -> Optional.empty();
            case NOTE -> Optional.of(Kind.NOTE);
            case WARN -> Optional.of(lint.kind());
            case ERROR -> Optional.of(Kind.ERROR);
        };
    }
}
