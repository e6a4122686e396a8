package dev.netwright.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;

/** Keeps all that a compiler writes in memory; of it the reports are asked for. */
final class MemoryFiles extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, Memory> reports = new TreeMap<>();

    MemoryFiles(JavaFileManager files) {
        super(files);
    }

    /** What was written beside sources and classes, by its path. */
    Map<String, byte[]> reports() {
        Map<String, byte[]> written = new TreeMap<>();
        reports.forEach((path, report) -> {
            if (report.bytes.size() > 0) {
                written.put(path, report.bytes.toByteArray());
            }
        });
        return written;
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(Location location, String name, Kind kind, FileObject sibling) {
        return new Memory(name.replace('.', '/') + kind.extension, kind);
    }

    @Override
    public FileObject getFileForOutput(Location location, String packageName, String name, FileObject sibling) {
        String path = packageName.isEmpty() ? name : packageName.replace('.', '/') + "/" + name;
        return reports.computeIfAbsent(path, written -> new Memory(written, Kind.OTHER));
    }

    /** One file. */
    private static final class Memory extends SimpleJavaFileObject {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Memory(String path, Kind kind) {
            super(URI.create("memory:///" + path), kind);
        }

        @Override
        public OutputStream openOutputStream() {
            bytes.reset();
            return bytes;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text(bytes.toByteArray());
        }
    }
}
