package dev.netwright.processor.declared;

import java.util.HashSet;
import java.util.Set;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** The classes that are compiled from source now; all others come from class files. */
public final class SourceTypes {
    private final Set<String> names = new HashSet<>();

    /** Notes what a round brings. */
    public void add(RoundEnvironment round) {
        ElementFilter.typesIn(round.getRootElements())
                .forEach(type -> names.add(type.getQualifiedName().toString()));
    }

    boolean contains(TypeElement type) {
        Element outermost = type;
        while (outermost.getEnclosingElement() != null
                && outermost.getEnclosingElement().getKind() != ElementKind.PACKAGE) {
            outermost = outermost.getEnclosingElement();
        }
        return outermost instanceof TypeElement root
                && names.contains(root.getQualifiedName().toString());
    }
}
