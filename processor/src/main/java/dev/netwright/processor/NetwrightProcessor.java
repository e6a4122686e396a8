package dev.netwright.processor;

import com.google.auto.service.AutoService;
import dev.netwright.processor.declared.AnnotationNames;
import dev.netwright.processor.declared.ElementReader;
import dev.netwright.processor.declared.MissingTypeException;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemPrinter;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.emit.NetworkEmitter;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/**
 * Compiles each network once: in the round it appears in or, while it refers to a type that another processor has yet
 * to generate, in the first round in which all of
 * its types exist.
 */
@AutoService(Processor.class)
public final class NetwrightProcessor extends AbstractProcessor {
    private final Backend.Factory backends;

    /** Networks that wait for a type, by qualified name: an element is good for one round only. */
    private final Set<String> deferred = new LinkedHashSet<>();

    private Compilation compilation;
    private ProblemPrinter printer;

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
        compilation = new Compilation(
                new ElementReader(environment.getElementUtils()), backends.create(environment, options));
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        Set<String> names = new LinkedHashSet<>(deferred);
        deferred.clear();
        for (TypeElement annotation : annotations) {
            if (annotation.getQualifiedName().contentEquals(AnnotationNames.NETWORK)) {
                for (Element element : ElementFilter.typesIn(round.getElementsAnnotatedWith(annotation))) {
                    names.add(((TypeElement) element).getQualifiedName().toString());
                }
            }
        }
        names.forEach(name -> compile(name, round.processingOver()));
        return true;
    }

    private void compile(String name, boolean last) {
        try {
            printer.print(compilation.compile(processingEnv.getElementUtils().getTypeElement(name)));
        } catch (MissingTypeException e) {
            if (last) {
                ProblemReport report = new ProblemReport();
                report.add(Problem.MISSING_TYPE, e.origin(), e.subject(), e.reason());
                printer.print(report);
            } else {
                deferred.add(name);
            }
        }
    }
}
