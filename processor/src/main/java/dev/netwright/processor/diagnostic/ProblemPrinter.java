package dev.netwright.processor.diagnostic;

import javax.annotation.processing.Messager;

/**
 * Prints reports through the compiler, with the caret on the attribute at fault where there is one. Nothing else
 * prints.
 */
public final class ProblemPrinter {
    private final Messager messager;

    public ProblemPrinter(Messager messager) {
        this.messager = messager;
    }

    public void print(ProblemReport report) {
        report.entries().forEach(this::print);
    }

    private void print(ProblemReport.Entry entry) {
        String message = "[" + entry.problem().id() + "] " + entry.text();
        Origin origin = entry.origin();
        if (origin == null) {
            messager.printMessage(entry.kind(), message);
        } else {
            // Messager takes null for an annotation or value that is not there.
            messager.printMessage(entry.kind(), message, origin.element(), origin.annotation(), origin.value());
        }
    }
}
