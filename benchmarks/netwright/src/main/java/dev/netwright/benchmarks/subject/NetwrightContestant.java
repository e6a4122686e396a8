package dev.netwright.benchmarks.subject;

import dev.netwright.benchmarks.harness.Batches;
import dev.netwright.benchmarks.harness.Contestant;
import dev.netwright.benchmarks.harness.Job;
import dev.netwright.benchmarks.harness.Kind;
import dev.netwright.benchmarks.harness.Request;
import dev.netwright.benchmarks.harness.Worker;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.Threads;
import dev.netwright.runtime.files.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Netwright's process. */
public final class NetwrightContestant implements Contestant {
    private final Map<String, Job> jobs = new HashMap<>();
    private final Map<String, Double> facts = new HashMap<>();
    private String kernels = "";

    /**
     * Serves the driver.
     *
     * @param arguments none
     * @throws IOException if the driver is gone
     */
    public static void main(String[] arguments) throws IOException {
        Worker.serve(new NetwrightContestant());
    }

    @Override
    public String version() {
        return "JDK " + Runtime.version() + " of " + System.getProperty("java.vendor") + kernels;
    }

    @Override
    public List<String> prepare(Request request) throws IOException {
        jobs.clear();
        facts.clear();
        Threads team = Threads.of(request.integer("threads"));
        if (request.kind() == Kind.MACHINE) {
            MachineJobs.add(team, jobs, facts);
            return List.of("");
        }
        Options options = Options.defaults().threads(team).predictionThreads(team);
        Batches batches = Batches.read(request);
        switch (request.kind()) {
            case TRAIN -> {
                Subject net = Subject.of(request.get("network"), options);
                exchangeWeights(request, net.model());
                int n = request.integer("batch");
                facts.put("flops.step", (double) n * net.trainingFlops());
                jobs.put("step", new TrainingJob(net, batches, n, (float) request.real("rate")));
            }
            case PREDICT -> {
                Subject net = Subject.of(request.get("network"), options);
                exchangeWeights(request, net.model());
                facts.put("flops.predict", (double) net.forwardFlops());
                jobs.put("predict", new PredictionJob(net, batches));
            }
            default -> LayerJobs.add(request, batches, options, jobs, facts);
        }
        return List.of("");
    }

    /** The first process gives its weights to the others. */
    static void exchangeWeights(Request request, Model model) throws IOException {
        Path weights = Path.of(request.get("weights"));
        if (!request.has("export")) {
            model.loadStateDict(weights);
            return;
        }
        if (request.has("model")) {
            model.loadStateDict(OnnxWeights.read(Path.of(request.get("model"))).stateOf(model));
        }
        Safetensors.write(weights, model.stateDict(), Map.of());
    }

    @Override
    public Map<String, Double> facts() {
        return facts;
    }

    @Override
    public Job job(String task, String setting) {
        Job job = jobs.get(task);
        if (job == null) {
            throw new UnsupportedOperationException("no task " + task);
        }
        return job;
    }
}
