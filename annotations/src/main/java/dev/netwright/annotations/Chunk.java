package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One of the equal parts of its input along one dimension.
 *
 * <p>Shape: parts have {@code ceil(size / chunks)} elements of dimension {@link #dim}, the last what is left. Where the
 * parts before have used up everything there are fewer than {@link #chunks}, as in PyTorch: 5 elements in 4 chunks are
 * 2, 2 and 1.
 *
 * <p>Errors: an {@link #index} that no part has; {@link #dim} is 0, the batch, or outside the shape.
 *
 * <p>PyTorch: {@code torch.chunk(x, chunks, dim)[index]}. A layer has one output, so each part that is wanted is a layer
 * of its own.
 *
 * <pre>{@code
 * @Chunk(chunks = 2, index = 0, from = "block") Layer left;      // 2C x H x W to C x H x W
 * @Chunk(chunks = 2, index = 1, from = "block") Layer right;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Chunk {
    /**
     * Into how many parts the dimension is divided.
     *
     * @return at least 1
     */
    int chunks();

    /**
     * The dimension that is divided. The batch is dimension 0, which may not be named; -1 is the last.
     *
     * @return 1, the channels, unless written
     */
    int dim() default 1;

    /**
     * Which part.
     *
     * @return from 0 on
     */
    int index();

    /**
     * The layer it reads, by field name, or {@code "input"}. Left out: the layer declared before it.
     *
     * @return at most one name
     */
    String[] from() default {};
}
