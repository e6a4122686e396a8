package dev.netwright.processor;

import com.google.auto.service.AutoService;
import dev.netwright.processor.declared.AnnotationNames;
import dev.netwright.processor.declared.ElementReader;
import dev.netwright.processor.declared.OutsideNetworks;
import dev.netwright.processor.declared.SourceTypes;
import dev.netwright.processor.declared.UnresolvedAnnotations;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemPrinter;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.emit.NetworkEmitter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * Compiles each network once: in the round it appears in or, while it refers to a type that another processor has yet
 * to generate, in the first round in which all of
 * its types exist.
 */
@AutoService(Processor.class)
public final class NetwrightProcessor extends AbstractProcessor {
    private final Backend.Factory backends;

    /** Networks, and blocks, that wait for a type. */
    private final List<DeferredNetwork> deferred = new ArrayList<>();

    private Compilation compilation;
    private OutsideNetworks outside;
    private SourceTypes sources;
    private ProblemPrinter printer;
    private boolean saidRelease;

    /** For the compiler. */
    public NetwrightProcessor() {
        this(GeneratingBackend::new);
    }

    NetwrightProcessor(Backend.Factory backends) {
        this.backends = backends;
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latest();
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        // what generated code is marked with is nobody else's, or javac warns of it under -Xlint:processing
        return Set.of(AnnotationNames.PACKAGE + "*", NetworkEmitter.GENERATED);
    }

    @Override
    public Set<String> getSupportedOptions() {
        return ProcessorOptions.NAMES;
    }

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        printer = new ProblemPrinter(environment.getMessager());
        ProblemReport report = new ProblemReport();
        ProcessorOptions options = ProcessorOptions.parse(environment.getOptions(), report);
        printer.print(report);
        UnresolvedAnnotations unresolved = UnresolvedAnnotations.of(environment);
        outside = new OutsideNetworks(environment.getElementUtils(), unresolved);
        sources = new SourceTypes();
        compilation = new Compilation(
                new ElementReader(environment.getElementUtils(), unresolved, sources),
                backends.create(environment, options),
                options.lints());
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        sources.add(round);
        printer.print(outside.check(annotations, round));
        Elements elements = processingEnv.getElementUtils();
        Set<TypeElement> networks = new LinkedHashSet<>();
        deferred.forEach(network -> networks.add(network.now(elements)));
        deferred.clear();
        for (TypeElement annotation : annotations) {
            boolean declares = annotation.getQualifiedName().contentEquals(AnnotationNames.NETWORK)
                    || annotation.getQualifiedName().contentEquals(AnnotationNames.BLOCK);
            if (declares) {
                networks.addAll(ElementFilter.typesIn(round.getElementsAnnotatedWith(annotation)));
            }
        }
        if (isReleaseSupported(networks)) {
            networks.forEach(network -> compile(network, round.processingOver()));
        }
        return true;
    }

    /** What runs networks, and what is generated of them, is Java 17: told once, whatever their number. */
    private boolean isReleaseSupported(Set<TypeElement> networks) {
        SourceVersion release = processingEnv.getSourceVersion();
        boolean supported = release.compareTo(SourceVersion.RELEASE_17) >= 0;
        if (!supported && !saidRelease && !networks.isEmpty()) {
            saidRelease = true;
            ProblemReport report = new ProblemReport();
            report.add(Problem.RELEASE, null, release.ordinal());
            printer.print(report);
        }
        return supported;
    }

    private void compile(TypeElement network, boolean last) {
        compilation
                .compile(network, last)
                .ifPresentOrElse(
                        printer::print,
                        () -> deferred.add(DeferredNetwork.of(network, processingEnv.getElementUtils())));
    }
}
