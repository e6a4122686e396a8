package dev.netwright.benchmarks.harness;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The life of a contestant's process: it reads commands, one a line, and answers each with one line of JSON behind
 * {@link #ANSWER}, so that whatever a native library prints is not mistaken for an answer. Between commands it does
 * nothing.
 */
public final class Worker {
    /** What every answer begins with. */
    static final String ANSWER = "@answer ";

    private final Contestant contestant;
    private final Map<String, Burst> bursts = new HashMap<>();

    private Worker(Contestant contestant) {
        this.contestant = contestant;
    }

    /**
     * Serves until told to quit or until the driver is gone.
     *
     * @param contestant what is measured
     * @throws IOException if the pipe breaks
     */
    public static void serve(Contestant contestant) throws IOException {
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        Worker worker = new Worker(contestant);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            Request request = Request.parse(line);
            if (request.command().equals("quit")) {
                break;
            }
            answers.println(ANSWER + Json.write(worker.answer(request)));
        }
        // Native thread pools and the JVM's own shutdown hooks have crashed here; nothing is left to be saved.
        Runtime.getRuntime().halt(0);
    }

    private Map<String, ?> answer(Request request) {
        try {
            return switch (request.command()) {
                case "hello" -> Map.of("version", contestant.version());
                case "prepare" -> prepare(request);
                case "check" -> check(contestant.job(request.get("task"), request.get("setting")));
                case "warm" -> times(burst(request).warmUp(request.real("seconds")));
                case "measure" -> times(burst(request).measure(request.real("seconds"), request.integer("steps")));
                default -> Map.of("error", "unknown command " + request.command());
            };
        } catch (UnsupportedOperationException e) {
            return Map.of("unsupported", String.valueOf(e.getMessage()));
        } catch (Exception | LinkageError | OutOfMemoryError e) {
            e.printStackTrace();
            return Map.of("error", e.toString());
        }
    }

    private Map<String, ?> prepare(Request request) throws Exception {
        bursts.clear();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("settings", contestant.prepare(request));
        answer.put("facts", contestant.facts());
        return answer;
    }

    private static Map<String, double[]> check(Job job) throws Exception {
        job.begin();
        return job.check();
    }

    private Burst burst(Request request) throws Exception {
        String task = request.get("task");
        String setting = request.get("setting");
        String key = task + "\t" + setting;
        Burst burst = bursts.get(key);
        if (burst == null) {
            burst = new Burst(contestant.job(task, setting));
            bursts.put(key, burst);
        }
        return burst;
    }

    private static Map<String, ?> times(Burst.Times times) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("median", times.median());
        answer.put("min", times.min());
        answer.put("max", times.max());
        answer.put("steps", times.steps());
        return answer;
    }
}
