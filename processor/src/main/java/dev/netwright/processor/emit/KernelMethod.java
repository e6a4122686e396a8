package dev.netwright.processor.emit;

import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.List;

/** A method of a class of kernels, which returns nothing: tens of thousands of lines do without JavaPoet's care. */
final class KernelMethod {
    private final String name;
    private final List<String> parameters = new ArrayList<>();
    private final Code.Builder head = Code.builder();
    private String modifiers = "private ";
    private Code body;

    private KernelMethod(String name) {
        this.name = name;
    }

    /** A private one, with a body to come. */
    static KernelMethod named(String name) {
        return new KernelMethod(name);
    }

    /** @param modifiers instead of private, in their order; may be empty */
    KernelMethod modifiers(String modifiers) {
        this.modifiers = modifiers.isEmpty() ? "" : modifiers + " ";
        return this;
    }

    KernelMethod overriding() {
        head.add("@Override\n");
        return modifiers("public");
    }

    KernelMethod javadoc(List<String> paragraphs) {
        head.add("/**\n");
        for (int i = 0; i < paragraphs.size(); i++) {
            head.add(i == 0 ? "" : " *\n");
            SourceText.lines((i == 0 ? "" : "<p>") + SourceText.javadoc(paragraphs.get(i) + "."))
                    .forEach(line -> head.add(" * $L\n", line));
        }
        head.add(" */\n");
        return this;
    }

    KernelMethod parameter(TypeName type, String of) {
        parameters.add(type + " " + of);
        return this;
    }

    KernelMethod parameters(List<ParameterSpec> all) {
        all.forEach(each -> parameter(each.type(), each.name()));
        return this;
    }

    String name() {
        return name;
    }

    /** Types and names of its parameters. */
    List<String> parameters() {
        return List.copyOf(parameters);
    }

    Code body() {
        return body;
    }

    /** Whether nothing but the methods of its class calls it. */
    boolean isHelper() {
        return modifiers.startsWith("private");
    }

    /** A private method that does what this one does, which calls it from now on. */
    KernelMethod extracted(String other) {
        KernelMethod helper = named(other).body(body);
        helper.parameters.addAll(parameters);
        List<String> arguments = parameters.stream()
                .map(parameter -> parameter.substring(parameter.lastIndexOf(' ') + 1))
                .toList();
        body(Code.builder()
                .addStatement(other + "(" + String.join(",$W", arguments) + ")")
                .build());
        return helper;
    }

    KernelMethod body(Code code) {
        this.body = code;
        return this;
    }

    /** As a member of a type; without a body it is abstract. */
    Code code() {
        head.add(modifiers + "void " + name + "(" + String.join(",$W", parameters) + ")");
        return body == null
                ? head.add(";\n").build()
                : head.beginControlFlow("").add(body).endControlFlow().build();
    }
}
