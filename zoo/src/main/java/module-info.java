/**
 * Well-known networks as annotated classes, and the models generated from them; no weights.
 *
 * <p>{@code jdk.incubator.vector} is read where it is there: the models' vector kernels need it, their scalar ones do
 * not.
 */
module dev.netwright.zoo {
    requires transitive dev.netwright.annotations;
    requires transitive dev.netwright.runtime;
    requires static jdk.incubator.vector;

    exports dev.netwright.zoo;
}
