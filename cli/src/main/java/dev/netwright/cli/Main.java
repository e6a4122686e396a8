package dev.netwright.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command {@code netwright}. It ends with 0, with 1 for a fault of its input, and with 2 for one of its usage. */
@Command(
        name = "netwright",
        description = "Shows what files of weights and declared networks hold.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {Describe.class, Report.class})
public final class Main {
    private static final int COLUMNS = 80;

    private Main() {}

    /**
     * Runs the command and ends the JVM.
     *
     * @param arguments as {@code --help} says
     */
    public static void main(String... arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command, which answers a fault of its input by a message alone. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setUsageHelpWidth(COLUMNS)
                .setExecutionExceptionHandler((exception, command, parsed) -> {
                    if (exception instanceof IOException || exception instanceof IllegalArgumentException) {
                        command.getErr().println("netwright: " + message(exception));
                        return command.getCommandSpec().exitCodeOnExecutionException();
                    }
                    throw exception;
                });
    }

    /** The JDK's messages of some files are their names alone. */
    private static String message(Exception exception) {
        if (exception instanceof NoSuchFileException absent) {
            return "there is no file or folder " + absent.getFile();
        }
        return exception instanceof AccessDeniedException denied
                ? denied.getFile() + " may not be read or written"
                : exception.getMessage();
    }

    /** The version of the build. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            Properties properties = new Properties();
            try (InputStream in = Main.class.getResourceAsStream("version.properties")) {
                properties.load(in);
            }
            return new String[] {"netwright " + properties.getProperty("version")};
        }
    }
}
