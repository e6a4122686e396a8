package dev.netwright.processor;

import dev.netwright.processor.ProcessorOptions.GraphFormat;
import dev.netwright.processor.budget.BudgetCheck;
import dev.netwright.processor.declared.Companion;
import dev.netwright.processor.declared.DeclaredLayer;
import dev.netwright.processor.declared.DeclaredNetwork;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.emit.CompanionEmitter;
import dev.netwright.processor.emit.MethodLength;
import dev.netwright.processor.emit.MethodLengths;
import dev.netwright.processor.emit.NetworkEmitter;
import dev.netwright.processor.emit.NetworkFacts;
import dev.netwright.processor.emit.NetworkFacts.CompiledWeights;
import dev.netwright.processor.emit.NetworkFacts.Dependency;
import dev.netwright.processor.emit.SourceText;
import dev.netwright.processor.graph.Graph;
import dev.netwright.processor.graph.LayerNode;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.pass.GraphText;
import dev.netwright.processor.pass.Programs;
import dev.netwright.processor.plan.Plan;
import dev.netwright.processor.plan.PlanText;
import dev.netwright.processor.plan.Planner;
import dev.netwright.processor.report.GraphExports;
import dev.netwright.processor.report.PassRecord;
import dev.netwright.processor.report.ReportFacts;
import dev.netwright.processor.report.TextReport;
import dev.netwright.processor.report.page.Page;
import dev.netwright.processor.weights.WeightsCheck;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** Passes, plan and code of one network after the other. */
final class GeneratingBackend implements Backend {
    /** Characters, each up to three bytes of a constant. */
    private static final int LONGEST_TEXT = 10_000;

    private static final String VECTOR = "jdk.incubator.vector.FloatVector";

    private final ProcessingEnvironment environment;
    private final ProcessorOptions options;
    private boolean saidScalar;

    GeneratingBackend(ProcessingEnvironment environment, ProcessorOptions options) {
        this.environment = environment;
        this.options = options;
    }

    @Override
    public void generate(Network network, DeclaredNetwork declared, ProblemReport report) throws IOException {
        CompiledWeights weights = null;
        if (declared.weights() != null) {
            weights = weights(network, declared, report);
            if (weights == null) {
                return;
            }
        }
        PassRecord passes = new PassRecord();
        Plan plan;
        try {
            Programs programs = options.generate() == ProcessorOptions.Generate.INFERENCE
                    ? Programs.inference(network, passes)
                    : Programs.of(network, passes);
            plan = Planner.plan(programs);
        } catch (ArithmeticException e) {
            report.add(Problem.TOO_LARGE, declared.origin(), memory(network));
            return;
        }
        dump(network, passes, plan, report);

        NetworkFacts facts = new NetworkFacts(
                network,
                plan,
                dependencies(declared),
                generatesVector(declared.origin().element(), report),
                weights);
        List<SourceText> sources = NetworkEmitter.emit(declared.packageName(), declared.generatedName(), facts);
        NetworkFiles files = new NetworkFiles(environment, declared.origin().element());
        for (SourceText source : sources) {
            files.write(source, report);
        }
        Map<String, List<MethodLength>> methods = new LinkedHashMap<>();
        if (options.report() == ProcessorOptions.Report.HTML) {
            sources.forEach(source -> methods.put(source.fileName(), MethodLengths.of(source)));
        }
        ReportFacts told = ReportFacts.of(network, plan, facts.vector(), passes.made(), methods);
        report(files, declared.generatedName(), told);
        if (declared.budget() != null) {
            BudgetCheck.check(declared.budget(), told, report);
        }
    }

    private void report(NetworkFiles files, String model, ReportFacts facts) throws IOException {
        if (options.report() != ProcessorOptions.Report.OFF) {
            files.writeReport(model, ".txt", TextReport.of(facts));
        }
        if (options.report() == ProcessorOptions.Report.HTML) {
            files.writeReport(model, ".html", Page.of(facts));
        }
        if (options.graph().contains(GraphFormat.DOT)) {
            files.writeReport(model, ".dot", GraphExports.dot(facts.network()));
        }
        if (options.graph().contains(GraphFormat.MERMAID)) {
            files.writeReport(model, ".mmd", GraphExports.mermaid(facts.network()));
        }
    }

    /** Null where the file is not there or does not fit, which is reported. */
    private CompiledWeights weights(Network network, DeclaredNetwork declared, ProblemReport report) {
        return new WeightsFiles(environment, options.weights())
                .read(declared, report)
                .filter(header -> WeightsCheck.fits(header, network, declared, report))
                .map(header -> WeightsCheck.taken(header, network, declared.weights()))
                .map(header -> new CompiledWeights(
                        declared.weights().name(),
                        declared.weights().entry(),
                        declared.weights().strict(),
                        header.fingerprint(),
                        header.texts(LONGEST_TEXT)))
                .orElse(null);
    }

    /** Ancestors, and blocks with those within them, each once. */
    private static List<Dependency> dependencies(DeclaredNetwork declared) {
        Map<String, Dependency> found = new LinkedHashMap<>();
        for (DeclaredNetwork each = declared; each != null; each = each.parent()) {
            if (each != declared) {
                add(each.simpleName(), each.companion(), found);
            }
            blocks(each.layers(), found);
        }
        return List.copyOf(found.values());
    }

    private static void blocks(List<DeclaredLayer> layers, Map<String, Dependency> found) {
        for (DeclaredLayer layer : layers) {
            if (layer.block() != null && add(layer.block().name(), layer.block().companion(), found)) {
                blocks(layer.block().layers(), found);
            }
        }
    }

    private static boolean add(String name, Companion companion, Map<String, Dependency> found) {
        Dependency dependency =
                new Dependency(name, companion.packageName(), companion.simpleName(), companion.fingerprint());
        return found.putIfAbsent(companion.qualifiedName(), dependency) == null;
    }

    @Override
    public void generate(Companion companion, TypeElement of, ProblemReport report) throws IOException {
        SourceText source = CompanionEmitter.emit(
                companion.packageName(),
                companion.simpleName(),
                of.getSimpleName().toString(),
                companion.order(),
                companion.fingerprint());
        new NetworkFiles(environment, of).write(source, report);
    }

    /** What may have been too large, as sizes are multiplied exactly everywhere. */
    private static String memory(Network network) {
        return "the memory of " + network.name() + " for its weights or for one sample, where the largest are "
                + Stream.concat(
                                network.parameters().stream().map(Graph.Parameter::value),
                                network.layers().stream().map(LayerNode::output))
                        .sorted(Comparator.comparingInt(
                                        (Value value) -> value.shape().elements())
                                .reversed())
                        .limit(2)
                        .map(Value::label)
                        .collect(Collectors.joining(" and "));
    }

    private void dump(Network network, PassRecord passes, Plan plan, ProblemReport report) {
        if (options.dump().contains(ProcessorOptions.Dump.GRAPH)) {
            StringBuilder stages = new StringBuilder(GraphText.of(network));
            for (PassRecord.Made made : passes.made()) {
                stages.append(made.program() + " after " + made.pass() + ":\n" + GraphText.of(made.graph()));
            }
            report.add(Problem.DUMP, null, stages);
        }
        if (options.dump().contains(ProcessorOptions.Dump.PLAN)) {
            report.add(Problem.DUMP, null, network.name() + "\n" + PlanText.of(plan));
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
            options.lints()
                    .kind(Problem.KERNELS)
                    .ifPresent(kind -> report.add(
                            Problem.KERNELS,
                            kind,
                            null,
                            "Only scalar kernels are generated, as jdk.incubator.vector is not visible to the compiler. For"
                                    + " the fast ones give it the arguments --add-modules jdk.incubator.vector."));
        }
        return visible;
    }
}
