package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The file that a network's weights are loaded from. The compiler reads its header and compares every key and shape with
 * the network's, and the model gets {@code create()}, which loads it from the class path.
 *
 * <pre>{@code
 * @Network(input = {3, 32, 32})
 * @Weights("cifar.safetensors")                  // src/main/resources/app/cifar.safetensors
 * class CifarNet { ... }
 *
 * CifarNetModel net = CifarNetModel.create();    // with the file's weights
 * CifarNetModel other = CifarNetModel.create(42);    // draws, as ever
 * }</pre>
 *
 * <p>The file is safetensors, a whole model and a checkpoint among them, or PyTorch's {@code .pth} with a state dict, a
 * module, or a checkpoint that has one of these under a usual name such as {@code state_dict} or {@code model}. Types other
 * than {@code F32} are converted when they are loaded; {@code num_batches_tracked} may be absent, as in PyTorch. Of a file
 * on disk the compiler reads the header alone, whatever its size; of a {@code .pth} within an archive all of it.
 *
 * <p>It is looked for where resources are, in this order: the folder of the classes, into which build tools copy resources,
 * the class path, the source path, and last the folder of {@code -Anetwright.weights=FOLDER}, which then stands for the
 * root. That option is for tools that keep resources apart, as Gradle does. {@code create()} finds it on the class path.
 *
 * <p>The header, that is keys, types and shapes, is compiled in: {@code create()} refuses a file that has another one, with
 * the first difference, until the network is compiled again. A file of other values with the same header is loaded. The
 * structure that a whole model's file has is compared by {@code create()}, not by the compiler. Of a
 * class and those it extends only its own annotation counts, as one that extends another has other keys.
 *
 * <p>Errors: a file that is not found, with where it was looked for, or is malformed; one without the state dict of
 * {@link #entry}, or with several and no entry told, with what it holds; at the field that it is of, a key
 * that is missing in the file, with the nearest one that nothing takes, a key that no layer has, and a shape that differs;
 * a class without an input, which has no model.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Weights {
    /**
     * The resource's name: from the network's package on, as {@link Class#getResource} takes it, or from the root on if it
     * begins with {@code /}.
     *
     * @return such as {@code "cifar.safetensors"}, which is {@code app/cifar.safetensors} for a class of the package
     *     {@code app}, or {@code "/models/cifar.safetensors"}; letters, digits and {@code . _ - +}, with {@code /} between
     *     folders
     */
    String value();

    /**
     * Which of the state dicts of a checkpoint of PyTorch's is loaded, as by {@code StateDicts.read(path, entry)}: its key in
     * the dictionary that was saved. Left out, it is the one under the first of the usual names {@code state_dict},
     * {@code model_state_dict}, {@code model}, {@code net}, {@code module} and {@code weights}, or the only one.
     *
     * <pre>{@code
     * @Weights(value = "last.pth", entry = "ema")    // torch.save({"model": ..., "ema": ..., "optimizer": ...}, "last.pth")
     * }</pre>
     *
     * @return such as {@code "ema"}; an error of a safetensors file, which is one state dict
     */
    String entry() default "";

    /**
     * Whether the file has exactly the network's keys. If not, keys that no layer has are passed over, and parameters that
     * the file does not have begin as {@code create(0)} draws them, such as those of a new last layer. A shape that differs
     * is an error all the same, as in PyTorch; and so is a file with no key of the network.
     *
     * @return true unless written
     */
    boolean strict() default true;
}
