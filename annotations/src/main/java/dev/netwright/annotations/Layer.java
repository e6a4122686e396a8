package dev.netwright.annotations;

/**
 * The type of the fields that declare layers. There is nothing in it, and nothing implements it: a declared class is
 * only read by the compiler, and the model it writes has a field of the layer's own type under the same name.
 *
 * <pre>{@code
 * @Linear(outFeatures = 10) Layer fc;
 * }</pre>
 *
 * <p>A field of this type carries exactly one layer annotation; other fields of a declared class are ignored.
 */
public interface Layer {}
