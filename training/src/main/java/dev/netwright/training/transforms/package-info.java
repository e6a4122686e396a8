/**
 * What happens to a picture between its file and the batch: transforms with torchvision's names, defaults and results,
 * on bytes up to {@link dev.netwright.training.transforms.ToTensor} and on floats after it.
 */
package dev.netwright.training.transforms;
