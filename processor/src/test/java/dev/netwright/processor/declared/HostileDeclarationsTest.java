package dev.netwright.processor.declared;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import dev.netwright.processor.Compiled;
import dev.netwright.processor.NetwrightProcessor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/** Every declaration gives right code or one message where it is wrong; none an exception, none an error of javac's. */
class HostileDeclarationsTest {
    private static final Pattern NAME = Pattern.compile("(?:class|interface) (\\S+)");

    @Test
    void explore() {
        List<Hostile> rows = Hostile.rows().toList();
        for (boolean bad : new boolean[] {true, false}) {
            Map<String, Hostile> packages = new LinkedHashMap<>();
            List<JavaFileObject> files = new ArrayList<>();
            for (Hostile row : rows) {
                if (row.ids().isEmpty() == bad) {
                    continue;
                }
                String pack = "h" + packages.size();
                packages.put(pack, row);
                for (String source : row.sources()) {
                    String plain = source.replace("^", "");
                    Matcher name = NAME.matcher(plain);
                    name.find();
                    files.add(JavaFileObjects.forSourceString(
                            pack + "." + name.group(1), "package " + pack + "; import dev.netwright.annotations.*; " + plain));
                }
            }
            long start = System.nanoTime();
            Compilation compilation = Compiler.javac()
                    .withProcessors(new NetwrightProcessor())
                    .withOptions("--add-modules", "jdk.incubator.vector", "-Xlint:all,-processing", "-Anetwright.lints=off", "-Xmaxerrs", "10000", "-Xmaxwarns", "10000")
                    .compile(files);
            System.out.println(bad + " " + packages.size() + " rows " + (System.nanoTime() - start) / 1e9 + " s");
            for (Diagnostic<? extends JavaFileObject> d : compilation.diagnostics()) {
                if (d.getKind() == Diagnostic.Kind.NOTE) continue;
                String file = d.getSource() == null ? "?" : d.getSource().getName();
                Matcher m = Pattern.compile("h\\d+").matcher(file);
                String what = m.find() ? packages.get(m.group()).what() : "?";
                String text = d.getMessage(Locale.ROOT);
                if (what.equals("?")) { System.out.println("?? " + d.getKind() + " " + text); continue; }
                if (bad) {
                    Hostile row = packages.remove(m.group());
                    if (row == null) { System.out.println("MORE " + what + " " + text); continue; }
                    String got = text.startsWith("[") ? text.substring(1, text.indexOf(']')) : "javac";
                    String src = String.join("\n", row.sources());
                    String rest = src.substring(src.indexOf('^') + 1).replace("^", "");
                    try {
                    String content = d.getSource().getCharContent(false).toString();
                    String at = content.substring((int) d.getPosition());
                    if (!got.equals(row.ids().get(0)) || !rest.startsWith(at.substring(0, Math.min(5, at.length()))))
                        System.out.println("BAD " + row.what() + ": " + text.lines().limit(12).toList() + " at " + at.substring(0, Math.min(30, at.length())));
                    } catch (Exception e) { throw new RuntimeException(e); }
                } else {
                    System.out.println(d.getKind() + " " + what + " " + file + ":" + d.getLineNumber() + " " + text.lines().limit(12).toList());
                }
            }
            if (bad) packages.values().forEach(row -> System.out.println("NONE " + row.what()));
        }
    }
}
