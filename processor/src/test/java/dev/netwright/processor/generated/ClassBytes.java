package dev.netwright.processor.generated;

import java.util.Map;

/** Loads classes from what a compilation in memory made of them. */
public final class ClassBytes extends ClassLoader {
    private final Map<String, byte[]> classes;

    /** @param classes class files by the names of the classes */
    public ClassBytes(Map<String, byte[]> classes) {
        super(ClassBytes.class.getClassLoader());
        this.classes = classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }
}
