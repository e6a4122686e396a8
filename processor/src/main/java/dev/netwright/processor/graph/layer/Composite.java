package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.ParameterDeclaration;
import java.util.ArrayList;
import java.util.List;

/** A layer that applies others: it has their parameters behind its own, as a module of PyTorch's has. */
interface Composite extends Derived {
    /** Those of the layer itself, which are registered before its children's. */
    default List<ParameterDeclaration> own() {
        return List.of();
    }

    @Override
    List<Child> children();

    @Override
    default List<ParameterDeclaration> parameters() {
        List<ParameterDeclaration> all = new ArrayList<>(own());
        for (Child child : children()) {
            child.layer().parameters().forEach(each -> all.add(each.under(child.key())));
        }
        return all;
    }
}
