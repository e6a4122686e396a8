package dev.netwright.processor;

import dev.netwright.processor.build.NetworkBuilder;
import dev.netwright.processor.declared.DeclaredBlock;
import dev.netwright.processor.declared.DeclaredNetwork;
import dev.netwright.processor.declared.ElementReader;
import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.graph.Network;
import dev.netwright.processor.lint.LintLevels;
import dev.netwright.processor.lint.Lints;
import dev.netwright.processor.lint.NoModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.TypeElement;

/** The way of a network from its declaration to its code. What one network does wrong does not concern another. */
final class Compilation {
    /** Lines that are printed of a stack trace. */
    private static final int TRACE = 60;

    private final ElementReader reader;
    private final Backend backend;
    private final LintLevels lints;

    /** Models and the classes they are of, by module and the models' names in lower case: no file is written twice. */
    private final Map<String, Map.Entry<String, String>> models = new HashMap<>();

    /** @param lints as what lints are told */
    Compilation(ElementReader reader, Backend backend, LintLevels lints) {
        this.reader = reader;
        this.backend = backend;
        this.lints = lints;
    }

    /**
     * Compiles one network or block; every stage may end it.
     *
     * @param last whether no type can still be generated that it refers to
     * @return what is to be told about it; nothing where it waits for a type, and nothing has been done
     */
    Optional<ProblemReport> compile(TypeElement type, boolean last) {
        ProblemReport report = new ProblemReport();
        try {
            boolean done = ElementReader.isNetwork(type) ? network(type, last, report) : block(type, last, report);
            return done ? Optional.of(report) : Optional.empty();
        } catch (IOException e) {
            report.add(Problem.FILE, Origin.of(type), "the model of " + type.getSimpleName(), e.getMessage());
        } catch (Throwable e) {
            // errors too: one that leaves a processor ends the compiler, with a trace and no network's name
            report.add(Problem.CRASH, Origin.of(type), type.getSimpleName(), stackTrace(e));
        }
        return Optional.of(report);
    }

    /** Whether it need not wait. */
    private boolean network(TypeElement type, boolean last, ProblemReport report) throws IOException {
        Optional<DeclaredNetwork> declared = reader.read(type, report);
        if (!last && report.has(Problem.MISSING_TYPE)) {
            return false;
        }
        if (declared.isPresent()) {
            claimName(type, declared.get(), report);
            Optional<Network> network = NetworkBuilder.build(declared.get(), report);
            if (report.isClean()) {
                backend.generate(declared.get().companion(), type, report);
            }
            if (network.isPresent()) {
                Lints.check(declared.get(), network.get(), lints, report);
                backend.generate(network.get(), declared.get(), report);
            } else if (report.isClean() && declared.get().weights() != null) {
                report.add(
                        Problem.WEIGHTS_KEYS,
                        declared.get().weights().origin(),
                        declared.get().simpleName()
                                + " has no input, so that it has no model to load weights into. Write"
                                + " @Weights on the class that has one.");
            } else if (report.isClean() && declared.get().budget() != null) {
                report.add(
                        Problem.BUDGET_LIMIT,
                        declared.get().budget().origin(),
                        "has nothing to compare with, as " + declared.get().simpleName()
                                + " has no input. Write it on the class that has one.");
            } else if (report.isClean()) {
                NoModel.check(declared.get(), lints, report);
            }
        }
        return true;
    }

    private boolean block(TypeElement type, boolean last, ProblemReport report) throws IOException {
        Optional<DeclaredBlock> declared = reader.readBlock(type, report);
        if (!last && report.has(Problem.MISSING_TYPE)) {
            return false;
        }
        if (declared.isPresent() && report.isClean()) {
            backend.generate(declared.get().companion(), type, report);
        }
        return true;
    }

    private void claimName(TypeElement type, DeclaredNetwork declared, ProblemReport report) {
        String name = type.getQualifiedName().toString();
        String model = declared.qualifiedName();
        // files of names that differ in case alone are the same on some systems
        String file = declared.moduleName() + "/" + model.toLowerCase(Locale.ROOT);
        Map.Entry<String, String> other = models.putIfAbsent(file, Map.entry(model, name));
        if (other != null) {
            String but = other.getKey().equals(model) ? "" : " but for the case of letters";
            report.add(Problem.MODEL_NAME, Origin.of(type), name, model, other.getValue(), but);
        }
    }

    /** The beginning tells what it was, also where the stack has overflowed. */
    private static String stackTrace(Throwable throwable) {
        StringWriter text = new StringWriter();
        throwable.printStackTrace(new PrintWriter(text, true));
        return text.toString().lines().limit(TRACE).collect(Collectors.joining("\n"));
    }
}
