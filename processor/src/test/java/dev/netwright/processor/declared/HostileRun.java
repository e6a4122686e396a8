package dev.netwright.processor.declared;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import dev.netwright.processor.Compiled;
import dev.netwright.processor.NetwrightProcessor;
import dev.netwright.processor.generated.ClassBytes;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.Options;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;

/** Declarations compiled in one run of javac, each in a package of its own. */
final class HostileRun {
    private static final Pattern NAME = Pattern.compile("(?:class|interface) (\\S+)");
    private static final Pattern PACKAGE = Pattern.compile("\\bh\\d+\\b");
    private static final String HEADER = "package %s; import dev.netwright.annotations.*; %s";

    private final Map<Hostile, String> packages = new LinkedHashMap<>();
    private final Compilation compilation;
    private final Map<String, byte[]> classes = new TreeMap<>();

    HostileRun(List<Hostile> rows) {
        List<JavaFileObject> files = new ArrayList<>();
        for (Hostile row : rows) {
            String name = "h" + packages.size();
            packages.put(row, name);
            row.sources().forEach(source -> files.add(file(name, source)));
        }
        compilation = Compiler.javac()
                .withProcessors(new NetwrightProcessor())
                .withOptions(
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-Xlint:all,-processing",
                        "-Anetwright.lints=off",
                        "-Xmaxerrs",
                        "10000",
                        "-Xmaxwarns",
                        "10000")
                .compile(files);
        boolean good = compilation.status() == Compilation.Status.SUCCESS;
        for (JavaFileObject file : good ? compilation.generatedFiles() : List.<JavaFileObject>of()) {
            if (file.getKind() == Kind.CLASS) {
                String path = file.getName().replaceFirst("^/CLASS_OUTPUT/", "");
                classes.put(path.replaceFirst("\\.class$", "").replace('/', '.'), bytes(file));
            }
        }
    }

    private static JavaFileObject file(String packageName, String source) {
        String plain = source.replace(String.valueOf(Compiled.CARET), "");
        Matcher name = NAME.matcher(plain);
        if (!name.find()) {
            throw new IllegalArgumentException("no class in " + source);
        }
        return JavaFileObjects.forSourceString(packageName + "." + name.group(1), HEADER.formatted(packageName, plain));
    }

    private static byte[] bytes(JavaFileObject file) {
        try (InputStream in = file.openInputStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What javac tells about a declaration, with the source from there on; all that it tells about none. */
    List<String> messages(Hostile row) {
        List<String> messages = new ArrayList<>();
        for (Diagnostic<? extends JavaFileObject> diagnostic : compilation.diagnostics()) {
            boolean told = diagnostic.getKind() != Diagnostic.Kind.NOTE
                    && !diagnostic.getMessage(Locale.ROOT).contains("incubating module");
            if (told && (diagnostic.getSource() == null || packageOf(diagnostic).equals(packages.get(row)))) {
                messages.add(text(diagnostic));
            }
        }
        return messages;
    }

    private static String packageOf(Diagnostic<? extends JavaFileObject> diagnostic) {
        Matcher name = PACKAGE.matcher(diagnostic.getSource().getName());
        return name.find() ? name.group() : "";
    }

    private static String text(Diagnostic<? extends JavaFileObject> diagnostic) {
        String message = diagnostic.getMessage(Locale.ROOT);
        if (diagnostic.getSource() == null) {
            return message;
        }
        try {
            String source = diagnostic.getSource().getCharContent(false).toString();
            return message + "\n" + source.substring((int) diagnostic.getPosition());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The models of a declaration, with equal weights each time. */
    List<Model> models(Hostile row) throws ReflectiveOperationException {
        ClassLoader loader = new ClassBytes(classes);
        List<Model> models = new ArrayList<>();
        for (String name : classes.keySet()) {
            if (name.matches(packages.get(row) + "\\.[^.]+Model")) {
                Class<?> type = Class.forName(name, true, loader);
                if (Model.class.isAssignableFrom(type)) {
                    models.add((Model) type.getMethod("create", long.class, Options.class)
                            .invoke(null, 1L, Options.defaults().threads(1)));
                }
            }
        }
        return models;
    }
}
