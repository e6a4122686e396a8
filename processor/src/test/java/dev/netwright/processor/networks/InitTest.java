package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.Options;
import dev.netwright.testing.Golden;
import dev.netwright.testing.PythonWithTorch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks with rules for their initial weights start as PyTorch's do that initialise themselves so. */
class InitTest {
    private static final long SEED = 5;

    private static final NetworkText RESIDUAL = NetworkText.of("Residual", """
            @Network(input = {3, 16, 16})
            @Init(value = InitMethod.KAIMING_NORMAL, layers = Conv2d.class, mode = FanMode.FAN_OUT,
                  nonlinearity = Nonlinearity.RELU)
            """, """
            @Conv2d(outChannels = 8, kernelSize = 7, bias = false) Layer conv1;
            @BatchNorm2d Layer bn1;
            @Conv2d(outChannels = 8, kernelSize = 3, bias = false) Layer conv2;
            @BatchNorm2d @Init(InitMethod.ZEROS) Layer bn2;
            @Conv2d(outChannels = 8, kernelSize = 1, bias = false) Layer downsample;
            @AdaptiveAvgPool2d(outputSize = 1) Layer pool;
            @Flatten Layer flatten;
            @Linear(outFeatures = 5) Layer fc;
            """);

    static final NetworkText MOBILE = NetworkText.of("Mobile", """
            @Network(input = {3, 8, 8})
            @Init(value = InitMethod.KAIMING_NORMAL, layers = Conv2d.class, mode = FanMode.FAN_OUT)
            @Init(value = InitMethod.NORMAL, layers = {Linear.class, MaxPool2d.class}, std = 0.01)
            @Init(value = InitMethod.ZEROS, parameter = "bias")
            """, """
            @Conv2d(outChannels = 6, kernelSize = 3) Layer stem;
            @Conv2d(outChannels = 12, kernelSize = 3, groups = 6) Layer depthwise;
            @Conv2d(outChannels = 8, kernelSize = 1, groups = 2) Layer grouped;
            @GroupNorm(numGroups = 4) Layer norm;
            @Flatten Layer flatten;
            @Linear(outFeatures = 10) Layer fc;
            """);

    private static final NetworkText SQUEEZED = NetworkText.of("Squeezed", """
            @Network(input = {3, 8, 8})
            @Init(value = InitMethod.KAIMING_UNIFORM, layers = Conv2d.class)
            @Init(value = InitMethod.CONSTANT, constant = 0, parameter = "bias", layers = Conv2d.class)
            """, """
            @Conv2d(outChannels = 5, kernelSize = 3) Layer conv1;
            @Conv2d(outChannels = 2, kernelSize = 1) Layer squeeze;
            @Conv2d(outChannels = 7, kernelSize = 3) Layer expand;
            @Conv2d(outChannels = 4, kernelSize = 1) @Init(value = InitMethod.NORMAL, std = 0.01) Layer classifier;
            """);

    private static final NetworkText DENSE = NetworkText.of("Dense", """
            @Network(input = 9)
            @Init(InitMethod.ONES)
            @Init(value = InitMethod.ZEROS, layers = Linear.class)
            """, """
            @Linear(outFeatures = 6)
            @Init(value = InitMethod.KAIMING_UNIFORM, mode = FanMode.FAN_OUT, nonlinearity = Nonlinearity.SIGMOID)
            Layer mnas;
            @Linear(outFeatures = 16) @Init(value = InitMethod.UNIFORM, low = -0.25, high = 0.25) Layer efficient;
            @Linear(outFeatures = 5) @Init(InitMethod.XAVIER_UNIFORM)
            @Init(value = InitMethod.NORMAL, parameter = "bias", std = 1e-6) Layer vit;
            @Linear(outFeatures = 12) @Init(value = InitMethod.TRUNC_NORMAL, std = 0.1) Layer inception;
            @Linear(outFeatures = 12) @Init(value = InitMethod.TRUNC_NORMAL, std = 0.02)
            @Init(value = InitMethod.TRUNC_NORMAL, parameter = "bias", mean = 0.5, std = 2, low = -0.5, high = 1) Layer swin;
            @Linear(outFeatures = 8) @Init(value = InitMethod.ORTHOGONAL, gain = 5.0 / 3) Layer orthogonal;
            @Linear(outFeatures = 2) @Init(value = InitMethod.XAVIER_NORMAL, gain = 0.75)
            @Init(value = InitMethod.NORMAL, parameter = "bias", mean = 3, std = 0.1) Layer small;
            @Linear(outFeatures = 3, bias = false) @Init(InitMethod.EYE) Layer eye;
            @PReLU @Init(value = InitMethod.CONSTANT, constant = 0.1) Layer act;
            @Linear(outFeatures = 3) @Init(value = InitMethod.KAIMING_NORMAL, a = 0.1)
            @Init(value = InitMethod.NORMAL, parameter = "bias") Layer last;
            """);

    private static final NetworkText PASSING = NetworkText.of("Passing", "@Network(input = {3, 8, 8})", """
            @Conv2d(outChannels = 4, kernelSize = 3) @Init(InitMethod.DIRAC) Layer first;
            @Conv2d(outChannels = 6, kernelSize = {3, 1}, groups = 2) @Init(value = InitMethod.DIRAC, groups = 2)
            @Init(value = InitMethod.CONSTANT, parameter = "bias", constant = -0.25) Layer grouped;
            @Conv2d(outChannels = 2, kernelSize = 1) Layer last;
            """);

    private static final NetworkText LONGEST = new NetworkText("tested.Longest", """
            package tested;
            import dev.netwright.annotations.*;
            @Network(input = {3, 5, 5})
            class Longest extends Longer {
                @Linear(outFeatures = 5) @Key("add_linear") Layer addLinear;
            }
            @Network
            @Init(value = InitMethod.NORMAL, parameter = "bias", mean = 0.5, std = 0.1)
            class Longer extends Body {
                @Conv2d(outChannels = 4, kernelSize = 1) @InsertAfter("conv1") Layer between;
                @Linear(outFeatures = 7) Layer extra;
            }
            @Network
            @Init(value = InitMethod.KAIMING_NORMAL, layers = Conv2d.class, mode = FanMode.FAN_OUT,
                  nonlinearity = Nonlinearity.RELU)
            @Init(value = InitMethod.NORMAL, layers = Linear.class, std = 0.01)
            @Init(value = InitMethod.ZEROS, parameter = "bias")
            class Body {
                @Conv2d(outChannels = 4, kernelSize = 3) Layer conv1;
                @Conv2d(outChannels = 6, kernelSize = 3) Layer conv2;
                @Flatten Layer flatten;
                @Linear(outFeatures = 8) Layer fc;
            }
            """);

    private static final List<NetworkText> NETWORKS = List.of(RESIDUAL, MOBILE, SQUEEZED, DENSE, PASSING, LONGEST);

    private static final CompiledNetworks BUILT = CompiledNetworks.of(NETWORKS.toArray(NetworkText[]::new));

    private static InputStream resource(String name) {
        return InitTest.class.getResourceAsStream(name);
    }

    @Test
    void networksStartAsPyTorchs() throws IOException {
        try (InputStream lines = resource("init_networks.jsonl")) {
            check(lines);
        }
    }

    @Test
    void networksStartAsThoseOfThePyTorchHere(@TempDir Path folder) throws Exception {
        String python = PythonWithTorch.thatRuns("import torch");
        check(PythonScript.run(folder, "init_networks.py", python));
    }

    private static void check(InputStream lines) throws IOException {
        List<NetworkText> checked = new ArrayList<>();
        Golden.readAll(lines, line -> {
            NetworkText network = NETWORKS.stream()
                    .filter(each -> each.name().endsWith("." + Golden.map(line).get("network")))
                    .findFirst()
                    .orElseThrow();
            Model model =
                    BUILT.network(network).create(SEED, Options.defaults()).model();
            StartingWeights.check(network, model, Golden.map(Golden.map(line).get("parameters")));
            checked.add(network);
        });
        assertThat(checked).containsExactlyElementsOf(NETWORKS);
    }
}
