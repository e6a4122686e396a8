package dev.netwright.processor;

import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/**
 * A network that waits for a type. An element is good for one round only, so that its name is looked up again; modules
 * that are compiled together may have classes of equal names.
 *
 * @param module the module's name, empty for the unnamed one
 * @param name the class's qualified name
 * @param element the class as the round had it in which it was deferred
 */
record DeferredNetwork(String module, String name, TypeElement element) {
    static DeferredNetwork of(TypeElement element, Elements elements) {
        String module = elements.getModuleOf(element).getQualifiedName().toString();
        return new DeferredNetwork(module, element.getQualifiedName().toString(), element);
    }

    /**
     * The class as this round has it. What a compact source file holds has no name that a compiler finds; javac, the one
     * that compiles such files, keeps its elements from round to round.
     */
    TypeElement now(Elements elements) {
        TypeElement found = elements.getTypeElement(elements.getModuleElement(module), name);
        return found == null ? element : found;
    }
}
