package dev.netwright.runtime.torch;

import dev.netwright.runtime.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the state dict in what a file of {@code torch.save} holds: alone, in a checkpoint, or as a whole module. */
public final class TorchStateDict {
    /** How training programs commonly name the weights in their checkpoints. */
    private static final List<String> USUAL_ENTRIES =
            List.of("state_dict", "model_state_dict", "model", "net", "module", "weights");

    private static final int DEEPEST = 100;
    /** Pickles recall modules in two bytes, so that a small file can hold any number of them. */
    private static final int MOST = 1 << 22;

    private int visited;

    private TorchStateDict() {}

    /**
     * The state dict of a value from {@link TorchFile#read(java.nio.file.Path)}.
     *
     * @param saved a dictionary of tensors, a module, or a dictionary with one of these under a usual name such as
     *     {@code state_dict} or {@code model}, or as its only such entry
     * @return tensors by key, in the order of the file
     * @throws IllegalArgumentException if there is none, or which one is not clear, with what there is
     */
    public static Map<String, Tensor> of(Object saved) {
        return new TorchStateDict().find(saved);
    }

    private Map<String, Tensor> find(Object saved) {
        Map<String, Tensor> direct = direct(saved);
        if (direct != null) {
            return direct;
        }
        if (!(saved instanceof Map<?, ?> checkpoint)) {
            throw new IllegalArgumentException("it holds " + PickledText.brief(saved) + ", which has no state dict");
        }
        for (String name : USUAL_ENTRIES) {
            Map<String, Tensor> state = direct(checkpoint.get(name));
            if (state != null) {
                return state;
            }
        }
        return only(checkpoint);
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
        if (!(saved instanceof Map<?, ?> checkpoint) || !checkpoint.containsKey(entry)) {
            throw new IllegalArgumentException(
                    "it has no entry " + PickledText.quoted(entry) + "; it holds " + contents(saved));
        }
        Map<String, Tensor> state = new TorchStateDict().direct(checkpoint.get(entry));
        if (state == null) {
            throw new IllegalArgumentException("its entry " + PickledText.quoted(entry) + " is "
                    + PickledText.brief(checkpoint.get(entry)) + ", not a state dict");
        }
        return state;
    }

    private Map<String, Tensor> only(Map<?, ?> checkpoint) {
        Map<String, Tensor> found = null;
        List<String> names = new ArrayList<>();
        for (Map.Entry<?, ?> entry : checkpoint.entrySet()) {
            Map<String, Tensor> state = direct(entry.getValue());
            if (state != null) {
                found = state;
                if (names.size() < 8) {
                    names.add(PickledText.brief(entry.getKey()));
                }
            }
        }
        if (names.size() != 1) {
            throw new IllegalArgumentException(
                    names.isEmpty()
                            ? "it has no state dict; it holds " + contents(checkpoint)
                            : "it has several state dicts, " + String.join(", ", names) + "; name the one to read");
        }
        return found;
    }

    /** Null if the value is neither a dictionary of tensors nor a module. */
    private Map<String, Tensor> direct(Object value) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        if (value instanceof PickledObject module) {
            return addModule("", module, state, 0) ? state : null;
        }
        if (!(value instanceof Map<?, ?> map) || map.isEmpty()) {
            return null;
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            visit(1);
            if (!(entry.getKey() instanceof String) || !(entry.getValue() instanceof Tensor)) {
                return null;
            }
        }
        map.forEach((key, tensor) -> state.put((String) key, (Tensor) tensor));
        return state;
    }

    /** As {@code Module.state_dict()}: parameters, persistent buffers, then the children. */
    private boolean addModule(String prefix, PickledObject module, Map<String, Tensor> state, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException(
                    "its modules are nested deeper than " + DEEPEST + " or contain themselves");
        }
        if (!(module.state() instanceof Map<?, ?> attributes) || !attributes.containsKey("_parameters")) {
            return false;
        }
        visit(prefix.length());
        addTensors(prefix, attributes.get("_parameters"), Set.of(), state);
        Object hidden = attributes.get("_non_persistent_buffers_set");
        addTensors(prefix, attributes.get("_buffers"), hidden instanceof Set<?> names ? names : Set.of(), state);
        if (attributes.get("_modules") instanceof Map<?, ?> children) {
            for (Map.Entry<?, ?> child : children.entrySet()) {
                visit(1);
                if (child.getValue() instanceof PickledObject object) {
                    addModule(prefix + child.getKey() + ".", object, state, depth + 1);
                }
            }
        }
        return true;
    }

    private void addTensors(String prefix, Object tensors, Set<?> hidden, Map<String, Tensor> state) {
        if (tensors instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                visit(1 + prefix.length());
                if (entry.getValue() instanceof Tensor tensor && !hidden.contains(entry.getKey())) {
                    state.put(prefix + entry.getKey(), tensor);
                }
            }
        }
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
