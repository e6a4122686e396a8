package dev.netwright.processor.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Numbers for people, the same in every language that a machine may be set to. */
public final class Figures {
    private static final long KILO = 1 << 10;
    private static final long MEGA = 1 << 20;

    private Figures() {}

    /** With a comma before every three digits. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Rounded to so many digits behind the point. */
    public static String real(double number, int digits) {
        return String.format(Locale.ROOT, "%,." + digits + "f", number);
    }

    /** In microseconds, or milliseconds from ten on. */
    public static String time(double micros) {
        return micros < 10_000 ? real(micros, 1) + " us" : real(micros / 1000, 1) + " ms";
    }

    /** Bytes of so many floats, in kilobytes, or megabytes from ten on. */
    public static String floats(long floats) {
        return bytes(floats * ReportFacts.FLOAT);
    }

    /** In kilobytes, or megabytes from ten on. */
    public static String bytes(long bytes) {
        return bytes >= 10 * MEGA ? real((double) bytes / MEGA, 1) + " MB" : real((double) bytes / KILO, 1) + " KB";
    }

    /** A sentence in lines of so many columns, each indented as the first is. */
    static List<String> lines(String sentence, int columns) {
        String text = sentence.stripLeading();
        String indent = sentence.substring(0, sentence.length() - text.length());
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(indent);
        for (String word : text.split(" ")) {
            if (line.length() > indent.length() && line.length() + 1 + word.length() > columns) {
                lines.add(line.toString());
                line = new StringBuilder(indent);
            }
            line.append(line.length() > indent.length() ? " " : "").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** Operations with the prefix that leaves few digits. */
    public static String flops(long flops) {
        return flops >= 10_000_000_000L
                ? real(flops / 1e9, 1) + " GFLOP"
                : flops >= 100_000 ? real(flops / 1e6, 1) + " MFLOP" : count(flops) + " FLOP";
    }
}
