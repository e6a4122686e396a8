package dev.netwright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.Compiled.Message;
import dev.netwright.processor.ProcessorOptions.Dump;
import dev.netwright.processor.ProcessorOptions.Generate;
import dev.netwright.processor.ProcessorOptions.GraphFormat;
import dev.netwright.processor.ProcessorOptions.Kernels;
import dev.netwright.processor.ProcessorOptions.Report;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.lint.LintLevels;
import dev.netwright.processor.lint.LintLevels.Level;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorOptionsTest {
    @Test
    void withoutOptionsTheDefaultsHold() {
        ProcessorOptions options = parse(Map.of("other.option", "x"));

        assertThat(options.dump()).isEmpty();
        assertThat(options.kernels()).isEqualTo(Kernels.AUTO);
        assertThat(options.graph()).isEmpty();
        assertThat(options.generate()).isEqualTo(Generate.ALL);
        assertThat(options.report()).isEqualTo(Report.HTML);
        assertThat(options.lints()).isEqualTo(LintLevels.DEFAULT);
    }

    @Test
    void eachOptionIsRead() {
        ProcessorOptions options = parse(Map.of(
                "netwright.dump", "plan,graph",
                "netwright.kernels", "scalar",
                "netwright.generate", "inference",
                "netwright.report", "off",
                "netwright.graph", "mermaid,dot",
                "netwright.lints", "error,softmax-loss=off,linear-pair=note"));

        assertThat(options.dump()).containsExactly(Dump.GRAPH, Dump.PLAN);
        assertThat(options.kernels()).isEqualTo(Kernels.SCALAR);
        assertThat(options.generate()).isEqualTo(Generate.INFERENCE);
        assertThat(options.report()).isEqualTo(Report.OFF);
        assertThat(options.graph()).containsExactly(GraphFormat.DOT, GraphFormat.MERMAID);
        assertThat(options.lints())
                .isEqualTo(new LintLevels(
                        Level.ERROR, Map.of(Problem.SOFTMAX_LOSS, Level.OFF, Problem.LINEAR_PAIR, Level.NOTE)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dump=plans        | [netwright/option] -Anetwright.dump=plans is not known. Write graph or plan (did you mean "plan"?).
            kernels=fast      | [netwright/option] -Anetwright.kernels=fast is not known. Write auto or scalar or vector.
            report            | [netwright/option] -Anetwright.report= is not known. Write html or text or off.
            report=on         | [netwright/option] -Anetwright.report=on is not known. Write html or text or off.
            graph=dot,mermiad | [netwright/option] -Anetwright.graph=mermiad is not known. Write dot or mermaid (did you mean "mermaid"?).
            lints=quiet       | [netwright/option] -Anetwright.lints=quiet is not known. Write off or note or warn or error.
            lints=warm        | [netwright/option] -Anetwright.lints=warm is not known. Write off or note or warn or error (did you mean "warn"?).
            lints=soft-max=off | [netwright/lint] -Anetwright.lints names "soft-max", but there is no lint of that name. Known are: batch-norm-single, byte-scale, class-count, conv-bias, flatten-missing, last-activation, loss-domain, mse-shape and 8 others.
            lints=conv-bais=off | [netwright/lint] -Anetwright.lints names "conv-bais", but there is no lint of that name. Did you mean "conv-bias"?
            generate=nothing  | [netwright/option] -Anetwright.generate=nothing is not known. Write all or inference.
            kernel=scalar     | [netwright/option-name] -Anetwright.kernel is not an option of Netwright. Did you mean "netwright.kernels"?
            """)
    void anUnknownOptionIsAnError(String option, String message) {
        Compiled compiled = Compiled.with(
                List.of(), List.of("-Anetwright." + option), "@Network(input = 7) class Net { @ReLU Layer act; }");

        assertThat(compiled.errors()).extracting(Message::text).containsExactly(message);
    }

    private static ProcessorOptions parse(Map<String, String> options) {
        ProblemReport report = new ProblemReport();
        ProcessorOptions parsed = ProcessorOptions.parse(options, report);
        assertThat(report.entries()).isEmpty();
        return parsed;
    }
}
