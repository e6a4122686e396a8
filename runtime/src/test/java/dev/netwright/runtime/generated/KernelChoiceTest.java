package dev.netwright.runtime.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.runtime.execution.VirtualMachine;
import java.lang.module.ModuleFinder;
import org.junit.jupiter.api.Test;

class KernelChoiceTest {
    private static final Module HERE = KernelChoiceTest.class.getModule();
    private static final VirtualMachine HOTSPOT =
            new VirtualMachine("OpenJDK 64-Bit Server VM", "mixed mode, sharing", "amd64", true);

    private static boolean vectorModule() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    @Test
    void decidesForThisMachineAndSaysWhy() {
        KernelChoice choice = KernelChoice.decide(true);
        System.out.println("KernelChoiceTest: " + choice.describe(2));
        assertThat(choice.vector()).isEqualTo(choice.bits() > 0);
        assertThat(choice.bits()).isIn(0, 128, 256, 512);
        if (!vectorModule()) {
            assertThat(choice.describe(1)).endsWith("1 thread (start the JVM with --add-modules jdk.incubator.vector)");
        }
    }

    @Test
    void anImageWithoutTheModuleIsToldToAddIt() {
        assertThat(KernelChoice.advice(ModuleFinder.ofSystem()))
                .isEqualTo("start the JVM with --add-modules jdk.incubator.vector");
        assertThat(KernelChoice.advice(ModuleFinder.of()))
                .isEqualTo("this run-time image has no jdk.incubator.vector: add it to jlink's --add-modules, and start"
                        + " the JVM with --add-modules jdk.incubator.vector");
    }

    @Test
    void codeWithoutVectorKernelsRunsScalar() {
        KernelChoice choice = KernelChoice.decide(false, HERE, null, HOTSPOT);
        assertThat(choice.vector()).isFalse();
        assertThat(choice.fma()).isTrue();
        assertThat(choice.describe(2)).isEqualTo("scalar, 2 threads (compiled without jdk.incubator.vector)");
        assertThat(choice).hasToString("scalar (compiled without jdk.incubator.vector)");
    }

    @Test
    void zeroPinsScalarKernels() {
        assertThat(KernelChoice.decide(true, HERE, "0", HOTSPOT).describe(1))
                .isEqualTo("scalar, 1 thread (netwright.vectorBits is 0)");
    }

    @Test
    void refusesOtherWidths() {
        assertThatThrownBy(() -> KernelChoice.decide(true, HERE, "64", HOTSPOT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The system property netwright.vectorBits must be 512, 256, 128 or 0 (scalar), but is"
                        + " \"64\".");
    }

    @Test
    void describesVectorKernels() {
        KernelChoice choice = new KernelChoice(512, true, true, "");
        assertThat(choice.describe(2)).isEqualTo("vector 512-bit, FMA, 2 threads");
        assertThat(choice.wide()).isTrue();
    }

    @Test
    void describesACpuWithoutFma() {
        VirtualMachine old = new VirtualMachine("OpenJDK 64-Bit Server VM", "mixed mode", "amd64", false);
        assertThat(KernelChoice.decide(false, HERE, null, old).describe(1)).startsWith("scalar, no FMA, 1 thread (");
    }

    @Test
    void onlyHotSpotWithC2CompilesVectors() {
        assertThat(HOTSPOT.compilesVectors()).isTrue();
        assertThat(new VirtualMachine("OpenJDK 64-Bit Server VM", "mixed mode, emulated-client", "amd64", true)
                        .compilesVectors())
                .isFalse();
        assertThat(new VirtualMachine("OpenJDK 64-Bit Server VM", "interpreted mode", "amd64", true).compilesVectors())
                .isFalse();
        assertThat(new VirtualMachine("Eclipse OpenJ9 VM", "JRE 17", "amd64", true).compilesVectors())
                .isFalse();
    }
}
