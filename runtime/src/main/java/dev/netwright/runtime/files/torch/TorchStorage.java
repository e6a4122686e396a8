package dev.netwright.runtime.files.torch;

import dev.netwright.runtime.DType;

/**
 * A flat array of a file, or a part of one, which tensors are views of.
 *
 * @param key its name in the file
 * @param dtype of its elements; null if its tensors say (untyped storages, which count bytes)
 * @param elements how many
 * @param first the element at which it begins in the file's array of that key (legacy views)
 * @param whole elements of the file's array of that key
 */
record TorchStorage(String key, DType dtype, long elements, long first, long whole) {
    /** Bytes of one element. */
    int width() {
        return dtype == null ? 1 : dtype.bits() / 8;
    }
}
