/** Datasets, loader, transforms, trainer, metrics, TensorBoard logs and progress for generated networks. */
@SuppressWarnings("requires-automatic") // of libraries whose names are in their manifests, and VectorGraphics2D
module dev.netwright.training {
    requires transitive dev.netwright.runtime;
    // Pictures are given and taken as java.awt's.
    requires transitive java.desktop;
    requires VectorGraphics2D;
    requires com.google.protobuf;
    requires me.tongfei.progressbar;
    requires org.apache.commons.csv;
    requires org.knowm.xchart;

    exports dev.netwright.training.data;
    exports dev.netwright.training.metrics;
    exports dev.netwright.training.picture;
    exports dev.netwright.training.tensorboard;
    exports dev.netwright.training.trainer;
    exports dev.netwright.training.transforms;
    // Messages are printed and compared by reflection.
    exports dev.netwright.training.tensorboard.proto to
            com.google.protobuf;
}
