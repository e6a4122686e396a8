package dev.netwright.runtime.files.torch;

import dev.netwright.runtime.Tensor;
import java.util.Collection;
import java.util.Map;

/** Short names of pickled values for messages; never descends, since values may contain themselves. */
final class PickledText {
    private static final int LONGEST = 40;
    private static final int LONGEST_NAME = 200;

    private PickledText() {}

    static String brief(Object value) {
        if (value == null) {
            return "None";
        }
        if (value instanceof String text) {
            return quoted(text);
        }
        if (value instanceof Map<?, ?> map) {
            return "a dictionary of " + map.size();
        }
        if (value instanceof PickledTuple tuple) {
            return "a tuple of " + tuple.elements().size();
        }
        if (value instanceof Collection<?> collection) {
            return "a list of " + collection.size();
        }
        if (value instanceof Tensor || value instanceof TorchTensor || value instanceof TorchStorage) {
            return "a tensor";
        }
        if (value instanceof Boolean truth) {
            return truth ? "True" : "False";
        }
        return shortened(value.toString(), LONGEST);
    }

    /** As {@link #brief(Object)}, with the whole name of what a call names. */
    static String kind(Object value) {
        return value instanceof PickledObject object ? name(object.type().toString()) : brief(value);
    }

    /** In quotes, without line ends. */
    static String quoted(String text) {
        return '"' + shortened(text, LONGEST) + '"';
    }

    /** A key or the name of a class for a line of its own. */
    static String name(String text) {
        return shortened(text, LONGEST_NAME);
    }

    private static String shortened(String text, int longest) {
        String printable = text.length() <= longest ? text : text.substring(0, longest) + "...";
        return printable.replaceAll("\\p{Cntrl}", "?");
    }
}
