/**
 * The compiler of networks: an annotation processor that reads annotated classes and writes the code of their models.
 *
 * <p>Of the runtime it uses the readers of files, for {@code @Weights}.
 */
@SuppressWarnings("requires-automatic")
module dev.netwright.processor {
    requires transitive java.compiler;
    requires com.palantir.javapoet;
    requires dev.netwright.runtime;
    requires static jdk.compiler;
    requires static com.google.auto.service;

    exports dev.netwright.processor;

    provides javax.annotation.processing.Processor with
            dev.netwright.processor.NetwrightProcessor;
}
