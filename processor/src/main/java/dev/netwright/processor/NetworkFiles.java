package dev.netwright.processor;

import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.diagnostic.Problem;
import dev.netwright.processor.diagnostic.ProblemReport;
import dev.netwright.processor.emit.SourceText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import javax.annotation.processing.Filer;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.util.Elements;
import javax.tools.FileObject;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.StandardLocation;

/** The files of one network or block, as the compiler's file manager has them. */
final class NetworkFiles {
    private final Filer filer;
    private final String packageName;
    private final Element element;

    /** Before names, where modules that are compiled together have the package more than once: compilers ask then. */
    private final String module;

    /** Where classes are, without the extension, once they are written. */
    private final Map<String, String> places = new HashMap<>();

    /** @param element the network or block */
    NetworkFiles(ProcessingEnvironment environment, Element element) {
        this.filer = environment.getFiler();
        this.element = element;
        Elements elements = environment.getElementUtils();
        this.packageName = elements.getPackageOf(element).getQualifiedName().toString();
        String moduleName = elements.getModuleOf(element).getQualifiedName().toString();
        boolean shared = elements.getAllPackageElements(packageName).size() > 1;
        this.module = shared && !moduleName.isEmpty() ? moduleName + "/" : "";
    }

    /** Writes a source, unless there is a class of that name. */
    void write(SourceText source, ProblemReport report) throws IOException {
        JavaFileObject file;
        try {
            file = filer.createSourceFile(module + source.qualifiedName(), element);
        } catch (FilerException e) {
            report.add(Problem.CLASS_NAME, Origin.of(element), source.qualifiedName(), element.getSimpleName());
            return;
        }
        try (Writer writer = file.openWriter()) {
            writer.write(source.text());
        }
        String place = file.toUri().toString();
        places.put(source.qualifiedName(), place.substring(0, place.length() - Kind.SOURCE.extension.length()));
    }

    /**
     * Writes a text beside a class's source, so that it is not packaged, and nowhere else: file managers that keep
     * sources in memory may not know other files, which then go to the working folder. It is UTF-8, whatever the sources
     * are in; those that are generated are ASCII.
     *
     * @param extension of the file, such as {@code .txt}
     */
    void writeReport(String model, String extension, String text) throws IOException {
        String name = model + extension;
        String qualified = packageName.isEmpty() ? model : packageName + "." + model;
        FileObject file;
        try {
            file = filer.createResource(StandardLocation.SOURCE_OUTPUT, module + packageName, name, element);
        } catch (FilerException e) {
            return;
        }
        if ((places.get(qualified) + extension).equals(file.toUri().toString())) {
            try (OutputStream out = file.openOutputStream()) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
