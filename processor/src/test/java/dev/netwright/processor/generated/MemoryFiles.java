package dev.netwright.processor.generated;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;

/** Keeps in memory what javac and the processor write. */
final class MemoryFiles extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, Written> classes = new LinkedHashMap<>();
    private final Map<String, Written> sources = new LinkedHashMap<>();
    private final Map<String, Written> resources = new LinkedHashMap<>();

    MemoryFiles(JavaFileManager manager) {
        super(manager);
    }

    /** Class files by class name. */
    Map<String, byte[]> classes() {
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        classes.forEach((name, file) -> bytes.put(name, file.bytes()));
        return bytes;
    }

    /** Generated sources by class name. */
    Map<String, String> sources() {
        Map<String, String> texts = new LinkedHashMap<>();
        sources.forEach((name, file) -> texts.put(name, file.getCharContent(true)));
        return texts;
    }

    /** What is neither, by package and file name. */
    Map<String, String> resources() {
        Map<String, String> texts = new LinkedHashMap<>();
        resources.forEach((name, file) -> texts.put(name, file.getCharContent(true)));
        return texts;
    }

    static JavaFileObject source(String className, String text) {
        Written file = new Written(className, Kind.SOURCE);
        file.content.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return file;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(Location location, String className, Kind kind, FileObject sibling) {
        Written file = new Written(className, kind);
        (kind == Kind.CLASS ? classes : sources).put(className, file);
        return file;
    }

    @Override
    public FileObject getFileForOutput(Location location, String packageName, String relativeName, FileObject sibling) {
        String name = packageName.isEmpty() ? relativeName : packageName + "." + relativeName;
        Written file = new Written(name, Kind.OTHER);
        resources.put(name, file);
        return file;
    }

    @Override
    public boolean isSameFile(FileObject a, FileObject b) {
        // Javac compares each file with all that were written before, and to compare URIs took a tenth of the tests'
        // time.
        return a == b || (a.getClass() == b.getClass() && a.getName().equals(b.getName()));
    }

    /** @throws IOException never; javac flushes the manager at its end */
    @Override
    public void flush() throws IOException {
        // nothing is buffered
    }

    private static final class Written extends SimpleJavaFileObject {
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        Written(String className, Kind kind) {
            super(URI.create("memory:///" + className.replace('.', '/') + kind.extension), kind);
        }

        byte[] bytes() {
            return content.toByteArray();
        }

        @Override
        public OutputStream openOutputStream() {
            return content;
        }

        @Override
        public String getCharContent(boolean ignoreEncodingErrors) {
            return content.toString(StandardCharsets.UTF_8);
        }
    }
}
