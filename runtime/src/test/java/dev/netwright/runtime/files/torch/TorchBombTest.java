package dev.netwright.runtime.files.torch;

import static dev.netwright.runtime.files.torch.Bombs.assertNoState;
import static dev.netwright.runtime.files.torch.Bombs.assertRefused;
import static dev.netwright.runtime.files.torch.Bombs.describe;
import static dev.netwright.runtime.files.torch.Bombs.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles that ask for much: deep, shared, endless, recalled and colliding values. */
class TorchBombTest {
    @TempDir
    private Path folder;

    private static PickleBuilder doubled(int times) {
        PickleBuilder draw = Pickles.start();
        draw.op(')');
        for (int i = 0; i < times; i++) {
            Pickles.ops(draw, '2', 0x86);
        }
        return draw;
    }

    @Test
    void aTupleDoubled60TimesIsOneSmallValue() throws IOException {
        PickleBuilder draw = doubled(60);
        draw.op('.');
        byte[] file = Pickles.zip(draw);
        Object saved = read(file);
        int depth = 0;
        for (Object inner = saved; !((PickledTuple) inner).elements().isEmpty(); depth++) {
            List<Object> both = ((PickledTuple) inner).elements();
            assertThat(both.get(0)).isSameAs(both.get(1));
            inner = both.get(0);
        }
        assertThat(depth).isEqualTo(60);
        assertThat(describe(folder, file).lines()).hasSizeBetween(2_000, 2_010);
        assertNoState(1 << 20, saved, "it holds a tuple of 2, which has no state dict");
    }

    @Test
    void aDoubledTupleIsNoKey() {
        PickleBuilder draw = Pickles.start();
        draw.op('}');
        draw.tokens.addAll(doubled(60).tokens);
        Pickles.ops(draw, 'N', 's', '.');
        assertRefused(Pickles.zip(draw), TorchRule.KEY, "a tuple of 2");
    }

    @Test
    void aListThatContainsItselfIsReadAndDescribed() throws IOException {
        PickleBuilder draw = Pickles.start();
        Pickles.ops(draw, ']', '2', 'a', '.');
        byte[] file = Pickles.zip(draw);
        List<?> list = (List<?>) read(file);
        assertThat(list.size()).isOne();
        assertThat((Object) list.get(0)).isSameAs(list);
        assertThat(describe(folder, file)).startsWith("0 tensors").endsWith("(and deeper)");
        assertNoState(1 << 20, list, "it holds a list of 1, which has no state dict");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "tuple", "dictionary", "object", "state"})
    void valuesNested100000DeepAreRead(String kind) throws IOException {
        int depth = 100_000;
        PickleBuilder draw = Pickles.start();
        draw.global("os", "system");
        Pickles.put(draw, 0);
        draw.op(')');
        for (int i = 0; i < depth; i++) {
            switch (kind) {
                case "list" -> draw.op(']');
                case "dictionary" -> Pickles.ops(draw, '}', 'N');
                case "object" -> Pickles.get(draw, 0);
                case "state" -> {
                    Pickles.get(draw, 0);
                    Pickles.ops(draw, ')', 0x81);
                }
                default -> {
                    // Tuples begin with their first element.
                }
            }
        }
        draw.op('N');
        for (int i = 0; i < depth; i++) {
            switch (kind) {
                case "list" -> draw.op('a');
                case "dictionary" -> draw.op('s');
                case "object" -> Pickles.ops(draw, 0x85, 'R');
                case "state" -> draw.op('b');
                default -> draw.op(0x85);
            }
        }
        Pickles.ops(draw, 0x87, '.');
        byte[] file = Pickles.zip(draw);
        Object saved = read(file);
        Object innermost = ((PickledTuple) saved).elements().get(2);
        int found = 0;
        while (innermost != null) {
            innermost = inner(innermost);
            found++;
        }
        assertThat(found).isEqualTo(depth);
        assertThat(describe(folder, file)).contains("(and deeper)");
        assertNoState(1 << 20, saved, "it holds a tuple of 3");
    }

    private static Object inner(Object value) {
        if (value instanceof PickledObject object) {
            return object.state() != null || object.arguments().elements().isEmpty()
                    ? object.state()
                    : object.arguments().elements().get(0);
        }
        if (value instanceof Map<?, ?> map) {
            return map.get(null);
        }
        return value instanceof PickledTuple tuple ? tuple.elements().get(0) : ((List<?>) value).get(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {'X', 'T', 'B', 0x8b, 0x8d, 0x8e, 0x96})
    void aDeclaredLengthAllocatesNothing(int opcode) {
        long declared = PickleToken.lengthWidth(opcode) == 8 ? Long.MAX_VALUE : 0xFFFFFFFFL;
        PickleBuilder draw = Pickles.start();
        draw.tokens.add(new PickleToken(opcode, new byte[3], declared));
        draw.op('.');
        String what =
                opcode == 'X' || opcode == 'T' || opcode == 0x8d ? "a text" : opcode == 0x8b ? "an integer" : "bytes";
        assertRefused(Pickles.zip(draw), TorchRule.LENGTH, what, declared, 4);
    }

    @Test
    void anIntegerOf100000BytesIsRefused() {
        PickleBuilder draw = Pickles.start();
        draw.tokens.add(PickleToken.of(0x8b, new byte[100_000]));
        draw.op('.');
        assertRefused(Pickles.zip(draw), TorchRule.INTEGER, 100_000, 64);
    }

    @Test
    void longAndNestedTuplesAreNoKeys() {
        PickleBuilder nine = Pickles.start();
        nine.op('}');
        Pickles.tuple(nine, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        Pickles.ops(nine, 'N', 's', '.');
        assertRefused(Pickles.zip(nine), TorchRule.KEY, "a tuple of 9");
        PickleBuilder nested = Pickles.start();
        Pickles.ops(nested, 0x8f, '(', ')', 0x85, 0x90, '.');
        assertRefused(Pickles.zip(nested), TorchRule.KEY, "a tuple of 1");
        PickleBuilder text = Pickles.start();
        text.op('}');
        text.tokens.add(PickleToken.text('X', "k".repeat(20_000)));
        Pickles.ops(text, 'N', 's', '.');
        assertRefused(Pickles.zip(text), TorchRule.KEY, '"' + "k".repeat(40) + "...\"");
    }

    /** One of many values whose hash codes are all the same. */
    private static void colliding(PickleBuilder draw, String kind, int i) {
        // The two halves of a Long are combined by exclusive or.
        long number = (long) i << 32 | i ^ 12345;
        switch (kind) {
            case "text" -> {
                StringBuilder text = new StringBuilder();
                for (int bit = 0; bit < 16; bit++) {
                    text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
                }
                draw.text(text.toString());
            }
            case "tuple" -> Pickles.tuple(draw, number);
            case "pair" -> Pickles.tuple(draw, i, 31L * (30_000 - i));
            default -> draw.number(number);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "number", "tuple", "pair"})
    void keysWithEqualHashCodesAreReadQuickly(String kind) throws IOException {
        int count = 30_000;
        PickleBuilder draw = Pickles.start();
        Pickles.ops(draw, '}', '(');
        for (int i = 0; i < count; i++) {
            colliding(draw, kind, i);
            draw.op('N');
        }
        Pickles.ops(draw, 'u', 0x8f, '(');
        for (int i = 0; i < count; i++) {
            colliding(draw, kind, i);
        }
        Pickles.ops(draw, 0x90, 0x86, '.');
        PickledTuple both = (PickledTuple) read(Pickles.zip(draw));
        assertThat(((Map<?, ?>) both.elements().get(0)).size()).isEqualTo(count);
        assertThat(((Set<?>) both.elements().get(1)).size()).isEqualTo(count);
    }

    @Test
    void manyKeysAreOfOneType() throws IOException {
        PickleBuilder draw = Pickles.start();
        Pickles.ops(draw, '}', '(');
        for (int i = 0; i < 300; i++) {
            draw.text("k" + i);
            draw.op('N');
        }
        Pickles.ops(draw, 'N', 'N', 0x88, 'N', 'u');
        draw.op('.');
        byte[] allowed = Pickles.zip(draw);
        assertThat(((Map<?, ?>) read(allowed)).size()).isEqualTo(302);
        draw.tokens.remove(draw.tokens.size() - 1);
        draw.number(7);
        Pickles.ops(draw, 'N', 's', '.');
        assertRefused(Pickles.zip(draw), TorchRule.KEYS_MIXED, 7, 256);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NEWOBJ", "NEWOBJ_EX", "set", "storage", "REDUCE"})
    void whatIsRecalledIsNotCopied(String kind) throws IOException {
        int count = 60_000;
        PickleBuilder draw = Pickles.start();
        draw.op('(');
        boolean storage = kind.equals("storage");
        draw.op(storage ? '(' : 'N');
        if (storage) {
            draw.text("storage");
            draw.global("torch", "QInt8Storage");
            draw.text("0");
            draw.text("cpu");
        } else {
            draw.global(kind.equals("REDUCE") ? "m".repeat(count) : "builtins", "set");
            Pickles.put(draw, 0);
            Pickles.ops(draw, kind.equals("set") ? ']' : 'N', '(');
        }
        for (int i = 0; i < count; i++) {
            draw.number(i);
        }
        draw.op(kind.equals("set") ? 'e' : 't');
        if (kind.equals("set")) {
            draw.op(0x85);
        }
        Pickles.put(draw, 1);
        Pickles.ops(draw, '1', ']');
        for (int i = 0; i < count; i++) {
            if (!storage) {
                Pickles.get(draw, 0);
            }
            Pickles.get(draw, 1);
            switch (kind) {
                case "NEWOBJ" -> draw.op(0x81);
                case "NEWOBJ_EX" -> Pickles.ops(draw, '}', 0x92);
                case "storage" -> draw.op('Q');
                default -> draw.op('R');
            }
            draw.op('a');
        }
        draw.op('.');
        List<?> list = (List<?>) read(Pickles.zip(draw));
        assertThat(list.size()).isEqualTo(count);
        List<Object> arguments =
                ((PickledObject) list.get(count - 1)).arguments().elements();
        Object all = kind.equals("NEWOBJ_EX") || kind.equals("set") ? arguments.get(0) : arguments;
        assertThat(all instanceof PickledTuple tuple ? tuple.elements() : (List<?>) all)
                .hasSize(storage ? count + 4 : count);
        if (kind.equals("set")) {
            assertThat(list.get(0)).isInstanceOf(Set.class);
        }
    }

    @Test
    void codeThatAFileNamesStaysARecord() throws IOException {
        Path witness = folder.resolve("executed");
        for (String[] function : new String[][] {
            {"os", "system"}, {"posix", "system"}, {"builtins", "eval"}, {"java.lang.Runtime", "exec"}
        }) {
            PickleBuilder draw = Pickles.start();
            draw.global(function[0], function[1]);
            draw.text("touch " + witness);
            Pickles.ops(draw, 0x85, 'R');
            draw.text("state");
            Pickles.ops(draw, 'b', '.');
            PickledObject record = (PickledObject) read(Pickles.zip(draw));
            assertThat(record.type()).isEqualTo(new PickledGlobal(function[0], function[1]));
            assertThat(record.arguments()).isEqualTo(new PickledTuple(List.of("touch " + witness)));
            assertThat(record.state()).isEqualTo("state");
            assertThat(witness).doesNotExist();
        }
    }

    @Test
    void aSetOfWhatCannotBeOneStaysARecord() throws IOException {
        PickleBuilder draw = Pickles.start();
        draw.global("builtins", "set");
        Pickles.ops(draw, ']', '}', 'a', 0x85, 'R', '.');
        PickledObject record = (PickledObject) read(Pickles.zip(draw));
        assertThat(record.type()).hasToString("builtins.set");
        assertThat(record.arguments().elements()).isEqualTo(List.of(List.of(Map.of())));
    }
}
