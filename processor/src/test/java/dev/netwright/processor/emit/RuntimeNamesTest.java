package dev.netwright.processor.emit;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javapoet.ClassName;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The compiler names the runtime's types without depending on it: each of them must be there. */
class RuntimeNamesTest {
    static Stream<Field> names() {
        return Arrays.stream(RuntimeNames.class.getDeclaredFields())
                .filter(field -> field.getType() == ClassName.class);
    }

    @ParameterizedTest
    @MethodSource("names")
    void namesATypeThatExists(Field name) throws ReflectiveOperationException {
        String type = ((ClassName) name.get(null)).reflectionName();
        assertThat(Class.forName(type).getName()).isEqualTo(type);
    }
}
