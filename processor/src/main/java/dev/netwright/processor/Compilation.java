package dev.netwright.processor;

import dev.netwright.processor.declared.DeclaredNetwork;
import dev.netwright.processor.declared.ElementReader;
import dev.netwright.processor.declared.MissingTypeException;
import dev.netwright.processor.declared.NetworkBuilder;
import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.graph.Graph;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.TypeElement;

/** The way of a network from its declaration to its code. What one network does wrong does not concern another. */
final class Compilation {
    private final ElementReader reader;
    private final Backend backend;

    /** Declared classes by the names of their models: no file is written twice. */
    private final Map<String, String> models = new HashMap<>();

    Compilation(ElementReader reader, Backend backend) {
        this.reader = reader;
        this.backend = backend;
    }

    /**
     * Compiles one network; every stage may end it.
     *
     * @return what is to be told about it
     * @throws MissingTypeException if it refers to a type that does not exist yet; nothing has been done then
     */
    ProblemReport compile(TypeElement type) {
        ProblemReport report = new ProblemReport();
        try {
            Optional<DeclaredNetwork> declared = reader.read(type, report);
            if (declared.isEmpty()) {
                return report;
            }
            claimName(type, declared.get(), report);
            Optional<Graph> graph = NetworkBuilder.build(declared.get(), report);
            if (graph.isPresent()) {
                backend.generate(graph.get(), declared.get(), report);
            }
        } catch (MissingTypeException e) {
            throw e;
        } catch (IOException e) {
            report.add(Problem.FILE, Origin.of(type), "the model of " + type.getSimpleName(), e.getMessage());
        } catch (RuntimeException e) {
            report.add(Problem.CRASH, Origin.of(type), type.getSimpleName(), stackTrace(e));
        }
        return report;
    }

    private void claimName(TypeElement type, DeclaredNetwork declared, ProblemReport report) {
        String name = type.getQualifiedName().toString();
        String other = models.putIfAbsent(declared.qualifiedName(), name);
        if (other != null) {
            report.add(Problem.MODEL_NAME, Origin.of(type), name, declared.qualifiedName(), other);
        }
    }

    private static String stackTrace(RuntimeException exception) {
        StringWriter text = new StringWriter();
        exception.printStackTrace(new PrintWriter(text, true));
        return text.toString().stripTrailing();
    }
}
