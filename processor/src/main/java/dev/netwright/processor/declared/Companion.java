package dev.netwright.processor.declared;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;

/**
 * What is generated beside each network and block, for those that extend or use it: the order of its fields, which class
 * files need not keep, and a fingerprint, so that code that was compiled against another version says so.
 *
 * @param packageName of both
 * @param simpleName such as {@code Vgg16Layers}
 * @param order names of the layers' fields
 * @param fingerprint of what the class itself declares
 */
public record Companion(String packageName, String simpleName, List<String> order, String fingerprint) {
    private static final int DIGITS = 16;

    public Companion {
        order = List.copyOf(order);
    }

    static Companion of(TypeElement type, String packageName, List<DeclaredLayer> layers, String further) {
        String text = layers.stream().map(Companion::text).collect(Collectors.joining("\n", "", "\n" + further));
        List<String> order = layers.stream().map(DeclaredLayer::fieldName).toList();
        return new Companion(packageName, name(type), order, digest(text));
    }

    /** Its simple name. */
    private static String name(TypeElement type) {
        return stem(type) + "Layers";
    }

    /** Its name with its package. */
    static String qualifiedName(TypeElement type, String packageName) {
        return qualifiedName(packageName, name(type));
    }

    /** {@code Outer_Inner} of a class within another. */
    static String stem(TypeElement type) {
        StringBuilder name = new StringBuilder(type.getSimpleName());
        for (Element outer = type.getEnclosingElement();
                outer.getKind() != ElementKind.PACKAGE;
                outer = outer.getEnclosingElement()) {
            name.insert(0, outer.getSimpleName() + "_");
        }
        return name.toString();
    }

    public String qualifiedName() {
        return qualifiedName(packageName, simpleName);
    }

    private static String qualifiedName(String packageName, String simpleName) {
        return packageName.isEmpty() ? simpleName : packageName + "." + simpleName;
    }

    private static String text(DeclaredLayer layer) {
        String repeat = layer.repeat() == null
                ? ""
                : " x" + new TreeMap<>(layer.repeat().attributes().written());
        return String.join(
                " ",
                layer.fieldName(),
                String.valueOf(layer.writtenKey()),
                String.valueOf(layer.annotation()),
                new TreeMap<>(layer.attributes().written()).toString(),
                String.valueOf(layer.insertAfter()),
                repeat,
                layer.output() ? "output" : "");
    }

    private static String digest(String text) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
