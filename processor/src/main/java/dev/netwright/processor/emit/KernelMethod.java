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

    KernelMethod javadoc(String text) {
        head.add("/**\n * $L\n */\n", SourceText.javadoc(text));
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
