package dev.netwright.processor.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** PyTorch's cases of CTCLoss, whose batch is the second dimension and whose targets have their lengths beside them. */
final class GoldenCtc {
    private GoldenCtc() {}

    /** The case with samples first, and targets ended by -1; all steps of each sample count. */
    static GoldenCase of(Map<?, ?> json) {
        List<?> arguments = (List<?>) json.get("args");
        GoldenTensor x = (GoldenTensor) arguments.get(0);
        int samples = x.shape().get(1);
        List<?> steps = (List<?>) arguments.get(2);
        if (!steps.stream()
                .allMatch(each -> ((Number) each).intValue() == x.shape().get(0))) {
            throw new IllegalArgumentException("not all steps count: " + steps);
        }
        GoldenTensor targets = targets((GoldenTensor) arguments.get(1), (List<?>) arguments.get(3), samples);
        List<GoldenTensor> gradients = new ArrayList<>();
        ((List<?>) json.get("grad_in")).forEach(each -> gradients.add(samplesFirst((GoldenTensor) each)));
        return new GoldenCase(
                (String) json.get("module"),
                json.get("case") + " " + json.get("desc"),
                (Boolean) json.get("training"),
                List.of(),
                GoldenCases.named(json.get("ctor_kwargs"), Object.class),
                List.of(samplesFirst(x), targets),
                Map.of(),
                (GoldenTensor) ((List<?>) json.get("out")).get(0),
                (GoldenTensor) json.get("grad_out"),
                gradients,
                Map.of(),
                Map.of());
    }

    static GoldenTensor samplesFirst(GoldenTensor tensor) {
        int steps = tensor.shape().get(0);
        int samples = tensor.shape().get(1);
        int classes = tensor.shape().get(2);
        double[] data = new double[tensor.data().length];
        for (int t = 0; t < steps; t++) {
            for (int i = 0; i < samples; i++) {
                System.arraycopy(tensor.data(), (t * samples + i) * classes, data, (i * steps + t) * classes, classes);
            }
        }
        return new GoldenTensor(List.of(samples, steps, classes), data);
    }

    /** Of targets that stand in rows, or one behind the other. */
    private static GoldenTensor targets(GoldenTensor given, List<?> lengths, int samples) {
        int most = lengths.stream()
                .mapToInt(each -> ((Number) each).intValue())
                .max()
                .orElseThrow();
        double[] data = new double[samples * most];
        java.util.Arrays.fill(data, -1);
        int next = 0;
        for (int i = 0; i < samples; i++) {
            int from = given.shape().size() > 1 ? i * given.shape().get(1) : next;
            int count = ((Number) lengths.get(i)).intValue();
            System.arraycopy(given.data(), from, data, i * most, count);
            next += count;
        }
        return new GoldenTensor(List.of(samples, most), data);
    }
}
