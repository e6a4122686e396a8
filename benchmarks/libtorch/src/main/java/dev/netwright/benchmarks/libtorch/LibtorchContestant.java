package dev.netwright.benchmarks.libtorch;

import dev.netwright.benchmarks.harness.Batches;
import dev.netwright.benchmarks.harness.Contestant;
import dev.netwright.benchmarks.harness.Job;
import dev.netwright.benchmarks.harness.Kind;
import dev.netwright.benchmarks.harness.LayerShape;
import dev.netwright.benchmarks.harness.Request;
import dev.netwright.benchmarks.harness.Worker;
import dev.netwright.runtime.files.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.LongArrayRef;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** libtorch's process. */
public final class LibtorchContestant implements Contestant {
    private static final String ONE_BLAS_THREAD = "BLAS on 1 thread";
    private static final Set<Kind> PRODUCTS = EnumSet.of(Kind.TRAIN, Kind.PREDICT, Kind.LINEAR);

    private final Map<String, Job> jobs = new HashMap<>();
    private final Map<Job, Map<String, double[]>> checks = new HashMap<>();
    private final Map<String, Map<String, Tensor>> states = new HashMap<>();
    private Request request;
    private Batches batches;
    private InferenceMode inference;

    /**
     * Serves the driver.
     *
     * @param arguments none
     * @throws IOException if the driver is gone
     */
    public static void main(String[] arguments) throws IOException {
        Loader.load(torch.class);
        Worker.serve(new LibtorchContestant());
    }

    @Override
    public String version() {
        String jar = LibtorchContestant.class.getPackageName();
        String version = torch.class.getPackage().getImplementationVersion();
        return "libtorch " + (version == null ? jar : version) + " (org.bytedeco:pytorch)";
    }

    @Override
    public List<String> prepare(Request made) throws IOException {
        request = made;
        jobs.clear();
        states.clear();
        torch.set_num_threads(made.integer("threads"));
        batches = Batches.read(made);
        Map<String, dev.netwright.runtime.Tensor> weights =
                Safetensors.read(Path.of(made.get("weights"))).tensors();
        boolean pictures = made.input().length == 3;
        List<String> settings = pictures ? List.copyOf(Tensors.LAYOUTS.keySet()) : List.of("");
        for (String layout : settings) {
            states.put(layout, Tensors.of(weights, layout));
        }
        // For the rest of the process, which has one row.
        if (made.kind() != Kind.TRAIN && made.kind() != Kind.ADAM && inference == null) {
            inference = new InferenceMode(true);
        }
        if (made.integer("threads") == 1 || !PRODUCTS.contains(made.kind())) {
            return settings;
        }
        List<String> all = new ArrayList<>(settings);
        settings.forEach(layout -> all.add(layout.isEmpty() ? ONE_BLAS_THREAD : layout + ", " + ONE_BLAS_THREAD));
        return all;
    }

    @Override
    public Job job(String task, String setting) {
        boolean one = setting.endsWith(ONE_BLAS_THREAD);
        String layout = setting.replaceAll("(, )?" + ONE_BLAS_THREAD + "$", "");
        Job job = jobs.computeIfAbsent(task + "/" + layout, key -> newJob(task, layout));
        return PRODUCTS.contains(request.kind())
                ? new WithBlasThreads(job, checks, one ? 1 : request.integer("threads"))
                : job;
    }

    private Job newJob(String task, String layout) {
        Map<String, Tensor> state = states.get(layout);
        switch (request.kind()) {
            case TRAIN -> {
                return new TrainingJob(request, batches, state, layout);
            }
            case PREDICT -> {
                return new InferenceJob(
                        Networks.of(request.get("network"), new Operations(state)), inputs(1, layout, request.input()));
            }
            case CONVOLUTION -> {
                return convolution(task, layout, state);
            }
            case LINEAR -> {
                Operations operations = new Operations(state);
                return new InferenceJob(operations.linear("layer"), inputs(number(task), layout, request.input()));
            }
            case ADAM -> {
                LayerShape shape = request.layer();
                return new AdamJob(
                        state.get("layer.weight"),
                        state.get("layer.bias"),
                        Tensors.of(batches.x()[0], layout, 1, shape.channels()),
                        Tensors.of(batches.g()[0], layout, 1, shape.outChannels()),
                        request.real("rate"));
            }
            default -> throw new UnsupportedOperationException("no rows of kind " + request.kind());
        }
    }

    private Job convolution(String task, String layout, Map<String, Tensor> state) {
        LayerShape s = request.layer();
        Tensor weight = state.get("layer.weight");
        Tensor[] x = inputs(number(task), layout, request.input());
        if (!task.startsWith("forward")) {
            int[] out = {s.outChannels(), s.outSize(), s.outSize()};
            Tensor[] g = tensors(batches.g(), number(task), layout, out);
            return new ConvolutionBackwardJob(s, x, g, weight, task.startsWith("both"));
        }
        TensorOptional bias = new TensorOptional(state.get("layer.bias"));
        LongArrayRef stride = Operations.sizes(s.stride(), s.stride());
        LongArrayRef padding = Operations.sizes(s.padding(), s.padding());
        LongArrayRef one = Operations.sizes(1, 1);
        int groups = s.groups();
        return new InferenceJob(input -> torch.conv2d(input, weight, bias, stride, padding, one, groups), x);
    }

    private static int number(String task) {
        return Integer.parseInt(task.substring(task.indexOf('-') + 1));
    }

    private Tensor[] inputs(int n, String layout, int[] sample) {
        return tensors(batches.x(), n, layout, sample);
    }

    /** The first n samples of every batch. */
    private static Tensor[] tensors(float[][] pool, int n, String layout, int[] sample) {
        int size = n * Arrays.stream(sample).reduce(1, Math::multiplyExact);
        return Arrays.stream(pool)
                .map(values -> Tensors.of(Arrays.copyOf(values, size), layout, Tensors.batch(n, sample)))
                .toArray(Tensor[]::new);
    }
}
