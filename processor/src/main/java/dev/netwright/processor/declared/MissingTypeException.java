package dev.netwright.processor.declared;

import dev.netwright.processor.diagnostic.Origin;

/** A network refers to a type that does not exist yet: another processor may still generate it. */
public final class MissingTypeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Origin origin;
    private final String subject;

    MissingTypeException(Origin origin, String subject, String reason) {
        super(reason);
        this.origin = origin;
        this.subject = subject;
    }

    /** The field or class that refers to it. */
    public Origin origin() {
        return origin;
    }

    /** That field's or class's name. */
    public String subject() {
        return subject;
    }

    /** What is missing, as a clause. */
    public String reason() {
        return getMessage();
    }
}
