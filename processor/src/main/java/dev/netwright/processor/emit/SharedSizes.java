package dev.netwright.processor.emit;

import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Kernels for programs without the Vector API, which are a third of what is generated: methods that differ in their sizes
 * alone are one, with these as parameters. ResNet-20's scalar step takes 3 % longer so, and a cold javac of large networks 4
 * to 5 % less. Vector kernels are written for each size, as C2 needs to know it.
 */
final class SharedSizes {
    /** Lines of a kernel from which a call is shorter. */
    private static final int LEAST_LINES = 8;

    /** Sizes that a call may name. */
    private static final int MOST_SIZES = 24;

    private static final String SIZE = "size";

    /**
     * A text without its whole numbers.
     *
     * @param text with a zero byte in the place of each
     * @param numbers these
     */
    private record Skeleton(String text, List<String> numbers) {
        private static final char NUMBER = 0;

        static Skeleton of(String text) {
            StringBuilder rest = new StringBuilder(text.length());
            List<String> numbers = new ArrayList<>();
            int i = 0;
            while (i < text.length()) {
                int end = end(text, i);
                if (isWhole(text, i, end)) {
                    rest.append(NUMBER);
                    numbers.add(text.substring(i, end));
                } else {
                    rest.append(text, i, end);
                }
                i = end;
            }
            return new Skeleton(rest.toString(), numbers);
        }

        /** The end of a word or number, of a comment, or of one other character. */
        private static int end(String text, int start) {
            if (text.startsWith("//", start)) {
                return text.indexOf('\n', start);
            }
            int end = start;
            while (end < text.length() && (isPart(text.charAt(end)) || isSignOfExponent(text, start, end))) {
                end++;
            }
            return Math.max(end, start + 1);
        }

        private static boolean isPart(char c) {
            return Character.isJavaIdentifierPart(c) || c == '.';
        }

        private static boolean isSignOfExponent(String text, int start, int at) {
            return text.charAt(at) == '-'
                    && at > start
                    && Character.isDigit(text.charAt(start))
                    && (text.charAt(at - 1) | 0x20) == 'e';
        }

        private static boolean isWhole(String text, int start, int end) {
            for (int i = start; i < end; i++) {
                if (!Character.isDigit(text.charAt(i))) {
                    return false;
                }
            }
            return true;
        }

        /** The text with other words in the places of the numbers. */
        String with(List<String> words) {
            StringBuilder whole = new StringBuilder(text.length() + 4 * words.size());
            int next = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == NUMBER) {
                    whole.append(words.get(next++));
                } else {
                    whole.append(c);
                }
            }
            return whole.toString();
        }
    }

    /** A method's part in a group: what each call of it is to name behind its arguments. */
    private record Replaced(String by, List<String> sizes) {}

    /** Of bodies as they are now: most do not change when others are shared. */
    private final Map<KernelMethod, Skeleton> skeletons = new HashMap<>();

    private List<KernelMethod> methods;

    SharedSizes(List<KernelMethod> methods) {
        this.methods = methods;
    }

    /** In their order, each kernel with the helpers that are its own. */
    List<KernelMethod> methods() {
        // helpers call helpers: once those are equal, so may be what calls them
        while (share()) {
            continue;
        }
        extract();
        share();
        return methods;
    }

    /** Kernels that differ in sizes alone, and are longer than a call, call a helper of their own each, to be shared. */
    private void extract() {
        Map<String, Integer> alike = new HashMap<>();
        for (KernelMethod method : methods) {
            if (!method.isHelper() && isLong(method)) {
                alike.merge(key(method), 1, Integer::sum);
            }
        }
        List<KernelMethod> all = new ArrayList<>();
        for (KernelMethod method : methods) {
            all.add(method);
            boolean several = !method.isHelper() && isLong(method) && alike.get(key(method)) > 1;
            if (several) {
                all.add(method.extracted(method.name() + "OfSizes"));
                skeletons.remove(method);
            }
        }
        methods = all;
    }

    private static boolean isLong(KernelMethod method) {
        return method.body().marked().chars().filter(c -> c == '\n').count() >= LEAST_LINES;
    }

    private boolean share() {
        Map<String, List<KernelMethod>> groups = new LinkedHashMap<>();
        for (KernelMethod method : methods) {
            if (method.isHelper()) {
                groups.computeIfAbsent(key(method), any -> new ArrayList<>()).add(method);
            }
        }
        Map<String, Replaced> replaced = new HashMap<>();
        Set<KernelMethod> shared = new HashSet<>();
        for (List<KernelMethod> group : groups.values()) {
            if (group.size() > 1) {
                share(group, replaced, shared);
            }
        }
        if (replaced.isEmpty()) {
            return false;
        }
        List<KernelMethod> rest = new ArrayList<>();
        for (KernelMethod method : methods) {
            if (shared.contains(method) || !replaced.containsKey(method.name())) {
                String text = method.body().marked();
                String calling = calls(text, replaced);
                if (!calling.equals(text)) {
                    write(method, calling);
                }
                rest.add(method);
            }
        }
        methods = rest;
        return true;
    }

    private void share(List<KernelMethod> group, Map<String, Replaced> replaced, Set<KernelMethod> shared) {
        KernelMethod first = group.get(0);
        List<List<String>> numbers =
                group.stream().map(method -> skeletons.get(method).numbers()).toList();
        List<String> words = new ArrayList<>(numbers.get(0));
        Map<List<String>, String> names = new LinkedHashMap<>();
        // those it got when it was shared before, by methods that called others then
        int known = (int) first.parameters().stream()
                .filter(parameter -> parameter.startsWith("int " + SIZE))
                .count();
        for (int i = 0; i < words.size(); i++) {
            int place = i;
            List<String> column = numbers.stream().map(each -> each.get(place)).toList();
            if (column.stream().distinct().count() > 1) {
                words.set(i, names.computeIfAbsent(column, any -> SIZE + (known + names.size() + 1)));
            }
        }
        if (names.size() > MOST_SIZES) {
            return;
        }
        List<List<String>> columns = List.copyOf(names.keySet());
        for (int i = 0; i < group.size(); i++) {
            int member = i;
            List<String> sizes =
                    columns.stream().map(column -> column.get(member)).toList();
            replaced.put(group.get(i).name(), new Replaced(first.name(), sizes));
        }
        names.values().forEach(name -> first.parameter(TypeName.INT, name));
        write(first, skeletons.get(first).with(words));
        shared.add(first);
    }

    private void write(KernelMethod method, String text) {
        method.body(method.body().with(text));
        skeletons.remove(method);
    }

    private Skeleton skeleton(KernelMethod method) {
        return skeletons.computeIfAbsent(
                method, any -> Skeleton.of(method.body().marked()));
    }

    /** What methods have in common that differ in sizes alone. */
    private String key(KernelMethod method) {
        return method.parameters() + skeleton(method).text();
    }

    /** The text with each call of a method that was replaced as a call of what it was replaced by. */
    private static String calls(String text, Map<String, Replaced> replaced) {
        StringBuilder result = new StringBuilder(text.length());
        int copied = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (Character.isJavaIdentifierPart(text.charAt(i))) {
                continue;
            }
            Replaced by = text.charAt(i) == '(' && i > start ? replaced.get(text.substring(start, i)) : null;
            if (by != null) {
                int end = closing(text, i);
                result.append(text, copied, start).append(by.by()).append(text, i, end);
                by.sizes()
                        .forEach(size -> result.append(',').append(Code.wrap()).append(size));
                copied = end;
            }
            start = i + 1;
        }
        return result.append(text, copied, text.length()).toString();
    }

    private static int closing(String text, int opening) {
        int depth = 0;
        for (int i = opening; ; i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
    }
}
