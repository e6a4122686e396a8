package dev.netwright.processor;

import dev.netwright.processor.declared.ByteScale;
import dev.netwright.processor.declared.DeclaredLayer;
import dev.netwright.processor.declared.DeclaredNetwork;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.emit.NetworkEmitter;
import dev.netwright.processor.emit.NetworkFacts;
import dev.netwright.processor.emit.SourceText;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.pass.GraphText;
import dev.netwright.processor.pass.PassLog;
import dev.netwright.processor.pass.Programs;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.plan.PlanText;
import dev.netwright.processor.plan.Planner;
import dev.netwright.processor.report.TextReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;

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
        List<String> outputs = graph.outputs().stream().map(Value::name).toList();
        List<String> stages = new ArrayList<>();
        Programs programs;
        Plan plan;
        try {
            programs = options.generate() == ProcessorOptions.Generate.INFERENCE
                    ? Programs.inference(graph, kept, exact, log(graph, stages))
                    : Programs.of(graph, kept, network.options().inputGradient(), exact, log(graph, stages));
            plan = Planner.plan(programs, kept, outputs, exact);
        } catch (ArithmeticException e) {
            report.add(Problem.TOO_LARGE, network.origin(), memory(graph));
            return;
        }
        dump(graph, stages, plan, report);

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
        List<SourceText> sources = NetworkEmitter.emit(network.packageName(), network.generatedName(), facts);
        NetworkFiles files = new NetworkFiles(environment, network);
        for (SourceText source : sources) {
            files.write(source, report);
        }
        if (options.report() == ProcessorOptions.Report.ON) {
            files.writeReport(TextReport.of(graph, plan, facts.vector()));
        }
    }

    /** Collects the texts of the network and of what each pass makes, if they are asked for. */
    private PassLog log(Graph graph, List<String> stages) {
        if (!options.dump().contains(ProcessorOptions.Dump.GRAPH)) {
            return (program, pass, result) -> {};
        }
        stages.add(GraphText.of(graph));
        return (program, pass, result) -> stages.add(program + " after " + pass + ":\n" + GraphText.of(result));
    }

    /** What may have been too large, as sizes are multiplied exactly everywhere. */
    private static String memory(Graph graph) {
        return "the memory of " + graph.name() + " for its weights or for one sample, where the largest are "
                + Stream.concat(
                                graph.parameters().stream().map(Graph.Parameter::value),
                                graph.nodes().stream().map(Node::output))
                        .sorted(Comparator.comparingInt(
                                        (Value value) -> value.shape().elements())
                                .reversed())
                        .limit(2)
                        .map(Value::label)
                        .collect(Collectors.joining(" and "));
    }

    private void dump(Graph graph, List<String> stages, Plan plan, ProblemReport report) {
        if (!stages.isEmpty()) {
            report.add(Problem.DUMP, null, String.join("", stages));
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
}
