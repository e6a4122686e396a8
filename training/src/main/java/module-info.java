/** Datasets, loader, transforms, trainer, metrics, TensorBoard logs and progress for generated networks. */
module dev.netwright.training {
    requires transitive dev.netwright.runtime;
    requires java.desktop;
    requires me.tongfei.progressbar;

    exports dev.netwright.training;
}
