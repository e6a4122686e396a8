package dev.netwright.runtime;

import java.util.List;
import java.util.Locale;

/** Whether two models can use one set of weights. */
final class SharedEntries {
    private SharedEntries() {}

    /** @throws IllegalArgumentException with the first entry that differs, and in what */
    static void require(List<ParameterSpec> own, List<ParameterSpec> others) {
        for (int i = 0; i < Math.max(own.size(), others.size()); i++) {
            ParameterSpec here = i < own.size() ? own.get(i) : null;
            ParameterSpec there = i < others.size() ? others.get(i) : null;
            String difference = here == null
                    ? "the other model has " + there.key() + ", which this one has not"
                    : there == null
                            ? "this model has " + here.key() + ", which the other has not"
                            : difference(here, there);
            if (difference != null) {
                throw new IllegalArgumentException("The weights cannot be shared: " + difference + ".");
            }
        }
    }

    /** Null if there is none. */
    private static String difference(ParameterSpec here, ParameterSpec there) {
        if (!here.key().equals(there.key())) {
            return "this model has " + here.key() + " where the other has " + there.key();
        }
        if (here.kind() != there.kind()) {
            return here.key() + " is a " + kind(here) + " of this model, but a " + kind(there) + " of the other";
        }
        if (!here.form().equals(there.form())) {
            return here.key() + " is " + here.form() + " in this model, but " + there.form() + " in the other";
        }
        if (here.offset() != there.offset()) {
            return here.key() + " is stored at " + here.offset() + " in this model, but at " + there.offset()
                    + " in the other";
        }
        if (here.layout() != null && !here.layout().liesAs(there.layout())) {
            return "the elements of " + here.key() + " are stored in another order than the other model's";
        }
        return null;
    }

    private static String kind(ParameterSpec spec) {
        return spec.kind().name().toLowerCase(Locale.ROOT);
    }
}
