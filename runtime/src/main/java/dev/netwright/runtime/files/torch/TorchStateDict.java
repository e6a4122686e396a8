package dev.netwright.runtime.files.torch;

import dev.netwright.runtime.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds the state dict in what a file of {@code torch.save} holds: alone, in a checkpoint, or as a whole module. Entries
 * that are no tensors here (an {@code _extra_state}, quantised, sparse, meta or double complex tensors, arrays of NumPy)
 * do not hinder that: the others are read, and a warning of the logger {@code dev.netwright.runtime.files.torch} names them.
 */
public final class TorchStateDict {
    /** How training programs commonly name the weights in their checkpoints. */
    private static final List<String> USUAL_ENTRIES =
            List.of("state_dict", "model_state_dict", "model", "net", "module", "weights");
    /** What modules keep beside tensors, under the end of a key; it may be a dictionary of tensors, but no state dict. */
    private static final String EXTRA = "_extra_state";

    private static final int DEEPEST = 100;
    /** Pickles recall modules in two bytes, so that a small file can hold any number of them. */
    private static final int MOST = 1 << 22;

    private static final int MOST_NAMED = 20;

    /** What the file's tensors were made to: {@link Tensor}, or views whose values are not read. */
    private final Class<?> kind;

    private final Map<String, Object> tensors = new LinkedHashMap<>();
    private final Map<String, Object> unread = new LinkedHashMap<>();
    private int visited;

    private TorchStateDict(Class<?> kind) {
        this.kind = kind;
    }

    /**
     * The state dict of a value from {@link TorchFile#read(java.nio.file.Path)}.
     *
     * @param saved a dictionary of tensors, a module, or a dictionary with one of these under a usual name such as
     *     {@code state_dict} or {@code model}, or as its only such entry
     * @return tensors by key, in the order of the file
     * @throws IllegalArgumentException if there is none, or which one is not clear, with what there is
     */
    public static Map<String, Tensor> of(Object saved) {
        return new TorchStateDict(Tensor.class).find(saved).told();
    }

    /**
     * The state dict of one entry of a checkpoint.
     *
     * @param saved a dictionary
     * @param entry its key
     * @return tensors by key, in the order of the file
     * @throws IllegalArgumentException if the entry is missing or no state dict
     */
    public static Map<String, Tensor> of(Object saved, String entry) {
        return new TorchStateDict(Tensor.class).find(saved, entry).told();
    }

    /**
     * What the state dict that {@link #of(Object)} finds has beside tensors.
     *
     * @param saved as there
     * @return values of {@link TorchFile} by key, in the order of the file; empty if all are tensors
     * @throws IllegalArgumentException as there
     */
    public static Map<String, Object> unread(Object saved) {
        return new TorchStateDict(Tensor.class).find(saved).unread;
    }

    /**
     * What the state dict that {@link #of(Object, String)} finds has beside tensors.
     *
     * @param saved a dictionary
     * @param entry its key
     * @return values of {@link TorchFile} by key, in the order of the file; empty if all are tensors
     * @throws IllegalArgumentException as there
     */
    public static Map<String, Object> unread(Object saved, String entry) {
        return new TorchStateDict(Tensor.class).find(saved, entry).unread;
    }

    /**
     * The state dict of a value in which views stand for tensors.
     *
     * @param entry its key, as of {@link #of(Object, String)}; null for the one that {@link #of(Object)} finds
     */
    static Map<String, TorchTensor> views(Object saved, String entry) {
        TorchStateDict found = new TorchStateDict(TorchTensor.class);
        Map<String, TorchTensor> views = new LinkedHashMap<>();
        (entry == null ? found.find(saved) : found.find(saved, entry))
                .tensors.forEach((key, view) -> views.put(key, (TorchTensor) view));
        return views;
    }

    private Map<String, Tensor> told() {
        if (!unread.isEmpty()) {
            System.getLogger("dev.netwright.runtime.files.torch")
                    .log(
                            System.Logger.Level.WARNING,
                            "Of the state dict " + unread.size() + (unread.size() == 1 ? " entry is" : " entries are")
                                    + " not read, being no dense tensor of a known type: "
                                    + unread.entrySet().stream()
                                            .limit(MOST_NAMED)
                                            .map(entry -> PickledText.name(entry.getKey()) + " ("
                                                    + PickledText.kind(entry.getValue()) + ")")
                                            .collect(Collectors.joining(", "))
                                    + (unread.size() > MOST_NAMED
                                            ? " and " + (unread.size() - MOST_NAMED) + " more."
                                            : "."));
        }
        Map<String, Tensor> read = new LinkedHashMap<>();
        tensors.forEach((key, tensor) -> read.put(key, (Tensor) tensor));
        return read;
    }

    private TorchStateDict find(Object saved) {
        if (isPure(saved)) {
            return read(saved);
        }
        if (!(saved instanceof Map<?, ?> checkpoint)) {
            throw new IllegalArgumentException("it holds " + PickledText.brief(saved) + ", which has no state dict");
        }
        for (String name : USUAL_ENTRIES) {
            Object value = checkpoint.get(name);
            if (isPure(value) || isMixed(value, "")) {
                return read(value);
            }
        }
        // Checkpoints name their tensors, such as the best accuracy, without the dots of modules.
        if (isMixed(saved, ".")) {
            return read(saved);
        }
        Object only = only(checkpoint, this::isPure);
        if (only == null) {
            only = isMixed(saved, "") ? saved : only(checkpoint, value -> isMixed(value, ""));
        }
        if (only == null) {
            throw new IllegalArgumentException("it has no state dict; it holds " + contents(checkpoint));
        }
        return read(only);
    }

    private TorchStateDict find(Object saved, String entry) {
        if (!(saved instanceof Map<?, ?> checkpoint) || !checkpoint.containsKey(entry)) {
            throw new IllegalArgumentException(
                    "it has no entry " + PickledText.quoted(entry) + "; it holds " + contents(saved));
        }
        Object value = checkpoint.get(entry);
        if (!isPure(value) && !isMixed(value, "")) {
            throw new IllegalArgumentException("its entry " + PickledText.quoted(entry) + " is "
                    + PickledText.brief(value) + ", not a state dict");
        }
        return read(value);
    }

    /** Null if no entry is one. */
    private static Object only(Map<?, ?> checkpoint, Predicate<Object> isStateDict) {
        Object found = null;
        List<String> names = new ArrayList<>();
        for (Map.Entry<?, ?> entry : checkpoint.entrySet()) {
            boolean extra = entry.getKey() instanceof String key && key.endsWith(EXTRA);
            if (!extra && isStateDict.test(entry.getValue())) {
                found = entry.getValue();
                if (names.size() < 8) {
                    names.add(PickledText.brief(entry.getKey()));
                }
            }
        }
        if (names.size() > 1) {
            throw new IllegalArgumentException("it has several state dicts, " + String.join(", ", names)
                    + "; name the one to read, such as entry = " + names.get(0));
        }
        return found;
    }

    /** Whether the value is a module, or a dictionary of nothing but tensors. */
    private boolean isPure(Object value) {
        if (value instanceof PickledObject module) {
            return isModule(module);
        }
        if (!(value instanceof Map<?, ?> map) || map.isEmpty()) {
            return false;
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            visit(1);
            if (!(entry.getKey() instanceof String) || !kind.isInstance(entry.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** Whether the value is a dictionary in which a text that contains another names a tensor. */
    private boolean isMixed(Object value, String part) {
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                visit(1);
                if (kind.isInstance(entry.getValue()) && entry.getKey() instanceof String key && key.contains(part)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isModule(PickledObject value) {
        return value.state() instanceof Map<?, ?> attributes && attributes.containsKey("_parameters");
    }

    private TorchStateDict read(Object value) {
        if (value instanceof PickledObject module) {
            addModule("", module, 0);
            return this;
        }
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
            if (entry.getKey() instanceof String key && kind.isInstance(entry.getValue())) {
                tensors.put(key, entry.getValue());
            } else {
                String key = entry.getKey() instanceof String text ? text : PickledText.brief(entry.getKey());
                unread.put(key, entry.getValue());
            }
        }
        return this;
    }

    /** As {@code Module.state_dict()}: parameters, persistent buffers, then the children. */
    private void addModule(String prefix, PickledObject module, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException(
                    "its modules are nested deeper than " + DEEPEST + " or contain themselves");
        }
        visit(prefix.length());
        Map<?, ?> attributes = (Map<?, ?>) module.state();
        addTensors(prefix, "_parameters", attributes, Set.of());
        Object hidden = attributes.get("_non_persistent_buffers_set");
        addTensors(prefix, "_buffers", attributes, hidden instanceof Set<?> names ? names : Set.of());
        for (Map.Entry<?, ?> child : table(prefix, "_modules", attributes).entrySet()) {
            visit(1);
            if (child.getValue() instanceof PickledObject object && isModule(object)) {
                addModule(prefix + child.getKey() + ".", object, depth + 1);
            } else if (child.getValue() != null) {
                visit(prefix.length());
                unread.put(prefix + child.getKey(), child.getValue());
            }
        }
    }

    /** None stands for a parameter, buffer or module that there is not, such as the bias of a layer without one. */
    private void addTensors(String prefix, String table, Map<?, ?> attributes, Set<?> hidden) {
        for (Map.Entry<?, ?> entry : table(prefix, table, attributes).entrySet()) {
            visit(1 + prefix.length());
            if (entry.getValue() == null || hidden.contains(entry.getKey())) {
                continue;
            }
            if (kind.isInstance(entry.getValue())) {
                tensors.put(prefix + entry.getKey(), entry.getValue());
            } else {
                unread.put(prefix + entry.getKey(), entry.getValue());
            }
        }
    }

    private Map<?, ?> table(String prefix, String name, Map<?, ?> attributes) {
        Object table = attributes.get(name);
        if (table instanceof Map<?, ?> map) {
            return map;
        }
        if (table != null) {
            unread.put(prefix + name, table);
        }
        return Map.of();
    }

    /** Counts entries, and the characters of their names. */
    private void visit(int more) {
        visited += more;
        if (visited > MOST) {
            throw new IllegalArgumentException(
                    "its modules and dictionaries have more than " + MOST + " entries and characters of their names");
        }
    }

    private static String contents(Object saved) {
        if (!(saved instanceof Map<?, ?> map) || map.isEmpty()) {
            return PickledText.brief(saved);
        }
        List<String> entries = new ArrayList<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (entries.size() == 8) {
                entries.add("...");
                break;
            }
            entries.add(PickledText.brief(entry.getKey()) + ": " + PickledText.brief(entry.getValue()));
        }
        return String.join(", ", entries);
    }
}
