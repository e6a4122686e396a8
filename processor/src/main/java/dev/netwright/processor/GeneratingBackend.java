package dev.netwright.processor;

import com.palantir.javapoet.JavaFile;
import dev.netwright.processor.declared.ByteScale;
import dev.netwright.processor.declared.DeclaredLayer;
import dev.netwright.processor.declared.DeclaredNetwork;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.emit.NetworkEmitter;
import dev.netwright.processor.emit.NetworkFacts;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.pass.GraphText;
import dev.netwright.processor.pass.Programs;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.plan.PlanText;
import dev.netwright.processor.plan.Planner;
import dev.netwright.processor.report.TextReport;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.tools.FileObject;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;

/** Passes, plan and code of one network after the other. */
final class GeneratingBackend implements Backend {
    private static final String VECTOR = "jdk.incubator.vector.FloatVector";

    private final ProcessingEnvironment environment;
    private final ProcessorOptions options;
    private boolean saidScalar;

    GeneratingBackend(ProcessingEnvironment environment, ProcessorOptions options) {
        this.environment = environment;
        this.options = options;
    }

    @Override
    public void generate(Graph graph, DeclaredNetwork network, ProblemReport report) throws IOException {
        if (options.lints() != ProcessorOptions.Lints.OFF) {
            ByteScale.check(network, graph, report);
        }
        List<String> kept = network.layers().stream()
                .filter(DeclaredLayer::keepOutput)
                .map(DeclaredLayer::fieldName)
                .toList();
        boolean exact = network.options().exact();
        Programs programs = Programs.of(graph, kept, network.options().inputGradient(), exact);
        List<String> outputs = graph.outputs().stream().map(Value::name).toList();
        Plan plan = Planner.plan(programs, kept, outputs, exact);
        dump(graph, programs, plan, report);

        Element element = network.origin().element();
        Map<String, String> keys = new LinkedHashMap<>();
        network.layers().forEach(layer -> keys.put(layer.fieldName(), layer.key()));
        NetworkFacts facts = new NetworkFacts(
                network.simpleName(),
                graph,
                keys,
                network.options().inputGradient(),
                plan,
                generatesVector(element, report));
        if (options.report() == ProcessorOptions.Report.ON) {
            writeReport(network, TextReport.of(graph, plan, facts.vector()), element);
        }
        for (JavaFile file : NetworkEmitter.emit(network.packageName(), network.generatedName(), facts)) {
            write(file, element);
        }
    }

    private void dump(Graph graph, Programs programs, Plan plan, ProblemReport report) {
        if (options.dump().contains(ProcessorOptions.Dump.GRAPH)) {
            report.add(
                    Problem.DUMP,
                    null,
                    GraphText.of(graph) + "inference:\n" + GraphText.of(programs.inference()) + "training:\n"
                            + GraphText.of(programs.training()));
        }
        if (options.dump().contains(ProcessorOptions.Dump.PLAN)) {
            report.add(Problem.DUMP, null, graph.name() + "\n" + PlanText.of(plan));
        }
    }

    /** Whether the Vector API can be compiled against from where the network is declared. */
    private boolean generatesVector(Element element, ProblemReport report) {
        return switch (options.kernels()) {
            case SCALAR -> false;
            case VECTOR -> true;
            case AUTO -> isVectorVisible(element, report);
        };
    }

    private boolean isVectorVisible(Element element, ProblemReport report) {
        var elements = environment.getElementUtils();
        boolean visible = elements.getTypeElement(elements.getModuleOf(element), VECTOR) != null;
        if (!visible && !saidScalar) {
            saidScalar = true;
            report.add(
                    Problem.KERNELS,
                    null,
                    "Only scalar kernels are generated, as jdk.incubator.vector is not visible to the compiler. For the"
                            + " fast ones give it the arguments --add-modules jdk.incubator.vector.");
        }
        return visible;
    }

    /** Beside the generated source, so that it is not packaged. */
    private void writeReport(DeclaredNetwork network, String text, Element element) throws IOException {
        FileObject file = environment
                .getFiler()
                .createResource(
                        StandardLocation.SOURCE_OUTPUT,
                        network.packageName(),
                        network.generatedName() + ".txt",
                        element);
        try (Writer writer = file.openWriter()) {
            writer.write(text);
        }
    }

    private void write(JavaFile file, Element element) throws IOException {
        String name = file.packageName().isEmpty()
                ? file.typeSpec().name()
                : file.packageName() + "." + file.typeSpec().name();
        JavaFileObject source = environment.getFiler().createSourceFile(name, element);
        try (Writer writer = source.openWriter()) {
            file.writeTo(writer);
        }
    }
}
