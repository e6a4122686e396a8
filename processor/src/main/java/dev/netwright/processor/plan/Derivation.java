package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Exprs;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A fingerprint of what a program derives from parameters and buffers. Networks that share weights share this too if
 * their fingerprints are equal: then the same kernels write the same floats to the same places.
 */
public final class Derivation {
    private final StringBuilder text = new StringBuilder();

    private Derivation() {}

    /** @return empty for a program that derives nothing */
    public static String fingerprint(Plan.Program program) {
        if (program.prepared() == 0) {
            return "";
        }
        Derivation derivation = new Derivation();
        derivation.add(program.prepared());
        boolean tables = false;
        for (Step step : program.prepare()) {
            derivation.add(step.kernel());
            derivation.add(step.operands());
            derivation.add(step.work());
            tables |= step.operands().stream().anyMatch(place -> place.array() == Place.Array.CONSTANTS);
        }
        if (tables) {
            derivation.add(program.constants());
            derivation.add(program.byteTables());
        }
        return derivation.digest();
    }

    private String digest() {
        try {
            byte[] sum =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Component by component: texts of their own, which some records have, may leave out what matters. */
    private void add(Object value) {
        if (value instanceof Record record) {
            text.append(record.getClass().getName()).append('(');
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                add(component(record, component));
            }
            text.append(')');
        } else if (value instanceof List<?> list) {
            text.append('[');
            list.forEach(this::add);
            text.append(']');
        } else if (value instanceof Expr expr) {
            add(expr);
        } else if (value == null || value instanceof Number || value instanceof Boolean || value instanceof String) {
            text.append(value).append(' ');
        } else if (value instanceof Enum<?> constant) {
            text.append(constant.name()).append(' ');
        } else {
            throw new IllegalStateException("A kernel has a " + value.getClass() + ", which no fingerprint knows.");
        }
    }

    private static Object component(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Each distinct part once, by its number. */
    private void add(Expr expr) {
        Map<Expr, Integer> numbers = new HashMap<>();
        for (Expr part : Exprs.inOrder(expr)) {
            numbers.put(part, numbers.size());
            text.append(part.getClass().getName()).append(' ').append(operation(part));
            part.parts().forEach(each -> text.append(' ').append(numbers.get(each)));
            text.append(';');
        }
    }

    private static Object operation(Expr part) {
        if (part instanceof Expr.Argument argument) {
            return argument.index();
        } else if (part instanceof Expr.Constant constant) {
            return constant.value();
        } else if (part instanceof Expr.Unary unary) {
            return unary.op().name();
        } else if (part instanceof Expr.Binary binary) {
            return binary.op().name();
        } else if (part instanceof Expr.Select select) {
            return select.comparison().name();
        }
        return "";
    }
}
