package dev.netwright.processor.reference;

import dev.netwright.testing.Golden;
import dev.netwright.testing.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Golden vectors: all of them where the folder {@code shared/golden} stands beside the repository, else the few in
 * the test resources.
 */
public final class GoldenCases {
    private static final List<String> FILES = List.of("modules.jsonl", "attributes.jsonl");

    /** Values of attributes that no case of the complete set has, and functions that PyTorch has no modules of. */
    private static final List<String> OWN_FILES = List.of("attributes.jsonl", "functions.jsonl", "vision.jsonl");

    private static List<Map<?, ?>> cases;

    private GoldenCases() {}

    /** Every case of a module, in file order. */
    public static synchronized List<GoldenCase> of(String module) {
        if (cases == null) {
            cases = read();
        }
        return cases.stream()
                .filter(json -> json.get("module").equals(module))
                .map(GoldenCases::toCase)
                .toList();
    }

    /** Whether all cases are there, not only the few in the test resources. */
    public static boolean isComplete() {
        return SharedData.findGolden("").isPresent();
    }

    private static List<Map<?, ?>> read() {
        try {
            List<Map<?, ?>> all = new ArrayList<>();
            for (String file : OWN_FILES) {
                try (InputStream in = GoldenCases.class.getResourceAsStream(file)) {
                    readLines(in, all);
                }
            }
            Optional<Path> folder = SharedData.findGolden("");
            if (folder.isPresent()) {
                for (String file : FILES) {
                    try (InputStream in = new GZIPInputStream(
                            Files.newInputStream(folder.get().resolve(file + ".gz")))) {
                        readLines(in, all);
                    }
                }
                return all;
            }
            try (InputStream in = GoldenCases.class.getResourceAsStream("golden.jsonl")) {
                readLines(in, all);
            }
            System.out.println("no folder shared/golden beside the repository: only the " + all.size()
                    + " golden cases of the test resources are checked");
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void readLines(InputStream in, List<Map<?, ?>> all) throws IOException {
        Golden.readAll(in, json -> all.add((Map<?, ?>) withTensors(json)));
    }

    private static GoldenCase toCase(Map<?, ?> json) {
        if (json.get("module").equals("CTCLoss")) {
            return GoldenCtc.of(json);
        } else if (GoldenAttention.MODULES.contains(json.get("module"))) {
            return GoldenAttention.of(json);
        }
        if (GoldenRecurrent.has((String) json.get("module"))) {
            return GoldenRecurrent.of(json);
        }
        List<GoldenTensor> inputs = new ArrayList<>(tensors((List<?>) json.get("args")));
        inputs.addAll(tensors(((Map<?, ?>) json.get("kwargs")).values()));
        return new GoldenCase(
                (String) json.get("module"),
                json.get("case") + " " + json.get("desc"),
                (Boolean) json.get("training"),
                Collections.unmodifiableList(new ArrayList<>((List<?>) json.get("ctor_args"))),
                named(json.get("ctor_kwargs"), Object.class),
                inputs,
                named(json.get("state"), GoldenTensor.class),
                tensors((List<?>) json.get("out")).get(0),
                (GoldenTensor) json.get("grad_out"),
                tensors((List<?>) json.get("grad_in")),
                named(json.get("grad_param"), GoldenTensor.class),
                named(json.get("state_after"), GoldenTensor.class));
    }

    private static List<GoldenTensor> tensors(Collection<?> values) {
        return values.stream()
                .filter(GoldenTensor.class::isInstance)
                .map(GoldenTensor.class::cast)
                .toList();
    }

    static <T> Map<String, T> named(Object json, Class<T> type) {
        Map<String, T> result = new LinkedHashMap<>();
        ((Map<?, ?>) json).forEach((name, value) -> result.put((String) name, type.cast(value)));
        return result;
    }

    private static Object withTensors(Object json) {
        if (json instanceof List<?> list) {
            List<Object> elements = new ArrayList<>();
            list.forEach(element -> elements.add(withTensors(element)));
            return elements;
        }
        if (!(json instanceof Map<?, ?> map)) {
            return json;
        }
        Map<String, Object> members = new LinkedHashMap<>();
        map.forEach((name, value) -> members.put((String) name, withTensors(value)));
        if (members.keySet().equals(Set.of("t"))) {
            return members.get("t");
        }
        return members.containsKey("dtype") ? tensor(members) : members;
    }

    private static GoldenTensor tensor(Map<String, Object> members) {
        List<Integer> shape = ((List<?>) members.get("shape"))
                .stream().map(size -> ((Number) size).intValue()).toList();
        double[] data = ((List<?>) members.get("data"))
                .stream().mapToDouble(GoldenCases::number).toArray();
        return new GoldenTensor(shape, data);
    }

    /** Python's names of what JSON cannot write stand as strings. */
    private static double number(Object element) {
        if (element instanceof String name) {
            return Double.parseDouble(name.replace("nan", "NaN").replace("inf", "Infinity"));
        }
        return element instanceof Boolean flag ? flag ? 1 : 0 : ((Number) element).doubleValue();
    }
}
