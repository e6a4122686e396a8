package dev.netwright.testing;

import static org.assertj.core.api.Assertions.assertThat;

/** The versions of libraries that tests run with: the build's, or what {@code .ci/dependencies} puts in place of one. */
public final class LibraryVersions {
    private LibraryVersions() {}

    /** Without this, tests on another version could run on the build's and show nothing. */
    public static void check(Class<?>... ofLibraries) {
        String[] expected = System.getProperty("netwright.libraries").strip().split("\\s+");
        for (Class<?> type : ofLibraries) {
            assertThat(ClassPlace.of(type).getFileName().toString())
                    .as(type.getName())
                    .isIn((Object[]) expected);
        }
    }
}
