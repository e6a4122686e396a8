package dev.netwright.processor.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.graph.layer.Layers;
import dev.netwright.processor.graph.loss.Losses;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** The processor knows annotations by name only, so that their names must agree. */
class AnnotationNamesTest {
    @Test
    void everyAnnotationOnAFieldIsAMarkOrALayer() throws Exception {
        Set<String> known = new HashSet<>(AnnotationNames.ON_FIELDS);
        known.addAll(Layers.names());
        known.add(DeclaredLayer.SHARED);

        assertThat(annotationsOn(ElementType.FIELD)).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void everyAnnotationOnAClassIsAMarkOrALoss() throws Exception {
        Set<String> known = new HashSet<>(AnnotationNames.ON_CLASSES);
        known.addAll(Losses.names());

        assertThat(annotationsOn(ElementType.TYPE)).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void theMarkerTypeExists() throws Exception {
        assertThat(Class.forName(AnnotationNames.LAYER)).isInterface();
        assertThat(Class.forName(AnnotationNames.NETWORK)).isAnnotation();
    }

    private static List<String> annotationsOn(ElementType place) throws IOException, ClassNotFoundException {
        List<String> names = new ArrayList<>();
        String folder = AnnotationNames.PACKAGE.substring(0, AnnotationNames.PACKAGE.length() - 1);
        try (JavaFileManager files = ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null)) {
            for (JavaFileObject file :
                    files.list(StandardLocation.CLASS_PATH, folder, EnumSet.of(JavaFileObject.Kind.CLASS), false)) {
                Class<?> type = Class.forName(files.inferBinaryName(StandardLocation.CLASS_PATH, file));
                Target target = type.getAnnotation(Target.class);
                if (!type.isMemberClass()
                        && target != null
                        && List.of(target.value()).contains(place)) {
                    names.add(type.getSimpleName());
                }
            }
        }
        return names;
    }
}
