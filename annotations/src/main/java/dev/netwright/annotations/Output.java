package dev.netwright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a layer as an output of the network. Without any mark the last layer is the only output.
 *
 * <p>Several outputs come out in declared order, as the components of a record; a loss says by {@code of} which it
 * judges. What a record's component cannot be called, such as {@code hashCode} or {@code wait}, has an underscore
 * behind it there. Errors: more than 100 outputs.
 *
 * <pre>{@code
 * @Linear(outFeatures = 10, from = "features") @Output Layer classes;
 * @Linear(outFeatures = 4, from = "features") @Output Layer box;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Output {}
