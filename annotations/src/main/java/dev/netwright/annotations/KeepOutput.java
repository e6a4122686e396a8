package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Keeps the last activation of this layer, so that {@code net.conv1.output()} can give it.
 *
 * <p>Without the mark a layer's result lives only as long as the layers after it need it, and may never exist on its
 * own once layers are fused. Outputs of the network are always kept, though not all samples of a prediction or training
 * step so large that it is computed in parts, which a mark on any layer rules out. The mark costs the memory of one
 * batch of results and the fusions across it.
 *
 * <pre>{@code
 * @Conv2d(outChannels = 6, kernelSize = 3) @KeepOutput Layer conv1;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface KeepOutput {}
