package dev.netwright.runtime.generated;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the classes that Netwright generates. JaCoCo, and what reads its reports, leave out classes with an annotation
 * of this name that is kept in class files, as {@code javax.annotation.processing.Generated} is not.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Generated {}
