package dev.netwright.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One row with one number of threads, once: all contestants' processes, compared, then timed in turn. */
final class RowRun {
    private static final List<Kind> WITH_MODELS = List.of(Kind.PREDICT);

    private final Results results;
    private final Plan plan;
    private final Row row;
    private final int threads;
    private final List<WorkerProcess> processes = new ArrayList<>();
    private final List<Lane> lanes = new ArrayList<>();

    /** One contestant at one setting. */
    private record Lane(WorkerProcess process, String setting) {
        String name() {
            return process.contender().label() + (setting.isEmpty() ? "" : ", " + setting);
        }
    }

    RowRun(Results results, Plan plan, Row row, int threads) {
        this.results = results;
        this.plan = plan;
        this.row = row;
        this.threads = threads;
    }

    /** Leaves its figures in the results. */
    void run(List<Contender> contenders, Machine machine) throws IOException, InterruptedException {
        Path files = Files.createTempDirectory("netwright-benchmark");
        try {
            Batches.write(row, files.resolve("data.safetensors"));
            prepareAll(contenders, files);
            for (String task : row.tasks()) {
                time(task, machine);
            }
        } finally {
            for (WorkerProcess process : processes) {
                process.close();
            }
            Folders.delete(files);
        }
    }

    private void prepareAll(List<Contender> contenders, Path files) throws IOException {
        for (Contender contender : contenders) {
            if (!contender.kinds().contains(row.kind())) {
                continue;
            }
            WorkerProcess process = contender.start(threads, plan.log());
            processes.add(process);
            Map<String, Object> hello = process.ask(new Request("hello", Map.of()));
            Map<String, Object> ready = hello.containsKey("error") ? hello : process.ask(prepare(contender, files));
            if (refused(process, "", ready)) {
                continue;
            }
            results.version(contender.label(), String.valueOf(hello.get("version")));
            facts(contender, ready);
            if (ready.get("settings") instanceof List<?> settings) {
                settings.forEach(setting -> lanes.add(new Lane(process, String.valueOf(setting))));
            }
        }
    }

    private Request prepare(Contender contender, Path files) {
        Request request = Request.prepare(row, threads);
        Path weights = files.resolve("weights.safetensors");
        request.values().put("data", files.resolve("data.safetensors").toString());
        request.values().put("weights", weights.toString());
        if (!Files.exists(weights) && contender.ours()) {
            request.values().put("export", "true");
        }
        if (row.isLayer()) {
            request.values().put("layers", plan.layers().resolve(row.id()).toString());
        }
        if (row.kind() == Kind.SEQUENCE) {
            request.values().put("exported", files.resolve("layer.onnx").toString());
        }
        if (WITH_MODELS.contains(row.kind()) && plan.models() != null) {
            Path model = plan.models().resolve((row.network().equals("cifar") ? "cifar_cnn" : row.network()) + ".onnx");
            if (Files.exists(model)) {
                request.values().put("model", model.toString());
            }
        }
        return request;
    }

    private void facts(Contender contender, Map<String, Object> ready) {
        if (contender.ours() && ready.get("facts") instanceof Map<?, ?> facts) {
            facts.forEach((name, value) -> results.fact(row.id(), name.toString(), ((Number) value).doubleValue()));
        }
    }

    /** Whether an answer is a refusal, which is noted. */
    private boolean refused(WorkerProcess process, String what, Map<String, Object> answer) {
        for (String word : List.of("unsupported", "error")) {
            if (answer.get(word) instanceof String reason) {
                results.note(row.id() + what + ": " + process.contender().label() + ": "
                        + (word.equals("error") ? "failed: " : "") + reason);
                return true;
            }
        }
        return false;
    }

    private void time(String task, Machine machine) throws IOException, InterruptedException {
        List<Lane> agreeing = agreeing(task);
        Map<Lane, Series> series = new LinkedHashMap<>();
        Map<Lane, Integer> steps = new LinkedHashMap<>();
        for (Lane lane : agreeing) {
            Map<String, Object> warm = lane.process()
                    .ask(command("warm", task, lane, Map.of("seconds", Double.toString(plan.warmUp(row)))));
            if (!refused(lane.process(), " " + task, warm)) {
                Series.Key key = new Series.Key(
                        row.id(), task, threads, lane.process().contender().label(), lane.setting());
                Series one = results.series(key, lane.process().contender().ours());
                one.fork();
                series.put(lane, one);
                steps.put(lane, ((Number) warm.get("median")).doubleValue() > 0.7 ? 2 : 5);
            }
        }
        machine.measure(results, row, threads);
        List<Lane> order = new ArrayList<>(series.keySet());
        for (int round = 0; round < plan.rounds(); round++) {
            for (Lane lane : order) {
                burst(task, lane, steps.get(lane), series.get(lane));
            }
            Collections.reverse(order);
        }
        machine.measure(results, row, threads);
        series.forEach((lane, one) -> System.out.printf(
                Locale.ROOT,
                "  %-11s %d thread%s  %-34s %s\n",
                task,
                threads,
                threads == 1 ? " " : "s",
                lane.name(),
                one.measured()
                        ? Units.time(
                                Statistics.median(one.forks().get(one.forks().size() - 1)))
                        : "failed"));
    }

    private void burst(String task, Lane lane, int steps, Series series) throws IOException, InterruptedException {
        if (!Idle.await(processes)) {
            results.note(row.id() + " " + task + ", " + threads + " threads: other processes kept the machine busy");
        }
        Map<String, Object> times = lane.process()
                .ask(command(
                        "measure",
                        task,
                        lane,
                        Map.of("seconds", Double.toString(plan.burst()), "steps", Integer.toString(steps))));
        if (!refused(lane.process(), " " + task, times)) {
            series.add(((Number) times.get("median")).doubleValue());
        }
    }

    /** The lanes whose results are those of the first of ours. */
    private List<Lane> agreeing(String task) throws IOException {
        List<Lane> agreeing = new ArrayList<>();
        Map<String, Object> reference = null;
        for (Lane lane : lanes) {
            Map<String, Object> values = lane.process().ask(command("check", task, lane, Map.of()));
            if (refused(lane.process(), " " + task, values)) {
                continue;
            }
            if (reference == null && !lane.process().contender().ours()) {
                results.note(row.id() + " " + task + ": nothing of ours to compare with");
                return List.of();
            }
            if (reference == null) {
                reference = values;
            }
            String difference = Agreement.difference(reference, values);
            if (difference == null) {
                agreeing.add(lane);
            } else {
                results.note(row.id() + " " + task + ": " + lane.name() + " disagrees and is not timed: " + difference);
            }
        }
        return agreeing;
    }

    private static Request command(String name, String task, Lane lane, Map<String, String> more) {
        Map<String, String> values = new LinkedHashMap<>(more);
        values.put("task", task);
        values.put("setting", lane.setting());
        return new Request(name, values);
    }
}
