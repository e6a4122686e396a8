package dev.netwright.processor.graph;

import java.util.List;

/**
 * What a field declares: one layer, a block of layers, or several of either in a row.
 *
 * @param name the field's name, or the number of one in a row
 * @param key in the state dict, where that of everything within begins
 * @param form which of these it is
 * @param type PyTorch's name of a layer's type, or the block's
 * @param layer a layer's number; that of the first within for all others
 * @param children within it, in declared order; none of a layer
 */
public record Member(String name, String key, Form form, String type, int layer, List<Member> children) {
    public enum Form {
        LAYER,
        BLOCK,
        ROW
    }

    public Member {
        children = List.copyOf(children);
    }

    /** @param path names of what it is in and its own, with dots between them */
    public static Member layer(String path, LayerNode node) {
        return of(path, node.key(), Form.LAYER, node.layer().name(), node.id(), List.of());
    }

    /** @param path as for {@link #layer} */
    public static Member of(String path, String key, Form form, String type, int layer, List<Member> children) {
        return new Member(path.substring(path.lastIndexOf('.') + 1), key, form, type, layer, children);
    }
}
