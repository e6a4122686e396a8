package dev.netwright.processor.emit;

import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Kernels that differ in their sizes alone are one method, with these as parameters.
 *
 * <p>In vectors that holds for the helpers of kernels (register tiles, Winograd's transforms), and for kernels that only
 * call these. What the loop of a tile's sums reads by stays literal: JDK 17 would keep range checks otherwise, and with the
 * distance of columns as a parameter four of the twelve sums of a 6 x 2 tile lie on the stack on 16 registers. Without the
 * Vector API it holds for whole kernels: ResNet-20's scalar step takes 3 % longer so.
 */
final class SharedSizes {
    /** Lines of a kernel from which a call is shorter. */
    private static final int LEAST_LINES = 8;

    /** Sizes that a call may name. */
    private static final int MOST_SIZES = 24;

    private static final String OF_SIZES = "OfSizes";

    /** Methods that are told by name. */
    private static final int MOST_TOLD = 6;

    /** A method's part in a group: what each call of it is to name behind its arguments. */
    private record Replaced(String by, List<String> sizes) {}

    private final Lanes lanes;

    /** Of bodies as they are now: most do not change when others are shared. */
    private final Map<KernelMethod, Skeleton> skeletons = new HashMap<>();

    /** Names of the methods that one stands for. */
    private final Map<KernelMethod, Set<String>> stands = new HashMap<>();

    private List<KernelMethod> methods;

    SharedSizes(List<KernelMethod> methods, Lanes lanes) {
        this.methods = methods;
        this.lanes = lanes;
    }

    /** In their order, each kernel with the helpers that are its own. */
    List<KernelMethod> methods() {
        // helpers call helpers: once those are equal, so may be what calls them
        while (share()) {
            continue;
        }
        extract();
        share();
        stands.forEach(SharedSizes::tell);
        return methods;
    }

    /** Their sizes say nothing by themselves. */
    private static void tell(KernelMethod method, Set<String> names) {
        String some = names.stream().limit(MOST_TOLD).collect(Collectors.joining(", "));
        int more = names.size() - MOST_TOLD;
        method.javadoc(List.of(
                "For " + some + (more > 0 ? " and " + more + " more" : "") + ", which differ in their sizes alone"));
    }

    /** Kernels that differ in sizes alone, and are longer than a call, call a helper of their own each, to be shared. */
    private void extract() {
        Map<String, Integer> alike = new HashMap<>();
        for (KernelMethod method : methods) {
            if (isExtracted(method)) {
                alike.merge(key(method), 1, Integer::sum);
            }
        }
        List<KernelMethod> all = new ArrayList<>();
        for (KernelMethod method : methods) {
            all.add(method);
            if (isExtracted(method) && alike.get(key(method)) > 1) {
                all.add(method.extracted(method.name() + OF_SIZES));
                skeletons.remove(method);
            }
        }
        methods = all;
    }

    private boolean isExtracted(KernelMethod method) {
        return !method.isHelper() && isLong(method) && (!lanes.isVector() || isOfCalls(method));
    }

    /** Whether no loop of its own touches an array. */
    private static boolean isOfCalls(KernelMethod method) {
        return method.body().marked().indexOf('[') < 0;
    }

    private static boolean isLong(KernelMethod method) {
        String text = method.body().marked();
        int at = -1;
        for (int line = 0; line < LEAST_LINES; line++) {
            at = text.indexOf('\n', at + 1);
            if (at < 0) {
                return false;
            }
        }
        return true;
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
                if (!Collections.disjoint(skeleton(method).calls(), replaced.keySet())) {
                    write(method, calls(method.body().marked(), replaced));
                }
                rest.add(method);
            }
        }
        methods = rest;
        return true;
    }

    private void share(List<KernelMethod> group, Map<String, Replaced> replaced, Set<KernelMethod> shared) {
        KernelMethod first = group.get(0);
        List<List<String>> sizes =
                group.stream().map(method -> skeleton(method).sizes()).toList();
        List<String> words = new ArrayList<>(sizes.get(0));
        Map<List<String>, String> names = new LinkedHashMap<>();
        SizeNames named = new SizeNames(skeleton(first).text(), parameters());
        int place = -1;
        for (int i = 0; i < words.size(); i++) {
            place = skeleton(first).next(place);
            List<String> column = column(sizes, i);
            if (column.stream().distinct().count() > 1) {
                String multiple = skeleton(first).terms().get(i) ? multiple(column, names) : null;
                if (multiple == null && !names.containsKey(column)) {
                    names.put(column, unused(named.at(place), named, first, names.values()));
                }
                words.set(i, multiple != null ? multiple : names.get(column));
            }
        }
        if (names.size() > MOST_SIZES) {
            return;
        }
        for (int i = 0; i < group.size(); i++) {
            int member = i;
            List<String> own =
                    names.keySet().stream().map(column -> column.get(member)).toList();
            replaced.put(group.get(i).name(), new Replaced(first.name(), own));
        }
        names.values().forEach(name -> first.parameter(TypeName.INT, name));
        write(first, skeleton(first).with(words));
        shared.add(first);
        Set<String> told = stands.computeIfAbsent(first, method -> new LinkedHashSet<>(List.of(told(method))));
        for (KernelMethod method : group) {
            told.addAll(stands.getOrDefault(method, Set.of(told(method))));
        }
    }

    private Map<String, List<String>> parameters() {
        return methods.stream().collect(Collectors.toMap(KernelMethod::name, KernelMethod::parameters));
    }

    /** Such a name, with a number behind it where the method has it already. */
    private static String unused(String name, SizeNames named, KernelMethod method, Collection<String> names) {
        String unused = name;
        for (int i = 2; names.contains(unused) || named.has(unused) || hasParameter(method, unused); i++) {
            unused = name + i;
        }
        return unused;
    }

    private static boolean hasParameter(KernelMethod method, String name) {
        return method.parameters().stream().anyMatch(parameter -> parameter.endsWith(" " + name));
    }

    private static String told(KernelMethod method) {
        String name = method.name();
        return name.endsWith(OF_SIZES) ? name.substring(0, name.length() - OF_SIZES.length()) : name;
    }

    private static List<String> column(List<List<String>> sizes, int place) {
        List<String> column = new ArrayList<>();
        sizes.forEach(each -> column.add(each.get(place)));
        return column;
    }

    /** What gives these sizes by a factor from one that has a name, or null: the columns of a tile are equally far apart. */
    private static String multiple(List<String> column, Map<List<String>, String> names) {
        for (Map.Entry<List<String>, String> named : names.entrySet()) {
            long factor = factor(column, named.getKey());
            if (factor > 1) {
                return factor + " * " + named.getValue();
            }
        }
        return null;
    }

    private static long factor(List<String> column, List<String> of) {
        long factor = Long.parseLong(column.get(0)) / Math.max(1, Long.parseLong(of.get(0)));
        for (int i = 0; i < column.size(); i++) {
            if (Long.parseLong(column.get(i)) != factor * Long.parseLong(of.get(i))) {
                return 0;
            }
        }
        return factor;
    }

    private void write(KernelMethod method, String text) {
        method.body(method.body().with(text));
        skeletons.remove(method);
    }

    private Skeleton skeleton(KernelMethod method) {
        return skeletons.computeIfAbsent(
                method, any -> Skeleton.of(method.body().marked(), lanes.isVector()));
    }

    /** What methods have in common that differ in sizes alone. */
    private String key(KernelMethod method) {
        return method.parameters() + skeleton(method).text();
    }

    /** The text with each call of a method that was replaced as a call of what it was replaced by. */
    private static String calls(String text, Map<String, Replaced> replaced) {
        StringBuilder result = new StringBuilder(text.length());
        int copied = 0;
        for (int opening = text.indexOf('('); opening >= 0; opening = text.indexOf('(', opening + 1)) {
            int start = opening;
            while (start > 0 && SourceText.isPartOfName(text.charAt(start - 1))) {
                start--;
            }
            Replaced by = start < opening ? replaced.get(text.substring(start, opening)) : null;
            if (by != null) {
                int end = closing(text, opening);
                result.append(text, copied, start).append(by.by()).append(text, opening, end);
                by.sizes()
                        .forEach(size -> result.append(',').append(Code.wrap()).append(size));
                copied = end;
            }
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
