package dev.netwright.processor.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.generated.CompiledNetworks;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.networks.ClassFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of methods' lengths is what javac makes of them. */
class MethodLengthsTest {
    private static final NetworkText MIXED =
            NetworkText.of("Mixed", "@Network(input = {6, 12, 12}) @CrossEntropyLoss", """
                    @Conv2d(outChannels = 20, kernelSize = 3, stride = 2, padding = 1, bias = false) Layer conv;
                    @BatchNorm2d Layer bn;
                    @GELU Layer gelu;
                    @Conv2d(outChannels = 20, kernelSize = 3, padding = 1, groups = 20) Layer depthwise;
                    @Add(from = {"depthwise", "gelu"}) Layer sum;
                    @LayerNorm2d Layer norm;
                    @AvgPool2d(kernelSize = 3, stride = 2) Layer pool;
                    @Dropout Layer dropout;
                    @Flatten Layer flatten;
                    @Linear(outFeatures = 7) Layer fc;
                    @Softplus Layer last;
                    """);

    /** Kernels over rows, time and what is read by numbers. */
    private static final NetworkText ROWS = NetworkText.of("RowLengths", """
            @Network
            @Input(name = "word", shape = 6, type = InputType.INT32)
            @Input(name = "length", shape = 1, type = InputType.INT32)
            @CrossEntropyLoss
            """, """
            @Embedding(numEmbeddings = 50, embeddingDim = 16, from = "word") Layer embedding;
            @TransformerEncoderLayer(nhead = 4, dimFeedforward = 32, lengths = "length") Layer encoder;
            @LSTM(hiddenSize = 8, bidirectional = true, lengths = "length") Layer lstm;
            @GRU(hiddenSize = 12) Layer gru;
            @Mean(dim = 1, lengths = "length") Layer mean;
            @RMSNorm(normalizedShape = 12) Layer norm;
            @Linear(outFeatures = 5) Layer scores;
            """);

    /** Bytes that short methods may differ by. */
    private static final int SHORT = 6;

    private static NetworkText network(String name) {
        return switch (name) {
            case "CIFAR" -> NetworkText.CIFAR;
            case "MIXED" -> MIXED;
            default -> ROWS;
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"CIFAR", "MIXED", "ROWS"})
    void eachIsWithinAFifthOfTheClassFiles(String name) {
        CompiledNetworks built = CompiledNetworks.with(List.of(), network(name));
        Map<String, Deque<Integer>> real = new HashMap<>();
        built.classes()
                .forEach((type, bytes) -> ClassFile.of(bytes)
                        .codeLengths()
                        .forEach((method, length) -> real.computeIfAbsent(
                                        type.substring(type.lastIndexOf('.') + 1) + "."
                                                + method.substring(0, method.indexOf('(')),
                                        key -> new ArrayDeque<>())
                                .add(length)));
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        for (Map.Entry<String, String> source : built.sources().entrySet()) {
            List<String> lines = source.getValue().lines().toList();
            for (MethodLength method : MethodLengths.of(new SourceText(source.getKey(), source.getValue()))) {
                String key = method.type().replace('.', '$') + "." + method.name();
                // those of one name stand in the class file in the source's order
                int length = real.get(key).remove();
                compared++;
                if (Math.abs(method.bytecodes() - length) > Math.max(SHORT, length / 5)) {
                    wrong.add(key + " is " + length + ", not " + method.bytecodes());
                }
                String named = method.name().equals("<init>")
                        ? method.type().substring(method.type().lastIndexOf('.') + 1)
                        : method.name();
                assertThat(lines.get(method.line() - 1)).contains(named + "(");
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(compared).isGreaterThan(100);
    }
}
