package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.reference.ReferenceGradients.Gradients;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Recurrent layers and cells, number by number, as PyTorch documents them; sizes are read off the weights. */
final class ReferenceRecurrent {
    private final Layer layer;
    private final Call call;
    private final ScalarTape tape;
    private final boolean cell;
    private final String kind;
    private final List<int[]> inputs;
    private final Map<String, int[]> state = new LinkedHashMap<>();
    private final int steps;
    private final int hidden;
    private final int width;
    private final int zero;

    private ReferenceRecurrent(Layer layer, Call call, boolean recording) {
        this.layer = layer;
        this.call = call;
        this.tape = new ScalarTape(call.arithmetic(), recording);
        this.cell = layer.name().endsWith("Cell");
        this.kind = layer.name().replace("Cell", "");
        this.inputs = call.inputs().stream().map(tape::given).toList();
        call.state().forEach((name, values) -> state.put(name, tape.given(values)));
        this.zero = tape.given(new double[1])[0];
        this.steps = cell ? 1 : layer.output().size(0);
        this.hidden = (Integer) ReferenceAttributes.of(layer, "hidden_size");
        int projected = cell ? 0 : (Integer) ReferenceAttributes.of(layer, "proj_size");
        this.width = projected == 0 ? hidden : projected;
    }

    static boolean has(Layer layer) {
        return GoldenRecurrent.has(layer.name());
    }

    /** What the layer gives, and what it gives besides, in order. */
    static List<double[]> outputs(Layer layer, Call call) {
        ReferenceRecurrent run = new ReferenceRecurrent(layer, call, false);
        return run.run().stream()
                .map(numbers ->
                        Arrays.stream(numbers).mapToDouble(run.tape::value).toArray())
                .toList();
    }

    /** @param gradients by each of the outputs; null for none */
    static Gradients gradients(Layer layer, Call call, List<double[]> gradients) {
        ReferenceRecurrent run = new ReferenceRecurrent(layer, call, true);
        List<int[]> outputs = run.run();
        List<Integer> numbers = new ArrayList<>();
        List<Double> by = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            for (int k = 0; gradients.get(i) != null && k < outputs.get(i).length; k++) {
                numbers.add(outputs.get(i)[k]);
                by.add(gradients.get(i)[k]);
            }
        }
        double[][] all = run.tape.gradients(
                numbers.stream().mapToInt(each -> each).toArray(),
                by.stream().mapToDouble(each -> each).toArray());
        Map<String, double[]> byState = new HashMap<>();
        Map<String, Double> magnitudes = new HashMap<>();
        run.state.forEach((name, of) -> {
            byState.put(name, picked(all[0], of));
            magnitudes.put(name, ReferenceGradients.largest(picked(all[1], of)));
        });
        return new Gradients(run.inputs.stream().map(of -> picked(all[0], of)).toList(), byState, magnitudes);
    }

    private static double[] picked(double[] all, int[] numbers) {
        return Arrays.stream(numbers).mapToDouble(number -> all[number]).toArray();
    }

    private List<int[]> run() {
        int layers = cell ? 1 : (Integer) ReferenceAttributes.of(layer, "num_layers");
        int directions = !cell && (Boolean) ReferenceAttributes.of(layer, "bidirectional") ? 2 : 1;
        double dropout = cell ? 0 : (Double) ReferenceAttributes.of(layer, "dropout");
        boolean initial = (Boolean) ReferenceAttributes.of(layer, "initial_state");
        boolean masked = !cell && (Boolean) ReferenceAttributes.of(layer, "lengths");
        int truncated = cell ? 0 : (Integer) ReferenceAttributes.of(layer, "truncate");
        int states = kind.equals("LSTM") ? 2 : 1;
        List<List<int[]>> last = new ArrayList<>();
        for (int i = 0; i < states; i++) {
            last.add(new ArrayList<>());
        }
        List<int[]> ys = new ArrayList<>();
        for (int sample = 0; sample < call.samples(); sample++) {
            int features = inputs.get(0).length / call.samples() / steps;
            int[][] x = rows(inputs.get(0), sample * steps, steps, features);
            int length = masked ? (int) call.inputs().get(inputs.size() - 1)[sample] : steps;
            for (int l = 0; l < layers; l++) {
                int[][] y = new int[steps][0];
                for (int d = 0; d < directions; d++) {
                    String suffix = cell ? "" : "_l" + l + (d == 1 ? "_reverse" : "");
                    int row = (sample * layers + l) * directions + d;
                    int[][] s = new int[states][];
                    for (int i = 0; i < states; i++) {
                        int size = i == 0 ? width : hidden;
                        s[i] = initial ? rows(inputs.get(1 + i), row, 1, size)[0] : tape.given(new double[size]);
                    }
                    for (int i = 0; i < steps; i++) {
                        int t = d == 1 ? steps - 1 - i : i;
                        int passed = d == 1 ? length - 1 - t : t;
                        if (t < length) {
                            boolean cut = truncated > 0 && passed > 0 && passed % truncated == 0;
                            s = step(suffix, x[t], cut ? detached(s) : s);
                        }
                        y[t] = joined(y[t], t < length ? s[0] : tape.given(new double[width]));
                    }
                    for (int i = 0; i < states; i++) {
                        last.get(i).add(s[i]);
                    }
                }
                boolean dropped = call.training() && l < layers - 1 && dropout == 1;
                x = dropped ? zeros(steps, y[0].length) : y;
            }
            ys.addAll(List.of(x));
        }
        List<int[]> outputs = new ArrayList<>();
        outputs.add(flat(ys));
        if (!cell) {
            last.forEach(each -> outputs.add(flat(each)));
        } else if (states == 2) {
            outputs.add(flat(last.get(1)));
        }
        return outputs;
    }

    /** The same numbers, of which nothing is known to have made them. */
    private int[][] detached(int[][] states) {
        return Arrays.stream(states)
                .map(state ->
                        tape.given(Arrays.stream(state).mapToDouble(tape::value).toArray()))
                .toArray(int[][]::new);
    }

    private static int[][] rows(int[] all, int first, int count, int size) {
        return IntStream.range(first, first + count)
                .mapToObj(row -> Arrays.copyOfRange(all, row * size, (row + 1) * size))
                .toArray(int[][]::new);
    }

    private int[][] zeros(int count, int size) {
        return IntStream.range(0, count)
                .mapToObj(row -> tape.given(new double[size]))
                .toArray(int[][]::new);
    }

    private static int[] joined(int[] a, int[] b) {
        return IntStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
    }

    private static int[] flat(List<int[]> rows) {
        return rows.stream().flatMapToInt(Arrays::stream).toArray();
    }

    /** A row of a weight times a vector, with its bias. */
    private int product(String which, String suffix, int row, int[] x) {
        int[] weight = state.get("weight_" + which + suffix);
        int[] bias = state.get("bias_" + which + suffix);
        int first = bias == null ? zero : bias[row];
        return tape.sum(first, x, weight, row * x.length);
    }

    private int both(String suffix, int row, int[] x, int[] h) {
        return tape.plus(product("ih", suffix, row, x), product("hh", suffix, row, h));
    }

    private int[][] step(String suffix, int[] x, int[][] s) {
        int[] h = new int[hidden];
        int[] c = new int[hidden];
        for (int j = 0; j < hidden; j++) {
            switch (kind) {
                case "LSTM" -> {
                    int in = tape.sigmoid(both(suffix, j, x, s[0]));
                    int forget = tape.sigmoid(both(suffix, hidden + j, x, s[0]));
                    int candidate = tape.tanh(both(suffix, 2 * hidden + j, x, s[0]));
                    int out = tape.sigmoid(both(suffix, 3 * hidden + j, x, s[0]));
                    c[j] = tape.plus(tape.times(forget, s[1][j]), tape.times(in, candidate));
                    h[j] = tape.times(out, tape.tanh(c[j]));
                }
                case "GRU" -> {
                    int reset = tape.sigmoid(both(suffix, j, x, s[0]));
                    int update = tape.sigmoid(both(suffix, hidden + j, x, s[0]));
                    int ofState = tape.times(reset, product("hh", suffix, 2 * hidden + j, s[0]));
                    int candidate = tape.tanh(tape.plus(product("ih", suffix, 2 * hidden + j, x), ofState));
                    double z = tape.value(update);
                    double n = tape.value(candidate);
                    double before = tape.value(s[0][j]);
                    h[j] = tape.made(
                            (1 - z) * n + z * before, new int[] {update, candidate, s[0][j]}, before - n, 1 - z, z);
                }
                default -> h[j] = activated(both(suffix, j, x, s[0]));
            }
        }
        if (width < hidden) {
            int[] wide = h;
            int[] weight = state.get("weight_hr" + suffix);
            h = IntStream.range(0, width)
                    .map(row -> tape.sum(zero, wide, weight, row * hidden))
                    .toArray();
        }
        return s.length == 2 ? new int[][] {h, c} : new int[][] {h};
    }

    private int activated(int sum) {
        if (!ReferenceAttributes.of(layer, "nonlinearity").equals("relu")) {
            return tape.tanh(sum);
        }
        boolean above = call.side(tape.value(sum) > 0);
        return tape.made(above ? tape.value(sum) : 0, new int[] {sum}, above ? 1 : 0);
    }
}
