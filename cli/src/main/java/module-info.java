/** The command {@code netwright}: what files of weights and declared networks hold. */
module dev.netwright.cli {
    requires dev.netwright.annotations;
    requires dev.netwright.processor;
    requires dev.netwright.runtime;
    requires info.picocli;
    requires java.compiler;

    exports dev.netwright.cli;

    opens dev.netwright.cli to
            info.picocli;
}
