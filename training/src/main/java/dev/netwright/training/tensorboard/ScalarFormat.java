package dev.netwright.training.tensorboard;

/** How a scalar is stored. */
public enum ScalarFormat {
    /** As a simple value of 32 bits, which every version of TensorBoard reads; PyTorch's default. */
    SIMPLE,
    /** As a tensor with one element of 32 bits; PyTorch's {@code new_style}. */
    FLOAT,
    /** As a tensor with one element of 64 bits; PyTorch's {@code new_style} with {@code double_precision}. */
    DOUBLE
}
