package dev.netwright.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/** Stands for another processor: it generates the class that networks refer to, where they are. */
public final class GenerateSizes extends AbstractProcessor {
    private boolean done;

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of("*");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latest();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        if (!done) {
            done = true;
            String place = processingEnv
                    .getElementUtils()
                    .getPackageOf(round.getRootElements().iterator().next())
                    .getQualifiedName()
                    .toString();
            String header = place.isEmpty() ? "" : "package " + place + "; ";
            String name = place.isEmpty() ? "Sizes" : place + ".Sizes";
            try (Writer writer = processingEnv.getFiler().createSourceFile(name).openWriter()) {
                writer.write(header + "class Sizes { static final int WIDTH = 5; }");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return false;
    }
}
