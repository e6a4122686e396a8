package dev.netwright.runtime.files.torch;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Prints what a PyTorch file holds as an indented tree: names, classes, types, shapes, bytes, but no tensor's values. */
final class TorchOutline {
    private static final int DEEPEST = 32;
    private static final int MOST_LINES = 2_000;
    private static final int LONGEST_LIST = 16;
    private static final Set<String> TABLES = Set.of("_parameters", "_buffers", "_modules");

    private final StringBuilder text = new StringBuilder();
    private int lines;

    private TorchOutline() {}

    /** A tree without a line end after the last line. */
    static String of(Object saved) {
        TorchOutline outline = new TorchOutline();
        if (isLeaf(saved)) {
            outline.line(0, leaf(saved));
        } else {
            if (saved instanceof PickledObject object) {
                outline.line(0, PickledText.kind(object));
            }
            outline.children(saved, 0);
        }
        return outline.text.toString().stripTrailing();
    }

    private void line(int depth, String content) {
        if (lines < MOST_LINES) {
            text.append("  ".repeat(depth)).append(content).append('\n');
        } else if (lines == MOST_LINES) {
            text.append("(and more)\n");
        }
        lines++;
    }

    private void children(Object value, int depth) {
        if (depth > DEEPEST) {
            line(depth, "(and deeper)");
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> child(
                    key instanceof String name ? PickledText.name(name) : PickledText.brief(key), element, depth));
        } else if (value instanceof PickledTuple tuple) {
            numbered(tuple.elements(), depth);
        } else if (value instanceof Collection<?> collection) {
            numbered(collection, depth);
        } else if (value instanceof PickledObject object) {
            object(object, depth);
        }
    }

    private void numbered(Collection<?> elements, int depth) {
        int index = 0;
        for (Object element : elements) {
            child(Integer.toString(index++), element, depth);
        }
    }

    private void object(PickledObject object, int depth) {
        numbered(object.arguments().elements(), depth);
        numbered(object.elements(), depth);
        children(object.items(), depth);
        if (object.state() instanceof Map<?, ?> attributes) {
            attributes.forEach((name, value) -> attribute(name, value, depth));
        } else if (object.state() != null) {
            child("state", object.state(), depth);
        }
    }

    /** A module's tables of tensors and children stand for what is in them; its hooks and what is empty say nothing. */
    private void attribute(Object name, Object value, int depth) {
        if (name instanceof String && TABLES.contains(name) && value instanceof Map) {
            children(value, depth);
        } else if (!(name instanceof String text && text.startsWith("_"))) {
            child(PickledText.brief(name).replace("\"", ""), value, depth);
        }
    }

    private void child(String name, Object value, int depth) {
        if (lines > MOST_LINES) {
            return;
        }
        if (isLeaf(value)) {
            line(depth, name + ": " + leaf(value));
        } else {
            line(depth, name + ": " + PickledText.kind(value));
            children(value, depth + 1);
        }
    }

    private static boolean isLeaf(Object value) {
        if (value instanceof PickledTuple tuple) {
            return isShort(tuple.elements());
        }
        if (value instanceof Collection<?> collection) {
            return isShort(collection);
        }
        return !(value instanceof Map || value instanceof PickledObject);
    }

    private static boolean isShort(Collection<?> elements) {
        return elements.size() <= LONGEST_LIST && elements.stream().allMatch(PickleKeys::isScalar);
    }

    private static String leaf(Object value) {
        if (value instanceof TorchTensor tensor) {
            return String.format(Locale.ROOT, "%s  %,d bytes", tensor, tensor.bytes());
        }
        if (value instanceof PickledTuple tuple) {
            return joined(tuple.elements(), "(", ")");
        }
        if (value instanceof Collection<?> collection) {
            return joined(collection, "[", "]");
        }
        return PickledText.brief(value);
    }

    private static String joined(Collection<?> elements, String open, String close) {
        return elements.stream().map(PickledText::brief).collect(Collectors.joining(", ", open, close));
    }
}
