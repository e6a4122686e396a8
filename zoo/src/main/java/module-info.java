/** Well-known networks as annotated classes to extend, and the blocks that they are made of; no models and no weights. */
module dev.netwright.zoo {
    requires transitive dev.netwright.annotations;

    exports dev.netwright.zoo;
}
