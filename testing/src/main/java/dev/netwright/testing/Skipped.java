package dev.netwright.testing;

import org.junit.jupiter.api.Assumptions;

/** Tests that cannot run here, or not in every build. The reason is printed, too: Surefire's summary only counts them. */
public final class Skipped {
    private Skipped() {}

    /**
     * Goes on if a test can run, and skips it otherwise.
     *
     * @param reason what is missing, or what runs it
     */
    public static void unless(boolean possible, String reason) {
        if (!possible) {
            because(reason);
        }
    }

    /**
     * Skips a test.
     *
     * @param reason what is missing, or what runs it
     * @return nothing, as it never returns
     */
    public static <T> T because(String reason) {
        String skipped = "skipped: " + reason;
        System.out.println(skipped);
        return Assumptions.abort(skipped);
    }
}
