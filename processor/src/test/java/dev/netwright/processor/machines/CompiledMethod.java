package dev.netwright.processor.machines;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What C2 made of a method, read from what HotSpot prints of it with {@code -XX:CompileCommand=print}.
 *
 * @param name the simple names of class and method, with a point between
 */
record CompiledMethod(String name, byte[] code) {
    /** Of code that replaces a running loop, there is a percent sign before the level, and no entry for callers. */
    private static final Pattern HEADER =
            Pattern.compile("Compiled method \\((c\\d)\\)[\\d ]*(%?)[ \\w!%]* \\S*?(\\w+)::(\\w+) .*");

    /** Bytes in groups of two, with bars between instructions; without a disassembler at hand, HotSpot prints these. */
    private static final Pattern BYTES = Pattern.compile("\\s+0x[0-9a-f]+:((?:[ |]+(?:[0-9a-f]{2})+)+)[ |]*(;.*)?");

    /** The last that were compiled to be called, by name: earlier ones rest on guesses that did not hold. */
    static Map<String, CompiledMethod> ofC2(List<String> printed) {
        Map<String, CompiledMethod> methods = new LinkedHashMap<>();
        String name = null;
        ByteArrayOutputStream code = null;
        for (String line : printed) {
            Matcher header = HEADER.matcher(line);
            if (header.matches()) {
                boolean called = header.group(1).equals("c2") && header.group(2).isEmpty();
                name = called ? header.group(3) + "." + header.group(4) : null;
            } else if (line.strip().equals("[MachCode]")) {
                code = new ByteArrayOutputStream();
            } else if (line.strip().equals("[/MachCode]")) {
                if (name != null && code != null) {
                    methods.put(name, new CompiledMethod(name, code.toByteArray()));
                }
                code = null;
            } else if (code != null) {
                Matcher bytes = BYTES.matcher(line);
                if (bytes.matches()) {
                    code.writeBytes(HexFormat.of().parseHex(bytes.group(1).replaceAll("[ |]", "")));
                }
            }
        }
        return methods;
    }
}
