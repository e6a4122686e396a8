package dev.netwright.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.annotations.Network;
import dev.netwright.runtime.LayerAttributes;
import dev.netwright.runtime.LayerDefinition;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

class OperatorsTest {
    @Test
    void everyLayerThatCanBeDeclaredCanBeExported() throws Exception {
        List<String> layers = layers();
        assertThat(layers).contains("Conv2d");
        layers.remove("Shared"); // what it stands for is exported
        layers.remove("Custom"); // ONNX knows nothing of what is in it
        layers.removeAll(List.of("FractionalMaxPool2d", "FractionalMaxPool3d")); // nor of windows that are drawn
        layers.add("Parameter"); // which takes its input from nowhere

        assertThat(Operators.names()).containsExactlyInAnyOrderElementsOf(layers);
    }

    /** The annotations on fields that say where their input comes from. */
    private static List<String> layers() throws IOException, ClassNotFoundException {
        List<String> names = new ArrayList<>();
        try (JavaFileManager files = ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null)) {
            for (JavaFileObject file : files.list(
                    StandardLocation.CLASS_PATH,
                    Network.class.getPackageName(),
                    EnumSet.of(JavaFileObject.Kind.CLASS),
                    false)) {
                Class<?> type = Class.forName(files.inferBinaryName(StandardLocation.CLASS_PATH, file));
                Target target = type.getAnnotation(Target.class);
                if (target != null
                        && List.of(target.value()).contains(ElementType.FIELD)
                        && Arrays.stream(type.getDeclaredMethods())
                                .anyMatch(method -> method.getName().equals("from"))) {
                    names.add(type.getSimpleName());
                }
            }
        }
        return names;
    }

    @Test
    void anUnknownLayerIsRefusedByNameAndType() {
        LayerDefinition layer = LayerDefinition.of(
                "act", "features.1", "Mystery", LayerAttributes.NONE, new int[] {3}, 0, 0, new int[] {-1});

        assertThatThrownBy(() -> Operators.of(layer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "The layer features.1 is a Mystery, which cannot be exported to ONNX. What can be:"
                                + " AdaptiveAvgPool1d, AdaptiveAvgPool2d, AdaptiveAvgPool3d, AdaptiveMaxPool1d, ");
    }

    @Test
    void windowsThatAreDrawnAreRefusedWithTheReason() {
        LayerDefinition layer = LayerDefinition.of(
                "pool",
                "features.pool",
                "FractionalMaxPool2d",
                LayerAttributes.NONE,
                new int[] {3, 2, 2},
                0,
                0,
                new int[] {-1});

        assertThatThrownBy(() -> Operators.of(layer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "The layer features.pool is a FractionalMaxPool2d, which cannot be exported to ONNX:"
                                + " it has no windows whose steps are drawn. Pool by AdaptiveMaxPool to the same size instead."
                                + " What can be: ");
    }
}
