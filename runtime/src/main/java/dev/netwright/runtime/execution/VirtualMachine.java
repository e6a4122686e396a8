package dev.netwright.runtime.execution;

import java.util.Locale;

/** What the choice of kernels needs to know of the JVM and the CPU. */
public record VirtualMachine(String name, String info, String architecture, boolean fma) {
    public static VirtualMachine current() {
        return new VirtualMachine(
                System.getProperty("java.vm.name", ""),
                System.getProperty("java.vm.info", ""),
                System.getProperty("os.arch", ""),
                useFma());
    }

    public boolean aarch64() {
        return architecture.equals("aarch64");
    }

    /** Anything but HotSpot with C2 runs the Vector API 100 to 1000 times slower than scalar code. */
    public boolean compilesVectors() {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean hotspot = lower.contains("hotspot") || lower.contains("openjdk") || lower.contains("server vm");
        return hotspot
                && !lower.contains("openj9")
                && !info.contains("emulated-client")
                && !info.contains("interpreted mode");
    }

    /**
     * The JVM's option UseFMA, found by reflection because the management modules may be absent from a small run-time
     * image. There the answer is yes: every x86 server since 2013 and every 64-bit ARM has the instruction.
     */
    private static boolean useFma() {
        try {
            Class<?> factory = Class.forName("java.lang.management.ManagementFactory");
            Class<?> diagnostic = Class.forName("com.sun.management.HotSpotDiagnosticMXBean");
            Object bean = factory.getMethod("getPlatformMXBean", Class.class).invoke(null, diagnostic);
            if (bean == null) {
                return true;
            }
            Object option = diagnostic.getMethod("getVMOption", String.class).invoke(bean, "UseFMA");
            Object value = option.getClass().getMethod("getValue").invoke(option);
            return Boolean.parseBoolean((String) value);
        } catch (ReflectiveOperationException | LinkageError absent) {
            return true;
        }
    }

    /** For messages. */
    public String describe() {
        return name + " (" + info + ")";
    }
}
