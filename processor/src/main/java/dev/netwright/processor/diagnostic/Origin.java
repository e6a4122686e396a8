package dev.netwright.processor.diagnostic;

import java.util.List;
import java.util.Map;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;

/**
 * Where in the user's source something comes from. Stages after the reader only hand it on.
 *
 * @param element the class or field
 * @param annotation on it, or null for the element as a whole
 * @param value in the annotation, or null for the annotation as a whole
 */
public record Origin(Element element, AnnotationMirror annotation, AnnotationValue value) {
    public static Origin of(Element element) {
        return new Origin(element, null, null);
    }

    public Origin in(AnnotationMirror mirror) {
        return new Origin(element, mirror, null);
    }

    /** The value of an attribute, or the annotation where it was not written; null stands for the annotation. */
    public Origin attribute(String name) {
        return new Origin(element, annotation, name == null ? null : written(name));
    }

    /** One value of an attribute that has several. */
    public Origin attribute(String name, int index) {
        Origin whole = attribute(name);
        return whole.value != null && whole.value.getValue() instanceof List<?> values
                ? whole.among(values, (AnnotationValue) values.get(index))
                : whole;
    }

    /**
     * One of the values of an attribute, which this is. A single value without braces has no position of its own in javac,
     * so the attribute's stands for it.
     */
    public Origin among(List<?> values, AnnotationValue one) {
        return value != null && values.size() > 1 ? new Origin(element, annotation, one) : this;
    }

    private AnnotationValue written(String name) {
        if (annotation == null) {
            return null;
        }
        for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry :
                annotation.getElementValues().entrySet()) {
            if (entry.getKey().getSimpleName().contentEquals(name)) {
                return entry.getValue();
            }
        }
        return null;
    }
}
