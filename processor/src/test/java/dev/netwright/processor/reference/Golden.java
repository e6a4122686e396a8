package dev.netwright.processor.reference;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Golden vectors: all of them where the folder {@code shared/golden} stands beside the repository, else the few in
 * the test resources.
 */
public final class Golden {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    private static final List<String> FILES = List.of("modules.jsonl", "attributes.jsonl");

    private static List<Map<?, ?>> cases;

    private Golden() {}

    /** Every case of a module, in file order. */
    public static synchronized List<GoldenCase> of(String module) {
        if (cases == null) {
            cases = read();
        }
        return cases.stream()
                .filter(json -> json.get("module").equals(module))
                .map(Golden::toCase)
                .toList();
    }

    /** Whether all cases are there, not only the few in the test resources. */
    public static boolean isComplete() {
        return folder().isPresent();
    }

    private static Optional<Path> folder() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path folder = at.resolve("shared").resolve("golden");
            if (Files.isDirectory(folder)) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    private static List<Map<?, ?>> read() {
        try {
            List<Map<?, ?>> all = new ArrayList<>();
            try (InputStream in = Golden.class.getResourceAsStream("attributes.jsonl")) {
                readLines(in, all); // values of attributes that no case of the complete set has
            }
            Optional<Path> folder = folder();
            if (folder.isPresent()) {
                for (String file : FILES) {
                    try (InputStream in = new GZIPInputStream(
                            Files.newInputStream(folder.get().resolve(file + ".gz")))) {
                        readLines(in, all);
                    }
                }
                return all;
            }
            try (InputStream in = Golden.class.getResourceAsStream("golden.jsonl")) {
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
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            try (JsonParser parser = JSON.createParser(line)) {
                parser.nextToken();
                all.add((Map<?, ?>) value(parser));
            }
        }
    }

    private static GoldenCase toCase(Map<?, ?> json) {
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

    private static <T> Map<String, T> named(Object json, Class<T> type) {
        Map<String, T> result = new LinkedHashMap<>();
        ((Map<?, ?>) json).forEach((name, value) -> result.put((String) name, type.cast(value)));
        return result;
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_NULL -> null;
            default -> throw new IOException("unexpected " + parser.currentToken());
        };
    }

    private static Object object(JsonParser parser) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        if (members.keySet().equals(java.util.Set.of("t"))) {
            return members.get("t");
        }
        return members.containsKey("dtype") ? tensor(members) : members;
    }

    private static GoldenTensor tensor(Map<String, Object> members) {
        List<Integer> shape = ((List<?>) members.get("shape"))
                .stream().map(size -> ((Number) size).intValue()).toList();
        double[] data = ((List<?>) members.get("data"))
                .stream().mapToDouble(Golden::number).toArray();
        return new GoldenTensor(shape, data);
    }

    /** Python's names of what JSON cannot write stand as strings. */
    private static double number(Object element) {
        if (element instanceof String name) {
            return Double.parseDouble(name.replace("nan", "NaN").replace("inf", "Infinity"));
        }
        return element instanceof Boolean flag ? flag ? 1 : 0 : ((Number) element).doubleValue();
    }

    private static List<Object> array(JsonParser parser) throws IOException {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser));
        }
        return elements;
    }
}
