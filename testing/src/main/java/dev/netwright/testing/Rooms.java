package dev.netwright.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A module's rooms: its packages, of which each uses only those that its arrows lead to, without a cycle. A package is
 * named by what follows the root's name, the root itself by nothing; a package without arrows of its own belongs to the
 * one around it. A class may be a room of its own.
 */
public final class Rooms {
    /** The root package itself. */
    public static final String ROOT = "";

    private final String root;
    private final JavaClasses main;
    private final Map<String, List<String>> arrows = new LinkedHashMap<>();
    private final List<Class<?>> single = new ArrayList<>();

    private Rooms(String root) {
        this.root = root;
        this.main = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(root);
    }

    /**
     * The rooms below a package.
     *
     * @param root the package's name
     * @return rooms without arrows
     */
    public static Rooms of(String root) {
        return new Rooms(root);
    }

    /**
     * Says what a room may use.
     *
     * @param room the package
     * @param others what it may use beside itself and what is no room
     * @return this
     */
    public Rooms room(String room, String... others) {
        arrows.put(room, List.of(others));
        return this;
    }

    /**
     * Makes a class a room of its own, outside the package that it lies in.
     *
     * @param type the class; its room has its simple name
     * @param others what it may use beside itself and what is no room
     * @return this
     */
    public Rooms room(Class<?> type, String... others) {
        single.add(type);
        return room(type.getSimpleName(), others);
    }

    /**
     * The module's classes, for further rules.
     *
     * @return without its tests
     */
    public JavaClasses classesOfTheModule() {
        return main;
    }

    /** Fails where a package has no room, an arrow is crossed, or there is a cycle. */
    public void check() {
        checkEveryClassHasARoom();
        arrows.keySet().forEach(this::checkArrows);
        slices().assignedFrom(byRoom()).should().beFreeOfCycles().check(main);
    }

    private void checkEveryClassHasARoom() {
        Set<String> inhabited = new TreeSet<>();
        for (JavaClass type : main) {
            Optional<String> room = roomOf(type);
            assertThat(room).as("the room of %s", type.getName()).isPresent();
            inhabited.add(room.get());
        }
        assertThat(inhabited).isEqualTo(new TreeSet<>(arrows.keySet()));
    }

    private void checkArrows(String room) {
        List<String> others = arrows.get(room);
        assertThat(arrows.keySet()).containsAll(others);
        DescribedPredicate<JavaClass> allowed = DescribedPredicate.describe(
                "are in " + name(room) + ", " + others.stream().map(Rooms::name).collect(joining(", ")) + " or no room",
                type -> roomOf(type)
                        .map(used -> used.equals(room) || others.contains(used))
                        .orElse(true));
        DescribedPredicate<JavaClass> inside = DescribedPredicate.describe(
                "are in " + name(room),
                type -> roomOf(type).filter(room::equals).isPresent());
        classes().that(inside).should().onlyDependOnClassesThat(allowed).check(main);
    }

    private static String name(String room) {
        return room.equals(ROOT) ? "the root" : room;
    }

    /** The nearest room around a class; nothing outside the module, and below the root itself. */
    private Optional<String> roomOf(JavaClass type) {
        JavaClass element = type.getBaseComponentType();
        for (Class<?> apart : single) {
            if (element.getName().equals(apart.getName()) || element.getName().startsWith(apart.getName() + "$")) {
                return Optional.of(apart.getSimpleName());
            }
        }
        String inside = element.getPackageName();
        if (inside.equals(root)) {
            return Optional.of(ROOT);
        }
        if (!inside.startsWith(root + ".")) {
            return Optional.empty();
        }
        String room = inside.substring(root.length() + 1);
        while (!arrows.containsKey(room) && room.indexOf('.') >= 0) {
            room = room.substring(0, room.lastIndexOf('.'));
        }
        return Optional.of(room).filter(arrows::containsKey);
    }

    private SliceAssignment byRoom() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                return roomOf(javaClass).map(SliceIdentifier::of).orElseGet(SliceIdentifier::ignore);
            }

            @Override
            public String getDescription() {
                return "rooms of " + root;
            }
        };
    }
}
