package dev.netwright.processor.emit;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/**
 * The register tiles of a class of kernels. Kernels that differ in what is around them often sum alike: of DenseNet-121's
 * tiles one in three is another's.
 */
final class SharedTiles {
    private final Map<String, String> names = new HashMap<>();
    private final List<MethodSpec> added = new ArrayList<>();

    /** @return the name of a method that does this: the wanted one, unless there is one already */
    String add(String wanted, List<ParameterSpec> parameters, Code code) {
        String known = names.putIfAbsent(parameters + "\n" + code, wanted);
        if (known != null) {
            return known;
        }
        added.add(MethodSpec.methodBuilder(wanted)
                .addModifiers(Modifier.PRIVATE)
                .addParameters(parameters)
                .addCode(code.body())
                .build());
        return wanted;
    }

    /** Those that were added since it was last called. */
    List<MethodSpec> takeAdded() {
        List<MethodSpec> taken = List.copyOf(added);
        added.clear();
        return taken;
    }
}
