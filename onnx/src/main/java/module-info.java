/** Networks written as ONNX files. */
@SuppressWarnings("requires-automatic") // of protobuf-java, whose name is in its manifest
module dev.netwright.onnx {
    requires transitive dev.netwright.runtime;
    requires com.google.protobuf;

    exports dev.netwright.onnx;
    // Messages are printed and compared by reflection.
    exports dev.netwright.onnx.proto to
            com.google.protobuf;
}
