package dev.netwright.processor.diagnostic;

import java.util.ArrayList;
import java.util.List;
import javax.tools.Diagnostic.Kind;

/** Problems of one network, in the order they were found. Nothing is printed before its stage has ended. */
public final class ProblemReport {
    private final List<Entry> entries = new ArrayList<>();

    /**
     * @param problem the catalogue's entry
     * @param kind as what it is told
     * @param origin where, or null for the build as a whole
     * @param text the sentence, with what follows it on further lines
     */
    public record Entry(Problem problem, Kind kind, Origin origin, String text) {}

    /** Adds what another report has, told elsewhere. */
    public void relay(Entry entry, Origin origin) {
        add(new Entry(entry.problem(), entry.kind(), origin, entry.text()));
    }

    /**
     * As {@link #add(Problem, Origin, Object...)}, of something that is used where the problem is told.
     *
     * @param where in words, what is wrong there
     */
    public void addOf(String where, Problem problem, Origin origin, Object... arguments) {
        add(new Entry(problem, problem.kind(), origin, problem.text(arguments) + " (" + where + ")"));
    }

    /** Adds a problem; one that is there already, at the same place and in the same words, is not repeated. */
    public void add(Problem problem, Origin origin, Object... arguments) {
        add(problem, problem.kind(), origin, arguments);
    }

    /** As {@link #add(Problem, Origin, Object...)}, told otherwise than the catalogue says. */
    public void add(Problem problem, Kind kind, Origin origin, Object... arguments) {
        add(new Entry(problem, kind, origin, problem.text(arguments)));
    }

    private void add(Entry entry) {
        if (!entries.contains(entry)) {
            entries.add(entry);
        }
    }

    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    public boolean has(Problem problem) {
        return entries.stream().anyMatch(entry -> entry.problem() == problem);
    }

    /** Whether there is no error; warnings and notes do not count. */
    public boolean isClean() {
        return entries.stream().noneMatch(entry -> entry.kind() == Kind.ERROR);
    }
}
