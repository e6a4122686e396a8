package dev.netwright.runtime.files.torch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a pickle would make by calling a class or function: the call and the state, as data. */
public final class PickledObject {
    private final PickledGlobal type;
    private final PickledTuple arguments;
    private final Map<Object, Object> items = new LinkedHashMap<>();
    private final List<Object> elements = new ArrayList<>();
    private Object state;

    PickledObject(PickledGlobal type, PickledTuple arguments) {
        this.type = type;
        this.arguments = arguments;
    }

    /**
     * What would be called.
     *
     * @return the name, which was not looked up
     */
    public PickledGlobal type() {
        return type;
    }

    /**
     * With what it would be called.
     *
     * @return the arguments; where the pickle has keyword arguments too, a tuple of the others and a dictionary of these
     */
    public PickledTuple arguments() {
        return arguments;
    }

    /**
     * What would be set as its state: for a module a map of its attributes.
     *
     * @return null without one
     */
    public Object state() {
        return state;
    }

    /** Items set as of a dictionary; live. */
    Map<Object, Object> items() {
        return items;
    }

    /** Elements appended as to a list; live. */
    List<Object> elements() {
        return elements;
    }

    void state(Object value) {
        state = value;
    }

    /**
     * The type's name.
     *
     * @return such as {@code torch.nn.modules.conv.Conv2d(...)}
     */
    @Override
    public String toString() {
        return type + "(...)";
    }
}
