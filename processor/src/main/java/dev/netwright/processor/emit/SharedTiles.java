package dev.netwright.processor.emit;

import com.palantir.javapoet.ParameterSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The register tiles of a class of kernels. Kernels that differ in what is around them often sum alike: of DenseNet-121's
 * tiles one in three is another's.
 */
final class SharedTiles {
    private final Map<String, String> names = new HashMap<>();
    private final List<KernelMethod> added = new ArrayList<>();

    /** @return the name of a method that does this: the wanted one, unless there is one already */
    String add(String wanted, List<ParameterSpec> parameters, Code code) {
        String known = names.putIfAbsent(parameters + "\n" + code, wanted);
        if (known != null) {
            return known;
        }
        added.add(KernelMethod.named(wanted).parameters(parameters).body(code));
        return wanted;
    }

    /** Those that were added since it was last called. */
    List<KernelMethod> takeAdded() {
        List<KernelMethod> taken = List.copyOf(added);
        added.clear();
        return taken;
    }
}
