/**
 * Well-known networks, each a class of annotated fields without an input and a loss. A class of yours that extends one
 * declares these, and has the model:
 *
 * <pre>{@code
 * @Network(input = {3, 224, 224})
 * @CrossEntropyLoss
 * class Birds extends ResNet18 {
 *     @Linear(outFeatures = 200) Layer fc;
 * }
 * }</pre>
 *
 * <p>The blocks are annotations for networks of yours, too.
 */
package dev.netwright.zoo;
