package dev.netwright.processor.emit;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javapoet.TypeName;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedSizesTest {
    private static KernelMethod helper(String name, String statement) {
        return KernelMethod.named(name)
                .parameter(TypeName.INT, "at")
                .body(Code.builder().addStatement(statement).build());
    }

    private static List<String> shared(KernelMethod... methods) {
        return new SharedSizes(List.of(methods), Lanes.SCALAR)
                .methods().stream()
                        .map(method -> method.name() + method.parameters() + " "
                                + method.body().toString().strip())
                        .toList();
    }

    @Test
    void methodsThatDifferInSizesAreOne() {
        assertThat(shared(
                        helper("f", "store(at + 16, 2.5f, c0, at + 16)"),
                        helper("g", "store(at + 32, 2.5f, c0, at + 32)"),
                        helper("h", "store(at + 32, 3.5f, c0, at + 32)")))
                .containsExactly(
                        "f[int at, int atStride] store(at + atStride, 2.5f, c0, at + atStride);",
                        "h[int at] store(at + 32, 3.5f, c0, at + 32);");
    }

    @Test
    void sizesOfMethodsThatAreSharedAgainHaveNamesOfTheirOwn() {
        assertThat(shared(
                        helper("g1", "store(at + 1)"),
                        helper("g2", "store(at + 2)"),
                        helper("f1", "g1(at + row * 7 + 3)"),
                        helper("f2", "g1(at + row * 7 + 4)"),
                        helper("f3", "g2(at + row * 9 + 3)"),
                        helper("f4", "g2(at + row * 9 + 4)")))
                .containsExactly(
                        "g1[int at, int atStride] store(at + atStride);",
                        "f1[int at, int atStride, int atRow, int atStride2] g1(at + row * atRow + atStride, atStride2);");
    }

    @Test
    void whatIsAMultipleOfASizeIsWrittenSo() {
        assertThat(shared(
                        helper("f", "store(at + 16, at + 32, at + 40)"),
                        helper("g", "store(at + 8, at + 16, at + 24)")))
                .containsExactly(
                        "f[int at, int atStride, int atStride2] store(at + atStride, at + 2 * atStride, at + atStride2);");
        assertThat(shared(helper("f", "store(at + 16, at / 32)"), helper("g", "store(at + 8, at / 16)")))
                .as("only where it is added")
                .containsExactly("f[int at, int atStride, int size] store(at + atStride, at / size);");
    }

    @Test
    void vectorHelpersKeepWhatTheirSumsReadBy() {
        List<KernelMethod> methods = List.of(
                helper("e", "store(at + k0 * 16, ak + 4)"),
                helper("e1", "store(at + k0 * 16, ak + 8)"),
                helper("e2", "store(L / 16 * 8)"),
                helper("e3", "store(L / 16 * 16)"),
                helper("f", "store(at + k0 * 16, at + 4)"),
                helper("g", "store(at + k0 * 32, at + 4)"),
                helper("h", "store(at + k0 * 32, at + 8)"),
                helper("i", "load(at)").overriding(),
                helper("j", "load(at + 1)").overriding());
        assertThat(new SharedSizes(methods, Lanes.VECTOR).methods())
                .extracting(KernelMethod::name)
                .containsExactly("e", "e1", "e2", "e3", "f", "g", "i", "j");
    }
}
