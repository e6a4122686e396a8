package dev.netwright.processor.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.NetworkSource;
import dev.netwright.processor.graph.WinogradForm;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How far the results of Winograd's algorithm are from those in double precision, beside those of direct sums. */
class WinogradErrorTest {
    /** As many input channels as the form may sum over, or as VGG's widest layers have. */
    private record Case(WinogradForm form, int channels) {
        NetworkSource source() {
            int taps = form.taps();
            NetworkSource source = NetworkSource.of(List.of(List.of(channels, 13, 13)))
                    .layer("@Conv2d(outChannels = 32, kernelSize = %d, padding = %d) Layer conv"
                            .formatted(taps, taps / 2));
            return source.named("Winograd" + form.outputs() + taps);
        }
    }

    private static final List<Case> CASES = List.of(
            new Case(new WinogradForm(4, 3), 512),
            new Case(new WinogradForm(4, 5), 128),
            new Case(new WinogradForm(2, 5), 256));

    @Test
    void everyFormKeepsItsBound() {
        CompiledNetworks compiled =
                CompiledNetworks.of(CASES.stream().map(each -> each.source()).toList());
        for (Case each : CASES) {
            double error = error(compiled, each);
            System.out.printf(
                    Locale.ROOT,
                    "%s, %d channels: largest error %.1e of the largest output\n",
                    each.form,
                    each.channels,
                    error);
            assertThat(error).as(each.form.toString()).isLessThan(each.form.error());
        }
    }

    private static double error(CompiledNetworks compiled, Case each) {
        var network = compiled.network(each.source().name(), CompiledNetworks.SCALAR);
        Numbers numbers = Numbers.draw(network.network(), 4, 1, new Dice(Dice.SEED));
        var model = network.create(1, OperatorCase.ONE_THREAD);
        model.model().loadStateDict(numbers.stateDict(network.network()));
        String output = network.network().outputs().get(0).name();
        float[] actual = model.predict(numbers.inputArrays(model.network()), numbers.samples())
                .get(output);
        double[] wanted =
                new Expected(network.network(), numbers, Map.of()).values().get(Outcome.PREDICT + output);
        double error = 0;
        double largest = 0;
        for (int i = 0; i < wanted.length; i++) {
            error = Math.max(error, Math.abs(actual[i] - wanted[i]));
            largest = Math.max(largest, Math.abs(wanted[i]));
        }
        return error / largest;
    }
}
