package dev.netwright.runtime.files.torch;

import java.util.List;
import java.util.Map;
import java.util.Random;

/** Pieces of pickles, and files around them, for tests that say exactly what they hold. */
final class Pickles {
    private Pickles() {}

    static PickleBuilder start() {
        PickleBuilder draw = new PickleBuilder(false);
        draw.tokens.add(PickleToken.number(0x80, 2));
        return draw;
    }

    static void ops(PickleBuilder draw, int... opcodes) {
        for (int opcode : opcodes) {
            draw.op(opcode);
        }
    }

    /** Stores the value on top under a number. */
    static void put(PickleBuilder draw, int number) {
        draw.tokens.add(PickleToken.number('r', number));
    }

    /** Recalls it, in two bytes. */
    static void get(PickleBuilder draw, int number) {
        draw.tokens.add(PickleToken.number('h', number));
    }

    static void storage(PickleBuilder draw, String type, String key, long elements) {
        draw.op('(');
        draw.text("storage");
        draw.global("torch", type);
        draw.text(key);
        draw.text("cpu");
        draw.number(elements);
        draw.op('t');
        draw.op('Q');
    }

    static void tuple(PickleBuilder draw, long... numbers) {
        draw.op('(');
        for (long number : numbers) {
            draw.number(number);
        }
        draw.op('t');
    }

    /** The archive of a pickle. */
    static byte[] zip(PickleBuilder draw, Map<String, byte[]> storages) {
        return ZipSeal.write(structure(draw.tokens, storages));
    }

    static ZipStructure structure(List<PickleToken> pickle, Map<String, byte[]> storages) {
        ZipStructure structure = new ZipStructure(new Random(1), pickle, storages);
        structure.parts.removeIf(part -> part.content != null);
        structure.parts.add(new ZipStructure.Part("archive/version", ZipStructure.ascii("3\n")));
        structure.parts.forEach(part -> part.deflated = false);
        structure.bigEndian = false;
        structure.zip64 = false;
        return structure;
    }

    static byte[] zip(PickleBuilder draw) {
        return zip(draw, Map.of());
    }
}
