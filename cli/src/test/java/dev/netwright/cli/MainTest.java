package dev.netwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.files.Safetensors;
import dev.netwright.runtime.files.torch.TorchFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command, within this JVM, and once for each exit code as users run it. */
class MainTest {
    @TempDir
    Path folder;

    private record Run(int code, String out, String err) {}

    private static Run run(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new));
        return new Run(code, out.toString(), err.toString());
    }

    private Run process(Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
        Path err = folder.resolve("err.txt");
        Process process =
                new ProcessBuilder(command).redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out, Files.readString(err));
    }

    private static Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("a.weight", Tensor.of(new float[6], 2, 3));
        state.put("a.bias", Tensor.of(new float[2], 2));
        return state;
    }

    private Path source(String name, String text) throws IOException {
        return Files.writeString(
                folder.resolve(name), "package app; import dev.netwright.annotations.*;\n" + text + "\n");
    }

    @Test
    void endsAsAProcessWithNoughtOneOrTwo() throws Exception {
        Path file = folder.resolve("a.safetensors");
        Safetensors.write(file, state(), Map.of());

        assertThat(process("describe", file)).isEqualTo(run("describe", file)).matches(run -> run.code() == 0);
        Path absent = folder.resolve("absent.safetensors");
        assertThat(process("describe", absent))
                .isEqualTo(run("describe", absent))
                .matches(run -> run.code() == 1);
        assertThat(process("tell")).isEqualTo(run("tell")).matches(run -> run.code() == 2);
    }

    @Test
    void describesFilesOfEveryFormatWithinEightyColumns() throws Exception {
        Path safetensors = folder.resolve("a.safetensors");
        Safetensors.write(
                safetensors, state(), Map.of("remark", "word ".repeat(40).strip(), "epoch", "3"));
        Path torch = folder.resolve("a.pth");
        TorchFile.write(torch, Map.of("model", state()));

        Run first = run("describe", safetensors);
        assertThat(first.out())
                .startsWith(
                        "a.safetensors, " + Files.size(safetensors) + " bytes: safetensors, 2 tensors of 8 elements\n")
                .contains("epoch: 3\n")
                .containsPattern("a\\.weight +F32 +\\[2, 3] +24\n");
        assertThat(first.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(first.out().replaceAll("\\s+", " ")).contains("remark: " + "word ".repeat(40));
        assertThat(first.code()).isZero();

        Run second = run("describe", torch);
        assertThat(second.out())
                .contains("PyTorch, 2 tensors of 8 elements")
                .contains("a.weight: F32[2, 3]  24 bytes\n");
        assertThat(second.code()).isZero();
    }

    @Test
    void aFaultOfTheInputIsOneMessageAndEndsWithOne() throws Exception {
        Path damaged = Files.writeString(folder.resolve("bad.safetensors"), "no weights");
        Run malformed = run("describe", damaged);
        assertThat(malformed.err())
                .startsWith("netwright: bad.safetensors cannot be read at byte")
                .hasLineCount(1);
        assertThat(malformed.code()).isEqualTo(1);

        Run absent = run("describe", folder.resolve("absent.pth"));
        assertThat(absent.err())
                .isEqualToIgnoringNewLines("netwright: there is no file or folder " + folder.resolve("absent.pth"));
        assertThat(absent.code()).isEqualTo(1);

        Run wrong = run("report", source("Net.java", "@Network(input = 4) class Net { @ReLu Layer act; }"));
        assertThat(wrong.err()).contains("Net.java:2: error:").doesNotContain("\tat ");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.out()).isEmpty();
    }

    @Test
    void aFaultOfTheUsageEndsWithTwo() throws Exception {
        for (Object[] usage : new Object[][] {{"describe"}, {"report", "--inn", "x"}, {"tell"}}) {
            Run run = run(usage);
            assertThat(run.code()).as(Arrays.toString(usage)).isEqualTo(2);
            assertThat(run.err()).contains("Usage: netwright").doesNotContain("\tat ");
        }
    }

    @Test
    void helpAndVersionEndWithNought() throws Exception {
        Run help = run("--help");
        assertThat(help.out()).contains("describe", "report", "--version");
        assertThat(help.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(help.code()).isZero();
        Run version = run("--version");
        assertThat(version.out()).matches("netwright \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
        assertThat(version.code()).isZero();
    }

    @Test
    void reportsArePrintedOrPutIntoAFolder() throws Exception {
        Path net = source("Net.java", "@Network(input = 4) class Net extends Base { @ReLU Layer act; }");
        Path base = source("Base.java", "@Network class Base { @Linear(outFeatures = 3) Layer fc; }");
        Run printed = run("report", net, base);
        assertThat(printed.err()).isEmpty();
        assertThat(printed.code()).isZero();
        assertThat(printed.out()).contains("Net", "fc");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("Net.java", "Base.java");

        Run written = run("report", "--out", folder.resolve("out"), "-Anetwright.generate=inference", net, base);
        assertThat(written.code()).isZero();
        Path report = folder.resolve("out").resolve("app").resolve("NetModel.txt");
        Path page = report.resolveSibling("NetModel.html");
        assertThat(written.out().lines()).containsExactly(page.toString(), report.toString());
        assertThat(page).content().startsWith("<!DOCTYPE html>");
        assertThat(report).content().contains("Net");

        Run none = run("report", base);
        assertThat(none.err()).startsWith("netwright: no report: none of these classes");
        assertThat(none.code()).isEqualTo(1);
    }

    @Test
    void whatANetworkExtendsMayBeOnTheClassPath() throws Exception {
        Path base = source("Base.java", "@Network public class Base { @Linear(outFeatures = 3) public Layer fc; }");
        int compiled = javax.tools.ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", folder.resolve("classes").toString(), base.toString());
        assertThat(compiled).isZero();
        Path net = source("Net.java", "@Network(input = 4) class Net extends Base { @ReLU Layer act; }");

        assertThat(run("report", "--class-path", folder.resolve("classes"), net).code())
                .isZero();
        assertThat(run("report", net).code()).isEqualTo(1);
    }
}
