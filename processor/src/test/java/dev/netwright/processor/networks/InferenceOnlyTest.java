package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.GeneratedModel;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.report.TextReport;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.Options;
import dev.netwright.runtime.optim.SGD;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks that are generated for prediction alone, beside the same ones that can be trained. */
@TestInstance(Lifecycle.PER_CLASS)
class InferenceOnlyTest {
    private static final NetworkText NO_LOSS =
            NetworkText.of("NoLossNet", "@Network(input = 6, inputGradient = true)", """
                    @Linear(outFeatures = 5) Layer fc;
                    @Tanh Layer act;
                    """);

    private static final NetworkText APART =
            NetworkText.of("ApartNet", "@Network(input = 6) @MSELoss(reduction = Reduction.NONE)", """
                    @Linear(outFeatures = 5) Layer fc;
                    @ReLU @KeepOutput Layer act;
                    """);

    private static final NetworkText[] NETWORKS = {NetworkText.SMALL, NetworkText.CIFAR, NO_LOSS, APART};
    private static final int SAMPLES = 3;

    private CompiledNetworks whole;
    private CompiledNetworks brief;

    static List<NetworkText> networks() {
        return List.of(NETWORKS);
    }

    @BeforeAll
    void compile() {
        whole = CompiledNetworks.with(List.of("-Xlint:all"), NETWORKS);
        brief = CompiledNetworks.with(
                List.of("-Xlint:all", "-Anetwright.generate=inference", "-Anetwright.lints=off"), NETWORKS);
    }

    private GeneratedModel model(CompiledNetworks of, NetworkText network) {
        return of.network(network).create(5, Options.defaults().threads(1).predictionThreads(1));
    }

    @Test
    void noClassTrainsAndJavacDoesNotWarn() {
        assertThat(whole.classes().keySet())
                .filteredOn(name -> name.endsWith("Training"))
                .hasSize(NETWORKS.length);
        assertThat(brief.classes().keySet()).noneMatch(name -> name.endsWith("Training"));
        assertThat(brief.warnings()).allSatisfy(warning -> assertThat(warning).contains("incubating module"));
    }

    /** Of what must not be there, names may not be there in any form: kernels, parameters of methods, documentation. */
    @ParameterizedTest
    @MethodSource("networks")
    void noMethodTrains(NetworkText network) {
        assertThat(methods(whole, network)).contains("predict", "newPredictor").containsAnyOf("trainStep", "losses");
        assertThat(methods(brief, network))
                .contains("predict", "newPredictor", "create", "load")
                .doesNotContain("trainStep", "loss", "losses", "forward", "backward", "inputGradient");
        brief.sources().forEach((name, text) -> {
            if (name.startsWith(network.name()) && !name.endsWith("Definition")) {
                assertThat(text).as(name).doesNotContainIgnoringCase("gradient").doesNotContain("trainStep");
            }
        });
    }

    private static Set<String> methods(CompiledNetworks of, NetworkText network) {
        return Arrays.stream(of.network(network).type().getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(Method::getName)
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void predictionsAndEvaluationsHaveTheSameBits(NetworkText network) {
        GeneratedModel all = model(whole, network);
        GeneratedModel few = model(brief, network);
        List<float[]> images = List.of(Training.images(all, SAMPLES, 1));
        Map<String, float[]> wanted = all.predict(images, SAMPLES);
        few.predict(images, SAMPLES).forEach((name, y) -> assertThat(y).isEqualTo(wanted.get(name)));
        if (network == APART) {
            List<float[]> targets = List.of(new float[SAMPLES * 5]);
            assertThat(few.evaluateLosses(images, targets, SAMPLES))
                    .isEqualTo(all.evaluateLosses(images, targets, SAMPLES));
            assertThat(few.output("act").toArray()).isEqualTo(all.output("act").toArray());
        } else if (network != NO_LOSS) {
            List<int[]> targets = List.of(Training.classes(all, SAMPLES, 2));
            assertThat(few.evaluate(images, targets, SAMPLES)).isEqualTo(all.evaluate(images, targets, SAMPLES));
        }
    }

    @Test
    void callersWithoutTypesAreToldWhyItIsNotTrained() {
        Model model = model(brief, NetworkText.SMALL).model();
        Object[] inputs = {new float[3 * 8 * 8]};
        Object[] targets = {new int[1]};
        String message = "SmallNet was generated for inference only, by -Anetwright.generate=inference. Compile it"
                + " without that option to train it.";
        Stream.<Runnable>of(
                        () -> model.trainStep(inputs, targets, 1, SGD.of(0.1f)),
                        () -> model.loss(inputs, targets, 1),
                        model::backward,
                        model::gradients,
                        model::zeroGrad)
                .forEach(call -> assertThatThrownBy(call::run)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage(message));
        assertThat(model.evaluate(inputs, targets, 1)).isFinite();
    }

    @Test
    void aTypedCallDoesNotCompile() {
        NetworkText use = new NetworkText(NetworkText.SMALL.model() + "User", """
                package tested;
                class SmallNetModelUser {
                    void step(SmallNetModel net, float[] x, int[] labels, dev.netwright.runtime.optim.Optimizer sgd) {
                        net.trainStep(x, labels, 1, sgd);
                    }
                }
                """);
        CompiledNetworks.of(NetworkText.SMALL, use);
        assertThatThrownBy(
                        () -> CompiledNetworks.with(List.of("-Anetwright.generate=inference"), NetworkText.SMALL, use))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SmallNetModelUser.java:4");
    }

    @Test
    void theReportAndTheSummarySaySo() {
        Planned planned = Planned.inference(NetworkText.CIFAR);
        String report = TextReport.of(planned.facts());
        assertThat(report)
                .contains("The network was generated for inference only; it cannot be trained.")
                .doesNotContain("Training:");
        assertThat(model(whole, NetworkText.CIFAR).model().summary()).contains("in training");
        assertThat(model(brief, NetworkText.CIFAR).model().summary()).doesNotContain("in training");
    }
}
