package dev.netwright.runtime.generated;

import dev.netwright.runtime.execution.VirtualMachine;
import java.lang.module.ModuleFinder;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;

/**
 * Which of the generated kernels run: vector or scalar ones, and how wide. Decided once at the start, from the JVM and
 * the property {@value #PROPERTY}; {@link #describe} says the outcome and the reason.
 */
public final class KernelChoice {
    /** The system property that pins the vector width: 512, 256 or 128 bits, or 0 for scalar kernels. */
    public static final String PROPERTY = "netwright.vectorBits";

    private static final String MODULE = "jdk.incubator.vector";

    private final int bits;
    private final boolean wide;
    private final boolean fma;
    private final String reason;

    KernelChoice(int bits, boolean wide, boolean fma, String reason) {
        this.bits = bits;
        this.wide = wide;
        this.fma = fma;
        this.reason = reason;
    }

    /**
     * Decides for this JVM.
     *
     * @param compiledWithVector whether vector kernels were generated at all
     * @return the choice
     * @throws IllegalArgumentException if the property {@value #PROPERTY} is none of 512, 256, 128, 0
     */
    public static KernelChoice decide(boolean compiledWithVector) {
        return decide(compiledWithVector, ClassLoader.getSystemClassLoader().getUnnamedModule());
    }

    /**
     * Decides for this JVM and the module that holds the kernels.
     *
     * @param compiledWithVector whether vector kernels were generated at all
     * @param kernels their module, which must read {@code jdk.incubator.vector} for the vector kernels to link
     * @return the choice
     * @throws IllegalArgumentException if the property {@value #PROPERTY} is none of 512, 256, 128, 0
     */
    public static KernelChoice decide(boolean compiledWithVector, Module kernels) {
        return decide(compiledWithVector, kernels, System.getProperty(PROPERTY), VirtualMachine.current());
    }

    static KernelChoice decide(boolean compiled, Module kernels, String property, VirtualMachine machine) {
        int pinned = pinned(property);
        boolean fma = machine.fma();
        Optional<Module> vector = ModuleLayer.boot().findModule(MODULE);
        String reason = null;
        if (pinned == 0) {
            reason = PROPERTY + " is 0";
        } else if (!compiled) {
            reason = "compiled without " + MODULE;
        } else if (vector.isEmpty()) {
            reason = advice(ModuleFinder.ofSystem());
        } else if (!kernels.canRead(vector.get())) {
            reason = kernels + " does not read " + MODULE + ": add \"requires static " + MODULE + ";\"";
        } else if (!machine.compilesVectors()) {
            reason = "only HotSpot with its C2 compiler makes the Vector API fast, but this is " + machine.describe();
        } else if (!fma) {
            reason = "the CPU has no fused multiply-add";
        }
        if (reason != null) {
            return new KernelChoice(0, false, fma, reason);
        }
        int bits = pinned > 0 ? pinned : preferredBits(vector.get());
        if (bits < 128) {
            return new KernelChoice(0, false, true, "the JVM prefers vectors of only " + bits + " bits");
        }
        bits = Math.min(512, Integer.highestOneBit(bits));
        return new KernelChoice(bits, bits == 512 || machine.aarch64(), true, "");
    }

    /**
     * What to do where the module is not there.
     *
     * @param image the modules of the run-time image, of which the JVM adds none that jlink was not told to put there
     */
    static String advice(ModuleFinder image) {
        String start = "start the JVM with --add-modules " + MODULE;
        return image.find(MODULE).isPresent()
                ? start
                : "this run-time image has no " + MODULE + ": add it to jlink's --add-modules, and " + start;
    }

    /** -1 if the property is not set. */
    private static int pinned(String property) {
        if (property == null) {
            return -1;
        }
        return switch (property.trim()) {
            case "512" -> 512;
            case "256" -> 256;
            case "128" -> 128;
            case "0" -> 0;
            default ->
                throw new IllegalArgumentException("The system property " + PROPERTY
                        + " must be 512, 256, 128 or 0 (scalar), but is \"" + property + "\".");
        };
    }

    /** By reflection, once: the runtime must also load where the incubator module is absent. */
    private static int preferredBits(Module vector) {
        Class<?> shape = Class.forName(vector, MODULE + ".VectorShape");
        try {
            Object preferred = shape.getMethod("preferredShape").invoke(null);
            return (int) shape.getMethod("vectorBitSize").invoke(preferred);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException unexpected) {
            throw new IllegalStateException(
                    "The preferred vector width cannot be found; pin it with -D" + PROPERTY + "=256, for example.",
                    unexpected);
        }
    }

    /**
     * Whether vector kernels run.
     *
     * @return false for scalar kernels
     */
    public boolean vector() {
        return bits > 0;
    }

    /**
     * The vector width.
     *
     * @return 512, 256, 128, or 0 for scalar kernels
     */
    public int bits() {
        return bits;
    }

    /**
     * Whether the CPU has 32 vector registers (512-bit x86, aarch64) instead of 16, which decides the tiles.
     *
     * @return true for 32
     */
    public boolean wide() {
        return wide;
    }

    /**
     * Whether fused multiply-add is an instruction. Without it {@code Math.fma} is some 800 times slower, and scalar
     * kernels multiply and add instead.
     *
     * @return true if so
     */
    public boolean fma() {
        return fma;
    }

    /**
     * One line for users, such as {@code vector 512-bit, FMA, 2 threads}.
     *
     * @param threads the size of the team
     * @return the kernels that run, and for scalar ones why
     */
    public String describe(int threads) {
        String team = threads == 1 ? "1 thread" : threads + " threads";
        if (vector()) {
            return "vector " + bits + "-bit, FMA, " + team;
        }
        return (fma ? "scalar, " : "scalar, no FMA, ") + team + " (" + reason + ")";
    }

    @Override
    public String toString() {
        return vector() ? "vector " + bits + "-bit" : "scalar (" + reason + ")";
    }
}
