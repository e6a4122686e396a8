package dev.netwright.testing;

import java.io.IOException;

/** The PyTorch of this machine, where it has one. */
public final class PythonWithTorch {
    private PythonWithTorch() {}

    /**
     * The first interpreter that runs some Python; Debian's package belongs to the one in /usr/bin.
     *
     * @param code what it must be able to run, such as {@code import torch}
     * @return the command; where there is none, the calling test is skipped with a printed reason
     * @throws InterruptedException if the thread is interrupted
     */
    public static String thatRuns(String code) throws InterruptedException {
        for (String candidate : new String[] {"python3", "/usr/bin/python3"}) {
            try {
                Process process = new ProcessBuilder(candidate, "-c", code)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (process.waitFor() == 0) {
                    return candidate;
                }
            } catch (IOException absent) {
                // No such interpreter: the next may be there.
            }
        }
        return Skipped.because("no python3 with torch, which Debian's package python3-torch installs");
    }
}
