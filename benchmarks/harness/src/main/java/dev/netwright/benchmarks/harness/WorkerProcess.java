package dev.netwright.benchmarks.harness;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The driver's end of a contestant's process. */
final class WorkerProcess implements AutoCloseable {
    private final Contender contender;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter commands;

    WorkerProcess(Contender contender, ProcessBuilder builder, Path log) throws IOException {
        this.contender = contender;
        this.process = builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.commands = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    }

    Contender contender() {
        return contender;
    }

    /** Sends a command and waits for its answer, however long it takes; a dead process is an answer too. */
    Map<String, Object> ask(Request request) throws IOException {
        try {
            commands.write(request.line());
            commands.write('\n');
            commands.flush();
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.startsWith(Worker.ANSWER)) {
                    return Json.readObject(line.substring(Worker.ANSWER.length()));
                }
            }
        } catch (IOException e) {
            return Map.of("error", "the process broke off: " + e.getMessage());
        }
        return Map.of("error", "the process ended");
    }

    /** Processor time that the process has used so far. */
    Duration used() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() throws IOException {
        try {
            commands.write("quit\n");
            commands.flush();
        } catch (IOException e) {
            // It has ended already.
        }
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
