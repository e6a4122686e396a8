package dev.netwright.testing;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where classes come from. */
public final class ClassPlace {
    private ClassPlace() {}

    /** The folder or jar that a class was loaded from. */
    public static Path of(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
