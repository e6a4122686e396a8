package dev.netwright.processor.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * What a kernel does with its sums.
 *
 * @param c of the result
 * @param accumulate whether it is added to what is there
 * @param epilogue what a sum goes through before
 * @param pooling over pairs of rows and columns of results
 */
public record Store(Strides c, boolean accumulate, Epilogue epilogue, Pooling pooling) {
    public static final String RESULT = "c";
    public static final String INDEX = "index";

    /** Sums go through an epilogue and no pool. */
    static Store of(Strides c, Epilogue epilogue) {
        return new Store(c, false, epilogue, Pooling.NONE);
    }

    /** Sums are added to what is there. */
    static Store added(Strides c) {
        return new Store(c, true, Epilogue.NONE, Pooling.NONE);
    }

    /** What is written for each result. */
    public Map<String, Strides> writes() {
        Map<String, Strides> writes = new LinkedHashMap<>();
        writes.put(RESULT, c);
        if (pooling.storesIndex()) {
            writes.put(INDEX, pooling.index());
        }
        if (epilogue.keepsSum()) {
            writes.put(Epilogue.SUM, epilogue.sum());
        }
        return writes;
    }

    /** All that has a place for each result: what is written, and what the epilogue reads. */
    public Map<String, Strides> operands() {
        Map<String, Strides> operands = new LinkedHashMap<>(writes());
        operands.putAll(epilogue.reads());
        return operands;
    }

    /** @param places of all results, by an operand's strides */
    List<Access> readAccesses(BiFunction<Access, Strides, Access> places) {
        List<Access> accesses = new ArrayList<>();
        epilogue.reads()
                .forEach((name, strides) ->
                        accesses.add(places.apply(Access.read(name).with(Access.Padding.LANES), strides)));
        return accesses;
    }

    /** @param places of all results, by an operand's strides */
    List<Access> writeAccesses(BiFunction<Access, Strides, Access> places) {
        List<Access> accesses = new ArrayList<>();
        writes().forEach((name, strides) -> {
            boolean adds = accumulate && name.equals(RESULT);
            accesses.add(places.apply(adds ? Access.update(name) : Access.write(name), strides));
        });
        return accesses;
    }

    Store joined(int together) {
        return new Store(c.joined(together), accumulate, epilogue.joined(together), pooling);
    }
}
