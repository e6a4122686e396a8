package dev.netwright.processor.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.build.InitRules;
import dev.netwright.processor.graph.InitMethod;
import dev.netwright.processor.graph.layer.Layers;
import dev.netwright.processor.graph.loss.Losses;
import dev.netwright.runtime.init.Gain;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** The processor knows annotations by name only, so that their names must agree. */
class AnnotationNamesTest {
    private static final String ANNOTATIONS =
            AnnotationNames.PACKAGE.substring(0, AnnotationNames.PACKAGE.length() - 1);

    /** What generated code alone imports, and what is exported to nobody, or to our own modules. */
    private static final Set<String> NOT_IMPORTED = Set.of(
            "dev.netwright.runtime.generated",
            "dev.netwright.runtime.check",
            "dev.netwright.runtime.execution",
            "dev.netwright.runtime.files.io");

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

    @Test
    void everyMethodAndNonlinearityOfInitIsKnownByItsName() throws Exception {
        assertThat(constants(AnnotationNames.PACKAGE + "InitMethod")).containsExactly(names(InitMethod.values()));
        assertThat(constants(AnnotationNames.PACKAGE + "Nonlinearity")).containsExactly(names(Gain.values()));
        assertThat(constants(AnnotationNames.PACKAGE + "FanMode")).containsExactly("FAN_IN", "FAN_OUT");
    }

    @Test
    void everyAttributeOfInitIsTakenByAMethod() throws Exception {
        Set<String> taken = new TreeSet<>(InitRules.OF_EVERY_METHOD);
        for (InitMethod method : InitMethod.values()) {
            taken.addAll(method.attributes());
        }
        assertThat(Class.forName(AnnotationNames.PACKAGE + AnnotationNames.INIT).getDeclaredMethods())
                .extracting(Method::getName)
                .containsExactlyInAnyOrderElementsOf(taken);
    }

    private static String[] constants(String type) throws ClassNotFoundException {
        return names((Enum<?>[]) Class.forName(type).getEnumConstants());
    }

    private static String[] names(Enum<?>[] constants) {
        return Stream.of(constants).map(Enum::name).toArray(String[]::new);
    }

    /** Sources that import both by a star would have to write one of the names in full. */
    @Test
    void noNameThatIsDeclaredWithIsANameOfWhatUsersCall() throws Exception {
        Set<String> annotations = new TreeSet<>();
        for (Class<?> type : publicTypes(ANNOTATIONS, false)) {
            annotations.add(type.getSimpleName());
        }
        Set<String> called = new TreeSet<>();
        for (Class<?> type : publicTypes("dev.netwright.runtime", true)) {
            if (!NOT_IMPORTED.contains(type.getPackageName())) {
                called.add(type.getSimpleName());
            }
        }
        assertThat(annotations).contains("Weights", "Nonlinearity", "Conv2d");
        assertThat(called).contains("Tensor", "SGD", "CosineAnnealingLR", "Initial", "Safetensors", "TorchFile");
        assertThat(annotations).doesNotContainAnyElementsOf(called);
    }

    private static List<String> annotationsOn(ElementType place) throws IOException, ClassNotFoundException {
        List<String> names = new ArrayList<>();
        for (Class<?> type : publicTypes(ANNOTATIONS, false)) {
            Target target = type.getAnnotation(Target.class);
            if (target != null && List.of(target.value()).contains(place)) {
                names.add(type.getSimpleName());
            }
        }
        return names;
    }

    /** Those of files of their own. */
    private static List<Class<?>> publicTypes(String packageName, boolean below)
            throws IOException, ClassNotFoundException {
        List<Class<?>> types = new ArrayList<>();
        try (JavaFileManager files = ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null)) {
            for (JavaFileObject file : files.list(
                    StandardLocation.CLASS_PATH, packageName, EnumSet.of(JavaFileObject.Kind.CLASS), below)) {
                String name = files.inferBinaryName(StandardLocation.CLASS_PATH, file);
                Class<?> type = Class.forName(name, false, AnnotationNamesTest.class.getClassLoader());
                if (!type.isMemberClass() && Modifier.isPublic(type.getModifiers())) {
                    types.add(type);
                }
            }
        }
        return types;
    }
}
