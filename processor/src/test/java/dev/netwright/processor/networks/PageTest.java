package dev.netwright.processor.networks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netwright.processor.NetwrightProcessor;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.graph.Decision;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.plan.Place;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.report.Figures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The page beside the model is XML, and has the figures of the text, the plan and the decisions. */
class PageTest {
    private static final Planned CIFAR = Planned.of(NetworkText.CIFAR);

    @TempDir
    static Path folder;

    /** Reports by the ends of their names. */
    private static Map<String, String> written;

    @BeforeAll
    static void compile() throws IOException {
        written = compiled("first", Locale.ROOT, NetworkText.CIFAR);
    }

    private static Map<String, String> compiled(String place, Locale locale, NetworkText network) throws IOException {
        String simpleName = network.name().substring(network.name().lastIndexOf('.') + 1);
        Path classes = Files.createDirectories(folder.resolve(place));
        Path source = classes.resolve(simpleName + ".java");
        Files.writeString(source, network.text());
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        Locale before = Locale.getDefault();
        Locale.setDefault(locale);
        try (var files = javac.getStandardFileManager(null, null, null)) {
            JavaCompiler.CompilationTask task = javac.getTask(
                    null,
                    files,
                    diagnostic -> {},
                    List.of("-d", classes.toString(), "-Anetwright.graph=dot,mermaid"),
                    null,
                    files.getJavaFileObjects(source));
            task.setProcessors(List.of(new NetwrightProcessor()));
            assertThat(task.call()).isTrue();
        } finally {
            Locale.setDefault(before);
        }
        Map<String, String> reports = new TreeMap<>();
        try (Stream<Path> all = Files.walk(classes)) {
            for (Path file : all.filter(each -> each.getFileName().toString().startsWith(simpleName + "Model."))
                    .toList()) {
                String name = file.getFileName().toString();
                if (!name.endsWith(".class")) {
                    reports.put(name.substring(name.lastIndexOf('.')), Files.readString(file));
                }
            }
        }
        return reports;
    }

    private static String resource(String ending) {
        return written.get(ending);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr", "ar"})
    void itIsTheSameInEveryLanguageAndFolder(String language) throws IOException {
        assertThat(compiled("in " + language, Locale.forLanguageTag(language), NetworkText.CIFAR))
                .isEqualTo(written);
        assertThat(written).containsOnlyKeys(".dot", ".html", ".java", ".mmd", ".txt");
    }

    private static Document page() throws Exception {
        return parsed(resource(".html"));
    }

    private static Document parsed(String page) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Element> elements(String name) throws Exception {
        return elements(page(), name);
    }

    private static List<Element> elements(Document document, String name) {
        NodeList found = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static List<String> texts(String element) throws Exception {
        return elements(element).stream()
                .map(each -> each.getTextContent().strip().replaceAll("\\s+", " "))
                .toList();
    }

    @Test
    void itHasASectionForEachThingToTell() throws Exception {
        assertThat(texts("h2"))
                .containsExactly("Graph", "Layers", "Decisions", "Memory", "Passes", "Generated methods");
        assertThat(resource(".html")).doesNotContain("<script", "src=", "url(", "@import");
    }

    @Test
    void linesAreShort() {
        assertThat(resource(".html").lines().filter(line -> line.length() > 600))
                .isEmpty();
    }

    @Test
    void itsFiguresAreThoseOfTheText() throws Exception {
        String text = resource(".txt");
        List<String> rows = texts("tr");
        for (LayerNode node : CIFAR.network().layers()) {
            String row = rows.stream()
                    .filter(each ->
                            each.startsWith(node.name() + " " + node.layer().name()))
                    .findFirst()
                    .orElseThrow();
            String line = text.lines()
                    .filter(each -> each.startsWith(node.name() + " "))
                    .findFirst()
                    .orElseThrow();
            String[] figures = line.strip().split("\\s{2,}");
            assertThat(row)
                    .contains(node.layer().output().toString())
                    .contains(figures[figures.length - 2] + " " + figures[figures.length - 1]);
        }
        assertThat(texts("dd"))
                .contains("145,578", Figures.floats(CIFAR.plan().inference().arena()) + " a sample");
    }

    @Test
    void itTellsEachDecisionAndItsReason() throws Exception {
        String all = String.join("\n", texts("div"));
        for (Decision decision : CIFAR.plan().training().orElseThrow().graph().decisions()) {
            assertThat(all).contains(decision.choice() + " " + decision.reason());
        }
    }

    @Test
    void itDrawsEachLayerAndEachSpanOfMemory() throws Exception {
        List<String> labels = texts("text");
        CIFAR.network()
                .layers()
                .forEach(node ->
                        assertThat(labels).contains(node.name(), node.layer().name()));
        long live = elements("rect").stream()
                .filter(rect -> rect.getAttribute("class").equals("live"))
                .count();
        long spans = CIFAR.plan().inference().spans().stream()
                        .filter(PageTest::isOfSamples)
                        .count()
                + CIFAR.plan().training().orElseThrow().spans().stream()
                        .filter(PageTest::isOfSamples)
                        .count();
        assertThat(live).isEqualTo(spans);
        assertThat(texts("p")).filteredOn(text -> text.startsWith("Peak: ")).hasSize(2);
    }

    private static boolean isOfSamples(Plan.Span span) {
        return span.array() == Place.Array.ARENA;
    }

    @Test
    void gradientsFlowToAllButTheInput() throws Exception {
        List<String> lines = elements("polyline").stream()
                .map(line -> line.getAttribute("class"))
                .toList();

        assertThat(lines).filteredOn("edge"::equals).hasSize(2); // from the input, and to the caller
        assertThat(lines)
                .filteredOn("edge flow"::equals)
                .hasSize(CIFAR.network().layers().size());
    }

    @Test
    void aBlockIsOneBoxAndIsDrawnByItselfWhenItIsOpened() throws Exception {
        NetworkText text = NetworkText.of("Blocks", "@Network(input = 4) @MSELoss @Frozen(\"first.*\")", """
                @Linear(outFeatures = 4) Layer first;
                @Repeat(2) @Pair Layer pairs;
                @Linear(outFeatures = 2) Layer last;
                @Block @interface Pair { class Layers { @Linear(outFeatures = 4) Layer one; @ReLU Layer two; } }
                """);
        String page = compiled("blocks", Locale.ROOT, text).get(".html");
        Document document = parsed(page);

        List<String> opened = elements(document, "summary").stream()
                .map(summary -> summary.getTextContent().strip())
                .filter(summary -> summary.contains(" layers, "))
                .toList();
        assertThat(opened).hasSize(3);
        assertThat(opened.get(0)).startsWith("pairs: 2 in a row, 4 layers, 40 parameters");
        assertThat(opened.get(1)).startsWith("0: Pair, 2 layers, 20 parameters");
        assertThat(elements(document, "rect").stream()
                        .map(rect -> rect.getAttribute("class"))
                        .filter(kind -> kind.startsWith("box ") && !kind.equals("box end")))
                // the network, the row, and twice what is within a block
                .containsExactly(
                        "box frozen",
                        "box block",
                        "box trained",
                        "box block",
                        "box block",
                        "box trained",
                        "box trained");
    }

    @Test
    void theGraphIsWrittenForOtherToolsOnRequest() {
        assertThat(resource(".dot"))
                .startsWith("digraph \"" + CIFAR.network().name() + "\" {\n")
                .contains("[label=\"conv1\\nConv2d\"];", "input0 -> layer0 [label=\"3 x 32 x 32\"];")
                .endsWith("}\n");
        assertThat(resource(".mmd"))
                .startsWith("flowchart TD\n")
                .contains("layer0[\"conv1<br/>Conv2d\"]", "input0 -->|\"3 x 32 x 32\"| layer0");
    }
}
