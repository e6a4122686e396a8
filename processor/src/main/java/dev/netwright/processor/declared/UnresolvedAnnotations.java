package dev.netwright.processor.declared;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/**
 * Annotations whose types do not exist, by their names as written. The javac of JDK 17 leaves them out of an element's
 * mirrors, so that the trees are asked; where there are none, as with other compilers, the mirrors tell what they can.
 */
public final class UnresolvedAnnotations {
    /** Null where the compiler has none. */
    private final Trees trees;

    private UnresolvedAnnotations(Trees trees) {
        this.trees = trees;
    }

    public static UnresolvedAnnotations of(ProcessingEnvironment environment) {
        try {
            return new UnresolvedAnnotations(Trees.instance(environment));
        } catch (IllegalArgumentException | LinkageError e) {
            // another compiler, or javac's environment within one of a build tool
            return new UnresolvedAnnotations(null);
        }
    }

    /** Whether the compiler is javac. */
    boolean isOfJavac() {
        return trees != null;
    }

    /** Those on a class and on its fields, by the element; elements without any are left out. */
    Map<Element, List<String>> in(TypeElement type) {
        Map<Element, List<String>> found = new LinkedHashMap<>();
        Optional<TreePath> path = Optional.ofNullable(trees).map(known -> known.getPath(type));
        if (path.isEmpty()) {
            put(found, type, mirrors(type));
            ElementFilter.fieldsIn(type.getEnclosedElements()).forEach(field -> put(found, field, mirrors(field)));
            return found;
        }
        ClassTree tree = (ClassTree) path.get().getLeaf();
        put(found, type, trees(tree.getModifiers(), path.get()));
        for (Tree member : tree.getMembers()) {
            if (member instanceof VariableTree field) {
                TreePath at = new TreePath(path.get(), field);
                put(found, trees.getElement(at), trees(field.getModifiers(), at));
            }
        }
        return found;
    }

    private static void put(Map<Element, List<String>> found, Element element, List<String> names) {
        if (!names.isEmpty()) {
            found.put(element, names);
        }
    }

    private static List<String> mirrors(Element element) {
        return element.getAnnotationMirrors().stream()
                .map(mirror -> (TypeMirror) mirror.getAnnotationType())
                .filter(annotation -> annotation.getKind() == TypeKind.ERROR)
                .map(TypeMirror::toString)
                .toList();
    }

    private List<String> trees(ModifiersTree modifiers, TreePath owner) {
        TreePath path = new TreePath(owner, modifiers);
        return modifiers.getAnnotations().stream()
                .filter(annotation -> isUnresolved(annotation, path))
                .map(annotation -> annotation.getAnnotationType().toString())
                .toList();
    }

    private boolean isUnresolved(AnnotationTree annotation, TreePath modifiers) {
        TreePath path = new TreePath(new TreePath(modifiers, annotation), annotation.getAnnotationType());
        TypeMirror type = trees.getTypeMirror(path);
        return type != null && type.getKind() == TypeKind.ERROR;
    }
}
