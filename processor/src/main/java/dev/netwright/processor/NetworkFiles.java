package dev.netwright.processor;

import dev.netwright.processor.declared.DeclaredNetwork;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.emit.SourceText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.annotation.processing.Filer;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.util.Elements;
import javax.tools.FileObject;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.StandardLocation;

/** The files of one network, as the compiler's file manager has them. */
final class NetworkFiles {
    private final Filer filer;
    private final DeclaredNetwork network;
    private final Element element;

    /** Before names, where modules that are compiled together have the package more than once: compilers ask then. */
    private final String module;

    /** Where the model is, without the extension, once it is written. */
    private Optional<String> model = Optional.empty();

    NetworkFiles(ProcessingEnvironment environment, DeclaredNetwork network) {
        this.filer = environment.getFiler();
        this.network = network;
        this.element = network.origin().element();
        Elements elements = environment.getElementUtils();
        boolean shared = elements.getAllPackageElements(network.packageName()).size() > 1;
        this.module = shared && !network.moduleName().isEmpty() ? network.moduleName() + "/" : "";
    }

    /** Writes a source, unless there is a class of that name. */
    void write(SourceText source, ProblemReport report) throws IOException {
        JavaFileObject file;
        try {
            file = filer.createSourceFile(module + source.qualifiedName(), element);
        } catch (FilerException e) {
            report.add(Problem.CLASS_NAME, network.origin(), source.qualifiedName(), network.simpleName());
            return;
        }
        try (Writer writer = file.openWriter()) {
            writer.write(source.text());
        }
        if (source.qualifiedName().equals(network.qualifiedName())) {
            String place = file.toUri().toString();
            model = Optional.of(place.substring(0, place.length() - Kind.SOURCE.extension.length()));
        }
    }

    /**
     * Writes a text beside the model's source, so that it is not packaged, and nowhere else: file managers that keep
     * sources in memory may not know other files, which then go to the working folder. It is UTF-8, whatever the sources
     * are in; those that are generated are ASCII.
     */
    void writeReport(String text) throws IOException {
        String name = network.generatedName() + ".txt";
        FileObject file;
        try {
            file = filer.createResource(StandardLocation.SOURCE_OUTPUT, module + network.packageName(), name, element);
        } catch (FilerException e) {
            return;
        }
        if (model.map(place -> place + ".txt").equals(Optional.of(file.toUri().toString()))) {
            try (OutputStream out = file.openOutputStream()) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
