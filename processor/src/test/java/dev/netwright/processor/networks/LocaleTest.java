package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import dev.netwright.processor.NetwrightProcessor;
import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.Options;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Digits, letters and separators are the same in every language that a machine may be set to. */
class LocaleTest {
    private static final NetworkText NETWORK =
            NetworkText.of("Speaking", "@Network(input = {16, 16, 16}) @CrossEntropyLoss", """
                    @Conv2d(outChannels = 32, kernelSize = 5, padding = 2) Layer conv;
                    @BatchNorm2d Layer bn;
                    @ReLU Layer relu;
                    @Flatten Layer flatten;
                    @Dropout(p = 0.25) Layer dropout;
                    @Linear(outFeatures = 5) Layer fc;
                    """);

    private static final NetworkText WRONG = NetworkText.of("Wrong", "@Network(input = {3, 120, 7})", """
            @Conv2d(outChannels = 1234, kernelSize = 5) Layer conv;
            @Flatten Layer flatten;
            @Linear(inFeatures = 1234, outFeatures = 5) Layer fc;
            """);

    private static final Told ROOT = told(Locale.ROOT);

    /**
     * What a user meets of a network.
     *
     * @param files that the processor wrote, by name
     * @param messages of the processor
     * @param prints of the model
     */
    private record Told(Map<String, String> files, List<String> messages, List<String> prints) {}

    private static Told told(Locale locale) {
        Locale before = Locale.getDefault();
        Locale.setDefault(locale);
        try {
            CompiledNetworks built = CompiledNetworks.with(List.of("-Anetwright.dump=graph,plan"), NETWORK);
            Map<String, String> files = new TreeMap<>(built.resources());
            built.sources().forEach((name, text) -> files.put(name + ".java", text));
            Model model = built.network(NETWORK)
                    .create(1, Options.defaults().threads(1))
                    .model();
            return new Told(
                    files,
                    List.of(messages(built.diagnostics()), messages(wrong().diagnostics())),
                    List.of(model.toString(), model.summary().toString(), model.kernels(), model.fingerprint()));
        } finally {
            Locale.setDefault(before);
        }
    }

    private static Compilation wrong() {
        return Compiler.javac()
                .withProcessors(new NetwrightProcessor())
                .compile(JavaFileObjects.forSourceString(WRONG.name(), WRONG.text()));
    }

    /** Those of ours: javac speaks the machine's language. */
    private static String messages(List<? extends Diagnostic<?>> diagnostics) {
        StringBuilder messages = new StringBuilder();
        for (Diagnostic<?> diagnostic : diagnostics) {
            String text = diagnostic.getMessage(Locale.ROOT);
            if (text.startsWith("[netwright/")) {
                messages.append(text).append('\n');
            }
        }
        return messages.toString();
    }

    @Test
    void theReferenceHasNumbersEverywhere() {
        assertThat(ROOT.files().keySet()).anyMatch(name -> name.endsWith(".java"));
        assertThat(ROOT.files()).anySatisfy((name, text) -> assertThat(name).endsWith("SpeakingModel.txt"));
        assertThat(ROOT.files().values()).anyMatch(text -> text.contains("F(4x4,5x5)"));
        assertThat(ROOT.messages().get(0)).contains("[netwright/dump] ", "[32 x 16 x 16]");
        assertThat(ROOT.messages().get(1)).contains("[netwright/shape] ", "1234");
        assertThat(ROOT.prints().get(1)).contains("12,832");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG-u-nu-arab", "fa", "th-TH-u-nu-thai", "tr"})
    void everyLanguageGivesTheSameText(String language) {
        assertThat(told(Locale.forLanguageTag(language))).isEqualTo(ROOT);
    }
}
