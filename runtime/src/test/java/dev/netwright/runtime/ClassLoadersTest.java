package dev.netwright.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import dev.netwright.testing.ClassPlace;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server, a plug-in's host or a development tool loads and drops again is gone afterwards. */
class ClassLoadersTest {
    private static final int DEPLOYMENTS = 20;
    /** Idle workers end after seconds: far beyond, on any machine. */
    private static final int ATTEMPTS = 1_200;

    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    @TempDir
    private Path folder;

    @Test
    void aDroppedDeploymentLeavesNothing() throws Exception {
        Path runtime = folder.resolve("netwright-runtime.jar");
        pack(runtime, ClassPlace.of(Model.class));
        URL[] urls = {
            runtime.toUri().toURL(),
            ClassPlace.of(Deployment.class).toUri().toURL(),
            ClassPlace.of(JsonFactory.class).toUri().toURL()
        };
        List<WeakReference<ClassLoader>> deployed = new ArrayList<>();
        for (int i = 0; i < DEPLOYMENTS; i++) {
            deployed.add(deploy(urls));
        }
        for (int i = 0; i < ATTEMPTS && left(deployed) > 0; i++) {
            System.gc();
            Thread.sleep(50);
        }
        assertThat(left(deployed)).as("class loaders left of %d", DEPLOYMENTS).isZero();
        if (Files.isDirectory(OPEN_FILES)) {
            assertThat(openFiles()).doesNotContain(runtime.toRealPath());
        } else {
            System.out.println("ClassLoadersTest cannot see on this system which files are open.");
        }
    }

    private WeakReference<ClassLoader> deploy(URL[] urls) throws Exception {
        try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            Class<?> application = loader.loadClass(Deployment.class.getName());
            assertThat(application).isNotSameAs(Deployment.class);
            @SuppressWarnings("unchecked")
            Consumer<Path> deployment =
                    (Consumer<Path>) application.getConstructor().newInstance();
            deployment.accept(folder);
            return new WeakReference<>(loader);
        }
    }

    private static long left(List<WeakReference<ClassLoader>> deployed) {
        return deployed.stream().filter(loader -> loader.get() != null).count();
    }

    private static void pack(Path jar, Path classes) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                entries.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, entries);
            }
        }
    }

    private static Set<Path> openFiles() throws IOException {
        try (Stream<Path> descriptors = Files.list(OPEN_FILES)) {
            return Set.copyOf(descriptors.flatMap(ClassLoadersTest::target).toList());
        }
    }

    /** Of a link that may be gone: the one of the folder that is being listed. */
    private static Stream<Path> target(Path link) {
        try {
            return Stream.of(Files.readSymbolicLink(link));
        } catch (IOException gone) {
            return Stream.empty();
        }
    }
}
