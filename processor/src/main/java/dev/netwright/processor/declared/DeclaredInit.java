package dev.netwright.processor.declared;

import dev.netwright.processor.declared.AnnotationReader.Found;
import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.graph.Attributes;
import java.util.List;

/**
 * A rule for initial weights.
 *
 * @param method the name of the constant
 * @param parameter the parameter's name in its layer
 * @param layers annotations of the layers it is for, by their simple names; whole names of what is none of ours
 * @param attributes of the annotation
 * @param origin the annotation
 */
public record DeclaredInit(String method, String parameter, List<String> layers, Attributes attributes, Origin origin) {
    public DeclaredInit {
        layers = List.copyOf(layers);
    }

    /** Those among a class's or a field's annotations; what cannot be read of them has been reported. */
    static List<DeclaredInit> in(List<Found> annotations) {
        return annotations.stream()
                .filter(found -> found.name().equals(AnnotationNames.INIT) && found.complete())
                .map(found -> of(found.attributes(), found.origin()))
                .toList();
    }

    private static DeclaredInit of(Attributes attributes, Origin origin) {
        List<String> layers = attributes.texts("layers").stream()
                .map(name -> name.startsWith(AnnotationNames.PACKAGE)
                        ? name.substring(AnnotationNames.PACKAGE.length())
                        : name)
                .toList();
        return new DeclaredInit(attributes.text("value"), attributes.text("parameter"), layers, attributes, origin);
    }

    /** Whether it says which layers it is for. */
    public boolean namesLayers() {
        return !layers.isEmpty();
    }

    /** Whether it is for a layer with this annotation, which is null where it is not known. */
    public boolean isFor(String annotation) {
        return layers.isEmpty() || annotation != null && layers.contains(annotation);
    }
}
