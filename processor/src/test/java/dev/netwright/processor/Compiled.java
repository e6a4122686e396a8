package dev.netwright.processor;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import dev.netwright.processor.declared.DeclaredNetwork;
import dev.netwright.processor.generated.NetworkText;
import dev.netwright.processor.graph.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/**
 * A compiler run with the processor.
 *
 * @param compilation as javac tells it
 * @param errors in order
 * @param results of the networks without an error, in order
 */
public record Compiled(Compilation compilation, List<Message> errors, List<Result> results) {
    /** In a source, stands before the character that the caret of the expected error points at; it is taken out. */
    public static final char CARET = '^';

    private static final Pattern NAME = Pattern.compile("(?:class|@?interface|record|enum) (\\w+)");
    private static final String HEADER = "package app; import dev.netwright.annotations.*; ";

    /**
     * An error.
     *
     * @param file its source's name
     * @param line from 1 on
     * @param lineText that line
     * @param rest the source from the caret on
     * @param text the whole message, as javac formats it
     */
    public record Message(String file, long line, String lineText, String rest, String text) {
        public String id() {
            return text.startsWith("[") ? text.substring(1, text.indexOf(']')) : "javac";
        }
    }

    /**
     * An error, warning or note.
     *
     * @param kind which of them
     * @param message what and where
     */
    public record Told(Diagnostic.Kind kind, Message message) {}

    /** What the back end of the compiler was given. */
    public record Result(DeclaredNetwork declared, Network network) {}

    /**
     * Sources, in the package {@code app} unless they name another; the first line is then that of package and
     * imports.
     */
    public static Compiled of(String... sources) {
        return with(List.of(), List.of(), sources);
    }

    /** A network with all source files that it needs. */
    public static Compiled of(NetworkText network) {
        return with(
                List.of(),
                List.of(),
                network.sources().entrySet().stream()
                        .map(source -> JavaFileObjects.forSourceString(source.getKey(), source.getValue()))
                        .toList());
    }

    /** As {@link #of(String...)}, with options of ours. */
    public static Compiled with(List<String> options, String... sources) {
        return with(List.of(), options, sources);
    }

    /** What is told of the sources of any kind, and begins with an id of ours, in order. */
    public List<Told> told() {
        return compilation.diagnostics().stream()
                .map(diagnostic -> new Told(diagnostic.getKind(), message(diagnostic)))
                .filter(told -> told.message().text().startsWith("[netwright/"))
                .toList();
    }

    /** As {@link #of(String...)}, with other processors beside ours. */
    static Compiled with(List<Processor> others, List<String> options, String... sources) {
        return with(others, options, files(sources));
    }

    private static Compiled with(List<Processor> others, List<String> options, List<JavaFileObject> files) {
        List<Result> results = new ArrayList<>();
        List<Processor> processors = new ArrayList<>(others);
        processors.add(new NetwrightProcessor(
                (environment, ignored) -> (network, declared, report) -> results.add(new Result(declared, network))));
        Compilation compilation = run(processors, options, files);
        return new Compiled(
                compilation,
                compilation.errors().stream().map(Compiled::message).toList(),
                results);
    }

    /** As {@link #of(String...)}, in an environment that is not javac's own. */
    public static Compiled inWrappedEnvironment(String... sources) {
        ClassLoader loader = Compiled.class.getClassLoader();
        Processor inner = new NetwrightProcessor((environment, options) -> (network, declared, report) -> {});
        InvocationHandler outer = (proxy, method, arguments) -> {
            if (method.getName().equals("init")) {
                Object environment = arguments[0];
                arguments[0] = Proxy.newProxyInstance(
                        loader,
                        new Class<?>[] {ProcessingEnvironment.class},
                        (wrapper, called, with) -> called.invoke(environment, with));
            }
            return method.invoke(inner, arguments);
        };
        return with((Processor) Proxy.newProxyInstance(loader, new Class<?>[] {Processor.class}, outer), sources);
    }

    static Compiled with(Processor processor, String... sources) {
        Compilation compilation = run(List.of(processor), List.of(), files(sources));
        return new Compiled(
                compilation,
                compilation.errors().stream().map(Compiled::message).toList(),
                List.of());
    }

    private static List<JavaFileObject> files(String... sources) {
        List<JavaFileObject> files = new ArrayList<>();
        for (String source : sources) {
            String plain = source.replace(String.valueOf(CARET), "");
            Matcher name = NAME.matcher(plain);
            if (!name.find()) {
                throw new IllegalArgumentException("no class in " + source);
            }
            files.add(
                    plain.startsWith("package")
                            ? JavaFileObjects.forSourceString(name.group(1), plain)
                            : JavaFileObjects.forSourceString("app." + name.group(1), HEADER + plain));
        }
        return files;
    }

    private static Compilation run(List<Processor> processors, List<String> options, List<JavaFileObject> files) {
        return Compiler.javac()
                .withProcessors(processors)
                .withOptions(Stream.concat(Stream.of("-Xlint:all,-processing"), options.stream())
                        .toList())
                .compile(files);
    }

    /** The source's rest from its caret mark on. */
    public static String afterCaret(String source) {
        return source.substring(source.indexOf(CARET) + 1).replace(String.valueOf(CARET), "");
    }

    private static Message message(Diagnostic<? extends JavaFileObject> diagnostic) {
        String text = diagnostic.getMessage(Locale.ROOT);
        if (diagnostic.getSource() == null) {
            return new Message(null, -1, null, null, text);
        }
        String source = content(diagnostic.getSource());
        long line = diagnostic.getLineNumber();
        return new Message(
                diagnostic.getSource().getName(),
                line,
                Arrays.asList(source.split("\n", -1)).get((int) line - 1),
                source.substring((int) diagnostic.getPosition()),
                text);
    }

    private static String content(JavaFileObject file) {
        try {
            return file.getCharContent(false).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
