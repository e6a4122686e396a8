package dev.netwright.examples;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** Runs an example from its command line; a user's mistake is answered by its message alone, not by a stack trace. */
final class Commands {

    private Commands() {}

    static int run(Callable<Integer> example, String... arguments) {
        return new CommandLine(example)
                .setExecutionExceptionHandler((exception, command, parsed) -> {
                    if (exception instanceof IOException || exception instanceof IllegalArgumentException) {
                        command.getErr().println(message(exception));
                        return command.getCommandSpec().exitCodeOnExecutionException();
                    }
                    throw exception;
                })
                .execute(arguments);
    }

    /** The JDK's message about an absent file is its name alone. */
    private static String message(Exception exception) {
        return exception instanceof NoSuchFileException absent
                ? "there is no file or folder " + absent.getFile()
                : exception.getMessage();
    }

    /** Training needs at least one pass. */
    static void requirePositive(String option, int value) {
        requireAtLeast(1, option, value);
    }

    static void requireAtLeast(int least, String option, int value) {
        if (value < least) {
            throw new IllegalArgumentException(option + " must be at least " + least + ", but is " + value);
        }
    }
}
