package dev.netwright.runtime.files.torch;

/**
 * The name of a class or function in a pickle; it is never looked up.
 *
 * @param module such as {@code torch.nn.modules.conv}
 * @param name such as {@code Conv2d}
 */
public record PickledGlobal(String module, String name) {
    /**
     * As Python writes it.
     *
     * @return module and name with a dot between
     */
    @Override
    public String toString() {
        return module + "." + name;
    }
}
