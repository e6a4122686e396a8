package dev.netwright.processor.machines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.testing.Skipped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sums of register tiles stay in registers. Sums that C2 puts on the stack halve a tile's speed, and no timing on a machine
 * that others use shows it safely.
 */
class StackAccessTest {
    private static final boolean NIGHTLY = Boolean.getBoolean("netwright.nightly");
    private static final int NEWER = 25;

    private static final NetworkText CIFAR = network("Cifar", "3, 32, 32", NetworkText.cifarLayers(""));
    private static final NetworkText POINT_64 =
            network("Point64", "64, 56, 56", "@Conv2d(outChannels = 256, kernelSize = 1) Layer layer;");
    private static final NetworkText POINT_256 =
            network("Point256", "256, 14, 14", "@Conv2d(outChannels = 1024, kernelSize = 1) Layer layer;");
    private static final NetworkText LINEAR = network("Linear4096", "4096", "@Linear(outFeatures = 4096) Layer layer;");
    private static final NetworkText WINOGRAD =
            network("Winograd", "256, 14, 14", "@Conv2d(outChannels = 256, kernelSize = 3, padding = 1) Layer layer;");

    private static final Map<NetworkText, Integer> SAMPLES =
            Map.of(CIFAR, 13, POINT_64, 4, POINT_256, 4, LINEAR, 16, WINOGRAD, 4);

    /** Of each of these there has to be a tile: class, kernel, and for products of samples how many together. */
    private static final List<String> ROWS = List.of(
            "Cifar.conv1Tile",
            "Cifar.conv1TrainingTile",
            "Cifar.conv2ProductsTile",
            "Point64.layerTile",
            "Point64.layerWeightGradientTile",
            "Point256.layerTile",
            "Point256.layerWeightGradientTile",
            "Linear4096.layerTile1x",
            "Linear4096.layerTile4x",
            "Winograd.layerProductsTile",
            "Winograd.layerWeightGradientProductsTile");

    /**
     * What tiles have that have any, as measured.
     *
     * @param machine JDK and registers
     * @param tile a pattern of class and tile
     * @param stores of a turn of the loop
     * @param loads of a turn of the loop
     */
    private record Allowed(String machine, String tile, int stores, int loads) {
        private static final Allowed NONE = new Allowed("", "", 0, 0);

        private static Allowed of(String machine, String tile) {
            return ALLOWED.stream()
                    .filter(each -> each.machine.equals(machine) && tile.matches(each.tile))
                    .findFirst()
                    .orElse(NONE);
        }
    }

    private static final List<Allowed> ALLOWED = List.of(
            // all 16 registers are taken, and C2 keeps one sum on the stack in some of these loops
            new Allowed("JDK 17, 16 registers", ".*Tile6x2", 1, 1),
            // 4 turns in one
            new Allowed("JDK 17, 16 registers", "Linear4096.layerGradientTile2x4", 19, 23),
            new Allowed("JDK 25, 16 registers", "Linear4096.layerGradientTile2x4", 18, 22),
            // where an operand begins, no sum
            new Allowed("JDK 25, 32 registers", "Linear4096.layerWeightGradientTile4x4", 0, 1));

    @TempDir
    Path folder;

    private static NetworkText network(String name, String input, String layers) {
        return NetworkText.of(name, "@Network(input = {" + input + "}, inputGradient = true) @MSELoss", layers);
    }

    @Test
    void tilesOfThisJdkKeepTheirSumsInRegisters() throws Exception {
        assumeReadable();
        check(Jvm.here(), Runtime.version().feature());
    }

    @Test
    void tilesOfTheNewerJdkKeepTheirSumsInRegisters() throws Exception {
        assumeReadable();
        List<Jvm> newer = Jvm.ofVersion(NEWER);
        Skipped.unless(Runtime.version().feature() < NEWER, "this is JDK " + NEWER + " or newer itself");
        Skipped.unless(!newer.isEmpty(), "no JDK " + NEWER + " beside this one, nor where JDK" + NEWER + "_HOME says");
        check(newer.get(0), NEWER);
    }

    /** Of 32 registers, tiles of 4 x 4 leave some; 16 do not hold their sums. */
    @Test
    void aTileThatIsTooLargeIsSeen() throws Exception {
        assumeReadable();
        CompiledNetworks large = CompiledNetworks.of(CIFAR)
                .changed(CIFAR.name() + "VectorKernels", text -> text.replace("CHOICE.wide()", "true"));
        List<Path> path = CompiledFolder.of(folder, large);
        Map<String, SumLoop> tiles = tiles(Jvm.here().with("-XX:UseAVX=2"), "256", path, List.of(CIFAR));
        assertThat(violations(tiles, "JDK " + Runtime.version().feature() + ", 16 registers"))
                .anyMatch(each -> each.contains("Cifar.conv2ProductsTile8x2"))
                .anyMatch(each -> each.contains("Cifar.fc1Tile4x4"));
    }

    private void check(Jvm jdk, int version) throws IOException, InterruptedException {
        List<NetworkText> networks = List.of(CIFAR, POINT_64, POINT_256, LINEAR, WINOGRAD);
        List<Path> path = CompiledFolder.of(folder, CompiledNetworks.of(networks.toArray(NetworkText[]::new)));
        List<String> violations = new ArrayList<>();
        Map<String, SumLoop> narrow = tiles(jdk.with("-XX:UseAVX=2"), "256", path, networks);
        violations.addAll(violations(narrow, "JDK " + version + ", 16 registers"));
        Map<String, SumLoop> wide = tiles(jdk, "512", path, networks);
        if (wide.isEmpty()) {
            System.out.println("32 registers are skipped: this processor has no AVX-512");
        }
        violations.addAll(violations(wide, "JDK " + version + ", 32 registers"));
        assertThat(violations).isEmpty();
        for (Map<String, SumLoop> tiles : wide.isEmpty() ? List.of(narrow) : List.of(narrow, wide)) {
            assertThat(ROWS)
                    .allSatisfy(row ->
                            assertThat(tiles.keySet()).as("compiled tiles").anyMatch(t -> t.startsWith(row)));
        }
    }

    /** What has more than it may. */
    private static List<String> violations(Map<String, SumLoop> tiles, String machine) {
        List<String> violations = new ArrayList<>();
        tiles.forEach((tile, loop) -> {
            Allowed allowed = Allowed.of(machine, tile);
            System.out.printf(
                    "%s: %s: %d instructions, %d products, %s\n",
                    machine, tile, loop.instructions().size(), loop.products(), loop.accesses());
            if (loop.stores() > allowed.stores() || loop.loads() > allowed.loads()) {
                violations.add("%s: %s: %s in a turn, allowed are %d and %d:\n%s"
                        .formatted(
                                machine,
                                tile,
                                loop.accesses(),
                                allowed.stores(),
                                allowed.loads(),
                                String.join("\n", loop.instructions())));
            }
        });
        return violations;
    }

    /** The loops of all tiles, by class and tile; none if other kernels ran. */
    private Map<String, SumLoop> tiles(Jvm jdk, String bits, List<Path> path, List<NetworkText> networks)
            throws IOException, InterruptedException {
        Jvm jvm = jdk.with(
                "-Xmx2g",
                // what is compiled next depends on counts alone
                "-Xbatch",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:CompileCommand=quiet",
                "-XX:CompileCommand=print,tested.*::*Tile*");
        List<String> arguments = networks.stream()
                .map(each -> each.name() + "/" + SAMPLES.get(each))
                .toList();
        List<String> printed = jvm.run(path, WarmKernels.class, arguments);
        boolean ran = printed.stream()
                .filter(line -> line.startsWith("kernels"))
                .allMatch(line -> line.contains("vector " + bits + "-bit"));
        Map<String, SumLoop> loops = new TreeMap<>();
        if (!ran) {
            return loops;
        }
        assertThat(printed)
                .as("code as bytes, which HotSpot prints where it finds no hsdis")
                .contains("[MachCode]");
        for (CompiledMethod method : CompiledMethod.ofC2(printed).values()) {
            Optional<SumLoop> loop = SumLoop.of(method, folder);
            loop.ifPresent(found -> loops.put(method.name().replace("VectorKernels", ""), found));
        }
        return loops;
    }

    private static void assumeReadable() throws InterruptedException {
        Skipped.unless(NIGHTLY, "kernels are compiled and disassembled for minutes, -Pnightly does it");
        Skipped.unless(System.getProperty("os.arch").equals("amd64"), "what is read is code of x86");
        Skipped.unless(SumLoop.canDisassemble(), "no objdump on the path, which binutils has");
    }
}
